/** "Inside": the way from the picture to its name as a living page, whose panels can be shown alone for a lecture. */
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import { icons } from '../../elements/icons.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import type { Session } from '../../session.ts';
import './inside-example.ts';
import './inside-heat.ts';
import './inside-kernel.ts';
import './inside-layers.ts';
import './inside-learning.ts';
import './inside-neuron.ts';
import './inside-pixels.ts';
import { insideStyles } from './inside-styles.ts';
import { LiveView } from './live-view.ts';
import { insideWords } from './words.ts';

/** In the order of ideas. */
const panels = ['pixels', 'neuron', 'learning', 'kernel', 'example', 'layers', 'heat'] as const;
type Panel = (typeof panels)[number];

@customElement('occhio-inside')
export class OcchioInside extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<Session, 'lookInside' | 'hub' | 'versions'>;
  /** The only panel that is shown; null shows all. */
  @state() private alone: Panel | null = null;
  #view: LiveView | undefined;

  static override styles = [ScreenElement.styles, insideStyles];

  constructor() {
    super();
    new KeysController(this, {
      Escape: () => {
        if (this.alone === null) location.hash = '#/';
        else this.#showAll();
      },
      ArrowRight: () => {
        this.#turn(1);
      },
      ArrowLeft: () => {
        this.#turn(-1);
      },
    });
  }

  override connectedCallback(): void {
    this.#view ??= this.#newView();
    super.connectedCallback();
    this.#view.start();
    document.addEventListener('fullscreenchange', this.#screenChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.stop();
    document.removeEventListener('fullscreenchange', this.#screenChanged);
  }

  protected override willUpdate(): void {
    this.toggleAttribute('alone', this.alone !== null);
  }

  override render(): TemplateResult {
    const words = insideWords();
    const held = this.#view?.held.peek() ?? false;
    return html`<header class="top">
        ${this.alone === null ? html`<h1 tabindex="-1">${words.title}</h1>` : this.#lecture(this.alone)}
        <button
          id="hold"
          class="round"
          aria-pressed=${held}
          aria-label=${words.hold}
          title=${words.hold}
          @click=${() => {
            this.#view?.hold(!held);
          }}
        >
          ${held ? icons.goOn : icons.hold}
        </button>
      </header>
      <main>
        ${this.alone === null ? html`<p class="intro">${words.intro}</p>` : nothing}
        ${panels.map((panel, i) => this.#section(panel, i))}
      </main>`;
  }

  #lecture(panel: Panel) {
    const words = insideWords();
    const at = panels.indexOf(panel);
    const turn = (by: number, name: string) =>
      html`<button
        class="quiet"
        aria-label=${name}
        ?disabled=${!(at + by in panels)}
        @click=${() => {
          this.#turn(by);
        }}
      >
        ${by < 0 ? '←' : '→'}
      </button>`;
    return html`<button
        id="all"
        class="round"
        aria-label=${words.leaveAlone}
        title=${words.leaveAlone}
        @click=${this.#showAll}
      >
        ${icons.together}
      </button>
      <nav>
        ${turn(-1, words.previous)}<span class="soft">${words.place(at + 1, panels.length)}</span>${turn(1, words.next)}
      </nav>`;
  }

  #section(panel: Panel, i: number) {
    const words = insideWords();
    const title = words[`${panel}Title`];
    return html`<section
      id=${panel}
      class=${panel === 'layers' ? 'wide' : nothing}
      aria-labelledby=${`${panel}-title`}
      ?hidden=${this.alone !== null && this.alone !== panel}
    >
      <div class="text">
        <div class="head">
          <h2 id=${`${panel}-title`} tabindex="-1"><span class="count">${i + 1}</span> ${title}</h2>
          ${
            this.alone === null
              ? html`<button
                  class="quiet alone"
                  aria-label=${words.showAlone(title)}
                  title=${words.showAlone(title)}
                  @click=${() => {
                    this.#showAlone(panel);
                  }}
                >
                  ${icons.alone}
                </button>`
              : nothing
          }
        </div>
        ${words[`${panel}Text`].map((text) => html`<p>${text}</p>`)}
      </div>
      ${this.#figure(panel)}
    </section>`;
  }

  #figure(panel: Panel) {
    const newest = this.#view?.newest;
    switch (panel) {
      case 'pixels':
        return html`<inside-pixels .newest=${newest}></inside-pixels>`;
      case 'neuron':
        return html`<inside-neuron .newest=${newest}></inside-neuron>`;
      case 'learning':
        return html`<inside-learning
          .newest=${newest}
          .news=${this.session.hub.news}
          .history=${this.session.versions.known}
        ></inside-learning>`;
      case 'kernel':
        return html`<inside-kernel .newest=${newest}></inside-kernel>`;
      case 'example':
        return html`<inside-example></inside-example>`;
      case 'layers':
        return html`<inside-layers .newest=${newest}></inside-layers>`;
      case 'heat':
        return html`<inside-heat .newest=${newest}></inside-heat>`;
      default:
        return panel satisfies never;
    }
  }

  #newView(): LiveView {
    const view = new LiveView({
      look: this.session.lookInside,
      // With a frame of the page, so that a page in the background rests.
      after(delayMs, callback) {
        let frame: number | undefined;
        const timer = setTimeout(() => {
          frame = requestAnimationFrame(callback);
        }, delayMs);
        return () => {
          clearTimeout(timer);
          if (frame !== undefined) cancelAnimationFrame(frame);
        };
      },
    });
    new CellController(this, [view.held]);
    return view;
  }

  /** Fills the whole screen where the browser can; else the window, which "Inside" fills anyway. */
  #showAlone(panel: Panel): void {
    this.alone = panel;
    this.#toTop();
    // An iPhone has no such call; a refusal leaves the panel alone in the window.
    if (document.fullscreenEnabled) this.requestFullscreen().catch(() => undefined);
  }

  readonly #showAll = (): void => {
    const panel = this.alone;
    this.alone = null;
    if (document.fullscreenElement) void document.exitFullscreen();
    void this.updateComplete.then(() => {
      const title = this.renderRoot.querySelector<HTMLElement>(`#${String(panel)}-title`);
      title?.scrollIntoView();
      title?.focus({ preventScroll: true });
    });
  };

  readonly #screenChanged = (): void => {
    if (!document.fullscreenElement && this.alone !== null) this.#showAll();
  };

  #turn(by: number): void {
    if (this.alone === null) return;
    this.alone = panels[panels.indexOf(this.alone) + by] ?? this.alone;
    this.#toTop();
  }

  #toTop(): void {
    void this.updateComplete.then(() => {
      this.scrollTop = 0;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-inside': OcchioInside;
  }
}
