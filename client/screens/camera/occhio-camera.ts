/** The camera: the picture, what it shows, and how it is corrected. It goes on, inert, below the other screens. */
import type { PropertyValues, TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { consume } from '@lit/context';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Report } from '../../../protocol/messages/report.ts';
import { isMirrored } from '../../camera/lens.ts';
import { PictureFile } from '../../camera/picture-file.ts';
import { labelsContext } from '../../contexts.ts';
import { Announcer } from '../../controllers/announcer.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import type { SayEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import '../../elements/key-list.ts';
import '../../elements/occhio-toast.ts';
import { refusalText } from '../../elements/words.ts';
import type { Offer } from '../../install-offer.ts';
import { ownLabelsOf } from '../../labels/own-labels.ts';
import { progressOf } from '../../progress/progress.ts';
import type { Session } from '../../session.ts';
import { cameraStyles } from './camera-styles.ts';
import { newKeysOf, parentVersionOf, readoutOf, situationOf } from './camera-view.ts';
import type { CameraAction, CameraActionEvent, CameraChoiceEvent, PictureEvent } from './events.ts';
import './occhio-bar.ts';
import './occhio-consent.ts';
import './occhio-install.ts';
import './occhio-lens.ts';
import './occhio-panel.ts';
import type { OcchioPanel } from './occhio-panel.ts';
import './occhio-report.ts';
import './occhio-stage.ts';
import './occhio-welcome.ts';
import { chooseCamera, perform } from './perform.ts';
import { said } from './said.ts';

/** Of the buttons above the stage, in CSS pixels. */
const barHeight = 68;
/** Of a line of news above the panel and the gap below it, in CSS pixels. */
const newsHeight = 58;

