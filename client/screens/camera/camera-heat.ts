/** Over the guide: which places speak for the answer (warm) and against it (blue), a few times a second. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { Inside } from '../../recognition/inside.ts';
import { LiveView } from '../inside/live-view.ts';
import { paintHeatAlone } from '../inside/paint.ts';

@customElement('camera-heat')
export class CameraHeat extends OcchioElement {
  /** Set before the element is put on the page. */
  look!: () => Promise<Inside | null>;
  @query('canvas') private readonly canvas!: HTMLCanvasElement; // in every rendering
  #view: LiveView | undefined;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
        position: absolute;
        inset: 0;
        overflow: hidden;
        border-radius: inherit;
      }
      canvas {
        width: 100%;
        height: 100%;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#view = new LiveView({ look: this.look, after });
    this.#view.newest.subscribe((inside) => {
      this.#paint(inside);
    });
    this.#view.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.stop();
  }

  override render(): TemplateResult {
    return html`<canvas></canvas>`;
  }

  /** Drawn directly: nothing of it is rendered. */
  #paint(inside: Inside | null): void {
    const { after: adapted, before } = inside?.heatmaps ?? {};
    const heat = adapted ?? before;
    if (!heat || !this.hasUpdated) return;
    paintHeatAlone(this.canvas, heat);
    this.dataset['label'] = heat.answer.key;
  }
}

function after(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'camera-heat': CameraHeat;
  }
}
