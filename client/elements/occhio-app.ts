/** The page: the camera, the screen above it, the way between them, and what all of them share. */
import { provide } from '@lit/context';
import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Label } from '../../protocol/learning/labels.ts';
import type { Locale } from '../contexts.ts';
import { labelsContext, localeContext } from '../contexts.ts';
import { AddressController } from '../controllers/address-controller.ts';
import { CellController } from '../controllers/cell-controller.ts';
import { KeysController } from '../controllers/keys-controller.ts';
import { localeNow } from '../i18n/locale.ts';
import '../screens/camera/occhio-camera.ts';
import { cameraPlace, screens } from '../screens/screens.ts';
import type { Session } from '../session.ts';
import { wearMotion } from '../styles/motion.ts';
import { wearTheme } from '../styles/theme.ts';
import { appStyles } from './app-styles.ts';
import type { Action, ActionEvent, ChangeEvent } from './events.ts';
import './occhio-keys.ts';
import './occhio-missing.ts';
import './occhio-nav.ts';

@customElement('occhio-app')
export class OcchioApp extends LitElement {
  /** Set before the element is put on the page. */
  @property({ attribute: false }) session!: Session;
  @provide({ context: localeContext }) locale: Locale = localeNow();
  @provide({ context: labelsContext }) labels: readonly Label[] = [];
  @state() private keysShown = false;
  readonly #address = new AddressController(this, screens);

  static override styles = appStyles;

  constructor() {
    super();
    new KeysController(this, {
      '?': () => {
        this.#do('open-keys');
      },
    });
    this.addEventListener('occhio-action', ({ action }: ActionEvent) => {
      this.#do(action);
    });
    this.addEventListener('occhio-change', ({ change }: ChangeEvent) => {
      void this.session.settings.write(change.key, change.value);
    });
  }

  override connectedCallback(): void {
    const { settings, locale, questions, models } = this.session;
    new CellController(this, [settings.state, locale, questions.open, models.state]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const { theme, motion } = this.session.settings.state.peek();
    this.locale = this.session.locale.peek();
    const { language, messages } = this.locale;
    document.documentElement.lang = language;
    const { screen } = this.#address;
    document.title = screen ? `${screen.name(messages)} · ${messages.appName}` : messages.appName;
    wearTheme(theme);
    wearMotion(motion);
    const live = this.session.models.state.peek();
    if (live.kind === 'live') this.labels = live.labels;
  }

  override render(): TemplateResult {
    const { session } = this;
    const { screen } = this.#address;
    return html`<occhio-nav
        .places=${[cameraPlace, ...screens]}
        .current=${(screen ?? cameraPlace).address}
        .waiting=${new Map([['#/questions', session.questions.open.peek().length]])}
      ></occhio-nav>
      <occhio-camera .session=${session} ?inert=${screen !== null}></occhio-camera>
      ${this.#screen()} ${this.keysShown ? html`<occhio-keys></occhio-keys>` : nothing}`;
  }

  #screen(): TemplateResult | typeof nothing {
    const { screen, isMissing } = this.#address;
    if (!screen) return nothing;
    if (!isMissing) return screen.render(this.session);
    return html`<occhio-missing class="screen" heading=${screen.name(this.locale.messages)}></occhio-missing>`;
  }

  #do(action: Action): void {
    const { corrections, models, appUpdate } = this.session;
    switch (action) {
      case 'undo':
        void corrections.undo();
        break;
      case 'dismiss-notice':
        if (corrections.notice.peek()) corrections.dismissNotice();
        else models.dismissFailed();
        break;
      case 'update-app':
        appUpdate.apply();
        break;
      case 'retry-screen':
        void this.#address.retry();
        break;
      case 'open-keys':
        this.keysShown = true;
        break;
      case 'close':
        this.keysShown = false;
        break;
      default:
        action satisfies never;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-app': OcchioApp;
  }
}
