/** The page: joins the session's parts to the elements that show them. Everything that it shows comes from cells. */
import { provide } from '@lit/context';
import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Label } from '../../protocol/learning/labels.ts';
import type { Report } from '../../protocol/messages/report.ts';
import { Demo } from '../camera/demo.ts';
import { PictureFile } from '../camera/picture-file.ts';
import { Webcam } from '../camera/webcam.ts';
import type { Locale } from '../contexts.ts';
import { labelsContext, localeContext } from '../contexts.ts';
import { Announcer } from '../controllers/announcer.ts';
import { AddressController } from '../controllers/address-controller.ts';
import { CellController } from '../controllers/cell-controller.ts';
import { KeysController } from '../controllers/keys-controller.ts';
import { messagesOf, nameOf } from '../i18n/messages.ts';
import { progressOf } from '../progress/progress.ts';
import type { Session } from '../session.ts';
import type { Action, ActionEvent, ChangeEvent, PictureEvent, SayEvent } from './events.ts';
import { appStyles } from './app-styles.ts';
import { detailsOf, newKeysOf, ownLabelsOf, readoutOf, situationOf } from './app-view.ts';
import { OcchioElement } from './occhio-element.ts';
import './occhio-bar.ts';
import type { OcchioBar } from './occhio-bar.ts';
import './occhio-consent.ts';
import './occhio-keys.ts';
import './occhio-panel.ts';
import type { OcchioPanel } from './occhio-panel.ts';
import './occhio-report.ts';
import './occhio-settings.ts';
import './occhio-stage.ts';
import './occhio-toast.ts';
import './occhio-welcome.ts';
import { refusalText } from './words.ts';

/** Of the buttons above the stage, in CSS pixels. */
const barHeight = 68;

