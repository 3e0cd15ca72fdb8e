/** The picture, full-bleed, and the guide: the square that the network sees. Draws by itself; nothing per frame is rendered. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Picture } from '../../camera/frame-source.ts';
import type { Square } from '../../camera/guide.ts';
import type { Viewfinder } from '../../camera/viewfinder.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Inside } from '../../recognition/inside.ts';
import './camera-heat.ts';

/** Between the frozen square and the panel below it, in CSS pixels. */
const margin = 12;
/** Smaller than this part of itself a frozen square is of no use: then it stays as large as it is. */
const smallest = 0.65;

@customElement('occhio-stage')
export class OcchioStage extends OcchioElement {
  @property({ attribute: false }) viewfinder?: Viewfinder;
  @property({ type: Boolean, reflect: true }) frozen = false;
  /** What is recognised is not: its square lies in the middle. */
  @property({ type: Boolean, reflect: true }) mirrored = false;
  /** Looks inside the network, for what speaks for the answer; null: nobody wants to see that. */
  @property({ attribute: false }) look: (() => Promise<Inside | null>) | null = null;
  /** Covered above and below by the rest of the page, in CSS pixels. */
  @property({ type: Number }) top = 0;
  @property({ type: Number }) bottom = 0;
  /** Covered below while the picture is frozen. */
  @property({ type: Number }) bottomFrozen = 0;
  @query('#seen') private readonly seen!: HTMLElement; // in every rendering
  @query('#picture') private readonly picture!: HTMLElement; // in every rendering
  @query('#guide') private readonly guide!: HTMLElement; // in every rendering
  #drawing: number | undefined;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
        background: #0d0b08;
        touch-action: manipulation;
        cursor: pointer;
      }
      #seen {
        position: absolute;
        inset: 0;
        transform-origin: 0 0;
        transition: transform var(--motion, 0.2s);
      }
      /* As large as the stage: once mirrored, what lies in it is measured by it. */
      :is(#picture, #picture > *) {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      :host([mirrored]) :is(#picture, camera-heat) {
        transform: scaleX(-1);
      }
      #guide {
        position: absolute;
        top: 0;
        left: 0;
        border-radius: 28px;
        box-shadow:
          inset 0 0 0 2px rgb(255 253 248 / 0.9),
          0 0 0 2px rgb(12 9 4 / 0.35),
          0 0 0 200vmax rgb(12 9 4 / 0.34);
        pointer-events: none;
        transition: box-shadow var(--motion, 0.2s);
      }
      :host([frozen]) #guide {
        box-shadow:
          inset 0 0 0 4px var(--iris),
          0 0 0 2px rgb(12 9 4 / 0.35),
          0 0 0 200vmax rgb(12 9 4 / 0.62);
      }
      /* No shadows are drawn there. */
      @media (forced-colors: active) {
        #guide {
          border: 2px solid CanvasText;
        }
        :host([frozen]) #guide {
          border: 5px solid Highlight;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#drawing = requestAnimationFrame(this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#drawing !== undefined) cancelAnimationFrame(this.#drawing);
  }

  override render(): TemplateResult {
    return html`<div id="seen">
      <div id="picture" aria-hidden="true"></div>
      <div id="guide" hidden>${this.look ? html`<camera-heat .look=${this.look}></camera-heat>` : nothing}</div>
    </div>`;
  }

  readonly #draw = (): void => {
    this.#drawing = requestAnimationFrame(this.#draw);
    const { viewfinder } = this;
    if (!viewfinder || !this.hasUpdated) return;
    viewfinder.resize({ width: this.clientWidth, height: this.clientHeight }, { top: this.top, bottom: this.bottom });
    const view = viewfinder.view();
    this.#layer([view?.picture, viewfinder.held.peek()]);
    this.guide.hidden = !view;
    if (!view) return;
    const { x, y, side } = view.guide.onScreen;
    this.seen.style.transform = this.#liftOf(view.guide.onScreen);
    const place = `translate(${String(x)}px, ${String(y)}px)`;
    if (this.guide.style.transform === place && this.guide.style.width === `${String(side)}px`) return;
    this.guide.style.transform = place;
    this.guide.style.width = this.guide.style.height = `${String(side)}px`;
  };

  /** What a taller panel would hide of the frozen square moves out of its way, smaller if it must. */
  #liftOf({ x, y, side }: Square): string {
    const lowest = this.clientHeight - this.bottomFrozen - margin;
    if (!this.frozen || y + side <= lowest) return '';
    const fitting = (lowest - this.top) / side;
    const scale = fitting < smallest ? 1 : Math.min(1, fitting);
    const [toX, toY] = [x + (side * (1 - scale)) / 2, Math.max(this.top, lowest - scale * side)];
    return `translate(${String(toX - scale * x)}px, ${String(toY - scale * y)}px) scale(${String(scale)})`;
  }

  /** The held copy lies over the live picture: a film that leaves the page would be paused. */
  #layer(pictures: readonly (Picture | null | undefined)[]): void {
    const wanted = pictures.filter((picture) => picture !== null && picture !== undefined);
    const shown = [...this.picture.children];
    for (const old of shown) if (!wanted.some((picture) => picture === old)) old.remove();
    for (const picture of wanted) if (!shown.includes(picture)) this.picture.append(picture);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-stage': OcchioStage;
  }
}