@customElement('occhio-camera')
export class OcchioCamera extends OcchioElement {
  /** Set before the element is put on the page. */
  @property({ attribute: false }) session!: Session;
  /** Whether another screen lies above. */
  @property({ type: Boolean, reflect: true }) override inert = false;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  @state() private dismissedReport: Report | null = null;
  /** Whether what speaks for the answer is shown over the picture. */
  @state() private explained = false;
  /** Of the stage, by the panel below it, in CSS pixels. */
  @state() private covered = 0;
  /** The same while the picture is frozen and the panel is another. */
  @state() private coveredFrozen = 0;
  @query('#panel') private readonly panel!: HTMLElement; // in every rendering
  @query('occhio-panel') private readonly panelContent!: OcchioPanel; // in every rendering
  @query('h1') private readonly heading!: HTMLElement; // in every rendering
  readonly #announcer = new Announcer(this);
  readonly #resize = new ResizeObserver(() => {
    this.#measure();
  });

  static override styles = [OcchioElement.styles, cameraStyles];

  constructor() {
    super();
    const naming = () => this.panelContent.sheet?.naming;
    const keymap = {
      ' ': this.#freezeOrResume,
      Escape: () => {
        this.#do('resume');
      },
      Enter: () => naming()?.sayChip(0),
      ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i + 1, () => naming()?.sayChip(i)])),
      n: () => naming()?.focusSearch(),
      x: () => naming()?.sayNone(),
      b: () => {
        void this.session.settings.write('burst', !this.session.settings.state.peek().burst);
      },
      u: () => {
        this.act('undo');
      },
      f: () => {
        this.#do('flip');
      },
      t: () => {
        this.#do('torch');
      },
      m: () => {
        this.#do('mirror');
      },
      e: () => {
        this.#do('explain');
      },
    };
    new KeysController(this, keymap, () => !this.inert);
    this.addEventListener('occhio-camera-action', ({ action }: CameraActionEvent) => {
      this.#do(action);
    });
    this.addEventListener('occhio-camera-choice', ({ camera }: CameraChoiceEvent) => {
      chooseCamera(camera, this.session);
    });
    this.addEventListener('occhio-say', this.#say);
    this.addEventListener('occhio-picture', ({ file }: PictureEvent) => {
      this.#show(file);
    });
    this.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    this.addEventListener('drop', (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.#show(file);
    });
  }

  override connectedCallback(): void {
    const { settings, camera, seen, corrections, outbox, link, hub, versions, models, appUpdate, installOffer } =
      this.session;
    new CellController(this, [
      settings.state,
      camera.state,
      camera.lens,
      seen.shown,
      seen.pace,
      corrections.state,
      corrections.notice,
      outbox.counts,
      link.state,
      hub.news,
      versions.known,
      models.state,
      models.failedHere,
      appUpdate.ready,
      installOffer.open,
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
    this.toggleAttribute('picture', this.#hasPicture);
    const shown = this.session.seen.shown.peek();
    if (shown) this.#announcer.say(said(shown, this.labels, this.locale));
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Back from another screen: this is where one is now.
    if (changed.get('inert') === true) this.heading.focus();
  }

  override render(): TemplateResult {
    const { session } = this;
    const { messages, language } = this.locale;
    const camera = session.camera.state.peek();
    const capture = session.corrections.state.peek();
    const lens = session.camera.lens.peek();
    const mirrored = lens !== null && isMirrored(lens, session.settings.state.peek().mirroredOtherwise);
    const hasPicture = this.#hasPicture;
    return html`<h1 class="unseen" tabindex="-1">${messages.camera}</h1>
      ${
        hasPicture
          ? html`<occhio-stage
              .viewfinder=${session.viewfinder}
              .top=${barHeight}
              .bottom=${this.covered > 0 && (this.#told || this.#offer !== 'none') ? this.covered + newsHeight : this.covered}
              .bottomFrozen=${this.coveredFrozen}
              .look=${this.explained && !this.inert ? session.lookInside : null}
              ?frozen=${capture.kind === 'frozen'}
              ?mirrored=${mirrored}
              @click=${this.#freezeOrResume}
            ></occhio-stage>`
          : html`<main>
              <occhio-welcome .problem=${camera.kind === 'failed' ? camera.why : null}></occhio-welcome>
            </main>`
      }
      <header>
        <occhio-bar .progress=${progressOf(situationOf(session))} .hasPicture=${hasPicture}></occhio-bar>
        ${hasPicture && this.#watching ? html`<occhio-lens .lens=${lens} ?mirrored=${mirrored} ?explained=${this.explained}></occhio-lens>` : nothing}
      </header>
      <div id="foot">
        <main id="panel" ?hidden=${!hasPicture && capture.kind === 'watching'}>
          <occhio-panel
            .capture=${capture}
            .live=${session.models.state.peek()}
            .shown=${session.seen.shown.peek()}
            .readout=${readoutOf(session, language)}
            .ownLabels=${ownLabelsOf(session.hub.news.peek().room)}
            .burst=${session.settings.state.peek().burst}
          ></occhio-panel>
        </main>
        ${this.#cards()}
        <key-list></key-list>
      </div>
      <div class="unseen" aria-live="polite">${this.#announcer.text}</div>
      ${this.#asksConsent ? html`<occhio-consent></occhio-consent>` : nothing}`;
  }

  #cards() {
    const { corrections, hub, appUpdate, link, models } = this.session;
    const { messages } = this.locale;
    const { room } = hub.news.peek();
    const linkState = link.state.peek();
    const offer = this.#offer;
    const told = this.#told;
    return html`${
        linkState.kind === 'refused'
          ? html`<p class="problem" role="alert">${refusalText(linkState.why, messages)}</p>`
          : nothing
      }
      ${
        told
          ? html`<occhio-report
              .report=${told}
              .newKeys=${newKeysOf(told, room)}
              .parent=${parentVersionOf(this.session)}
            ></occhio-report>`
          : nothing
      }
      ${
        appUpdate.ready.peek() && this.#watching
          ? html`<button
              @click=${() => {
                this.act('update-app');
              }}
            >
              ${messages.updateReady} ${messages.update}
            </button>`
          : nothing
      }
      ${offer !== 'none' ? html`<occhio-install offer=${offer}></occhio-install>` : nothing}
      <occhio-toast
        .notice=${this.#watching ? (corrections.notice.peek() ?? models.failedHere.peek()) : null}
      ></occhio-toast>`;
  }

  /** The report that is told of: it waits until the toast has gone. */
  get #told(): Report | null {
    const { hub, corrections } = this.session;
    const { report } = hub.news.peek();
    const isOpen = report !== this.dismissedReport && this.#watching && this.#hasPicture && !corrections.notice.peek();
    return isOpen ? report : null;
  }

  /** Waits as the report does, and until that was read: one line is all that is taken of the picture. */
  get #offer(): Offer {
    const { installOffer, corrections } = this.session;
    const isFree = this.#watching && !corrections.notice.peek() && !this.#told;
    return isFree ? installOffer.open.peek() : 'none';
  }

  get #hasPicture(): boolean {
    const { kind } = this.session.camera.state.peek();
    return kind === 'on' || kind === 'hidden' || kind === 'starting';
  }

  get #watching(): boolean {
    return this.session.corrections.state.peek().kind === 'watching';
  }

  /** After the first correction, when its way back has been offered, and not while another screen is read. */
  get #asksConsent(): boolean {
    const { settings, outbox, corrections } = this.session;
    const isOpen = settings.state.peek().consent === null && outbox.counts.peek().queued > 0;
    return isOpen && this.#watching && !corrections.notice.peek() && !this.inert;
  }

  /** Frees the guide from what covers the stage. What it holds stays the same while a picture is frozen. */
  #measure(): void {
    const panel = this.panel.getBoundingClientRect();
    if (panel.height === 0) return;
    const own = this.getBoundingClientRect();
    const isBeside = panel.left - own.left > 0.25 * own.width;
    const covered = isBeside ? 0 : own.bottom - panel.top;
    if (this.#watching) this.covered = covered;
    else this.coveredFrozen = covered;
  }

  #show(file: Blob): void {
    void this.session.camera.open(new PictureFile(file));
  }

  #do(action: CameraAction): void {
    if (action === 'dismiss-report' || action === 'back-to-parent')
      this.dismissedReport = this.session.hub.news.peek().report;
    if (action === 'explain') this.explained = !this.explained;
    else if (action !== 'dismiss-report') perform(action, this.session);
  }

  readonly #freezeOrResume = (): void => {
    this.#do(this.#watching ? 'freeze' : 'resume');
  };

  readonly #say = ({ label, burst }: SayEvent): void => {
    const { corrections, camera } = this.session;
    const state = camera.state.peek();
    void corrections.say(label, burst && state.kind === 'on' && state.source.moving);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-camera': OcchioCamera;
  }
}