@customElement('occhio-app')
export class OcchioApp extends LitElement {
  /** Set before the element is put on the page. */
  @property({ attribute: false }) session!: Session;
  @provide({ context: localeContext }) locale: Locale = { language: 'en', messages: messagesOf.en };
  @provide({ context: labelsContext }) labels: readonly Label[] = [];
  @state() private dialog: 'settings' | 'keys' | null = null;
  @state() private dismissedReport: Report | null = null;
  /** Of the stage, by the panel below it, in CSS pixels. */
  @state() private covered = 0;
  @query('#panel') private readonly panel!: HTMLElement; // in every rendering
  @query('occhio-panel') private readonly panelContent!: OcchioPanel; // in every rendering
  @query('occhio-bar') private readonly bar!: OcchioBar; // in every rendering
  readonly #address = new AddressController(this, () => {
    this.bar.focusWayInside();
  });
  readonly #announcer = new Announcer(this);
  readonly #resize = new ResizeObserver(() => {
    this.#measure();
  });

  static override styles = [OcchioElement.styles, appStyles];

  constructor() {
    super();
    const keymap = {
      ' ': () => {
        this.#do(this.#watching ? 'freeze' : 'resume');
      },
      Escape: () => {
        this.#do('resume');
      },
      Enter: () => this.panelContent.sheet?.sayChip(0),
      '1': () => this.panelContent.sheet?.sayChip(0),
      '2': () => this.panelContent.sheet?.sayChip(1),
      '3': () => this.panelContent.sheet?.sayChip(2),
      n: () => this.panelContent.sheet?.focusSearch(),
      x: () => this.panelContent.sheet?.sayNone(),
      b: () => {
        void this.session.settings.write('burst', !this.session.settings.state.peek().burst);
      },
      u: () => {
        this.#do('undo');
      },
      '?': () => {
        this.#do('open-keys');
      },
    };
    new KeysController(this, keymap, () => !this.#address.inside);
    this.addEventListener('occhio-action', ({ action }: ActionEvent) => {
      this.#do(action);
    });
    this.addEventListener('occhio-say', this.#say);
    this.addEventListener('occhio-change', this.#change);
    this.addEventListener('occhio-picture', ({ file }: PictureEvent) => {
      void this.session.camera.open(new PictureFile(file));
    });
    this.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    this.addEventListener('drop', (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.session.camera.open(new PictureFile(file));
    });
  }

  override connectedCallback(): void {
    const { settings, camera, seen, corrections, questions, outbox, link, hub, models, appUpdate } = this.session;
    new CellController(this, [
      settings.state,
      camera.state,
      seen.shown,
      seen.pace,
      corrections.state,
      corrections.notice,
      questions.open,
      outbox.counts,
      link.state,
      hub.news,
      models.state,
      appUpdate.ready,
    ]);
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override firstUpdated(): void {
    this.#resize.observe(this);
    this.#resize.observe(this.panel);
  }

  protected override willUpdate(): void {
    const { language } = this.session.settings.state.peek();
    if (language !== this.locale.language || this.locale.messages !== messagesOf[language])
      this.locale = { language, messages: messagesOf[language] };
    document.documentElement.lang = language;
    this.toggleAttribute('picture', this.#hasPicture);
    const live = this.session.models.state.peek();
    if (live.kind === 'live') this.labels = live.labels;
    const shown = this.session.seen.shown.peek();
    if (shown)
      this.#announcer.say(
        shown.label === null ? this.locale.messages.unknown : nameOf(this.labels, shown.label, language),
      );
  }

  override render(): TemplateResult {
    const { session } = this;
    const camera = session.camera.state.peek();
    const capture = session.corrections.state.peek();
    const hasPicture = this.#hasPicture;
    // The camera goes on below the screen "Inside": what is shown there is what it sees.
    return html`<div ?inert=${this.#address.inside}>
        ${
          hasPicture
            ? html`<occhio-stage
                .viewfinder=${session.viewfinder}
                .top=${barHeight}
                .bottom=${this.covered}
                ?frozen=${capture.kind === 'frozen'}
                @click=${() => {
                  this.#do(this.#watching ? 'freeze' : 'resume');
                }}
              ></occhio-stage>`
            : html`<main>
                <occhio-welcome .problem=${camera.kind === 'failed' ? camera.why : null}></occhio-welcome>
              </main>`
        }
        <header>
          <occhio-bar
            .progress=${progressOf(situationOf(session))}
            .questions=${session.questions.open.peek().length}
            .hasPicture=${hasPicture}
          ></occhio-bar>
        </header>
        <div id="foot">
          <main id="panel" ?hidden=${!hasPicture && capture.kind === 'watching'}>
            <occhio-panel
              .capture=${capture}
              .live=${session.models.state.peek()}
              .shown=${session.seen.shown.peek()}
              .readout=${readoutOf(session, this.locale.language)}
              .ownLabels=${ownLabelsOf(session)}
              .burst=${session.settings.state.peek().burst}
            ></occhio-panel>
          </main>
          ${this.#cards()}
        </div>
        <div class="unseen" aria-live="polite">${this.#announcer.text}</div>
      </div>
      ${this.#address.inside ? html`<occhio-inside .session=${session}></occhio-inside>` : this.#dialogs()}`;
  }

  #cards() {
    const { corrections, hub, appUpdate, link } = this.session;
    const { messages } = this.locale;
    const { report } = hub.news.peek();
    const linkState = link.state.peek();
    return html`${
        linkState.kind === 'refused'
          ? html`<p class="problem" role="alert">${refusalText(linkState.why, messages)}</p>`
          : nothing
      }
      ${
        report && report !== this.dismissedReport && this.#watching
          ? html`<occhio-report .report=${report} .newKeys=${newKeysOf(report, hub.news.peek().room)}></occhio-report>`
          : nothing
      }
      ${
        appUpdate.ready.peek() && this.#watching
          ? html`<button
              @click=${() => {
                this.#do('update-app');
              }}
            >
              ${messages.updateReady} ${messages.update}
            </button>`
          : nothing
      } <occhio-toast .notice=${this.#watching ? corrections.notice.peek() : null}></occhio-toast>`;
  }

  #dialogs() {
    const { settings, link, outbox } = this.session;
    if (this.dialog === 'keys') return html`<occhio-keys></occhio-keys>`;
    if (this.dialog === 'settings')
      return html`<occhio-settings
        .settings=${settings.state.peek()}
        .link=${link.state.peek()}
        .details=${detailsOf(this.session, this.locale)}
      ></occhio-settings>`;
    const asks = settings.state.peek().consent === null && outbox.counts.peek().queued > 0 && this.#watching;
    return asks ? html`<occhio-consent></occhio-consent>` : nothing;
  }

  get #hasPicture(): boolean {
    const { kind } = this.session.camera.state.peek();
    return kind === 'on' || kind === 'hidden' || kind === 'starting';
  }

  get #watching(): boolean {
    return this.session.corrections.state.peek().kind === 'watching';
  }

  /** Frees the guide from what covers the stage. It does not move while a picture is frozen. */
  #measure(): void {
    const panel = this.panel.getBoundingClientRect();
    if (!this.#watching || panel.height === 0) return;
    const isBeside = panel.left > 0.5 * this.clientWidth;
    this.covered = isBeside ? 0 : this.clientHeight - panel.top;
  }

  #do(action: Action): void {
    const { corrections, camera, questions, appUpdate } = this.session;
    switch (action) {
      case 'freeze':
        corrections.dismissNotice();
        void corrections.freeze();
        break;
      case 'resume':
        corrections.resume();
        break;
      case 'undo':
        void corrections.undo();
        break;
      case 'dismiss-notice':
        corrections.dismissNotice();
        break;
      case 'dismiss-report':
        this.dismissedReport = this.session.hub.news.peek().report;
        break;
      case 'start-camera':
        void camera.open(new Webcam());
        break;
      case 'start-demo':
        void camera.open(new Demo());
        break;
      case 'other-picture':
        camera.close();
        break;
      case 'open-settings':
        this.dialog = 'settings';
        break;
      case 'open-keys':
        this.dialog = 'keys';
        break;
      case 'open-question': {
        const [question] = questions.open.peek();
        if (question) corrections.ask(question);
        break;
      }
      case 'skip-question':
        this.#closeQuestion();
        corrections.resume();
        break;
      case 'update-app':
        appUpdate.apply();
        break;
      case 'close':
        this.dialog = null;
        break;
      default:
        action satisfies never;
    }
  }

  readonly #say = ({ label, burst }: SayEvent): void => {
    const { corrections, camera } = this.session;
    this.#closeQuestion();
    const state = camera.state.peek();
    void corrections.say(label, burst && state.kind === 'on' && state.source.moving);
  };

  #closeQuestion(): void {
    const state = this.session.corrections.state.peek();
    if (state.kind === 'asked') this.session.questions.close(state.question);
  }

  readonly #change = ({ change }: ChangeEvent): void => {
    void this.session.settings.write(change.key, change.value);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-app': OcchioApp;
  }
}
