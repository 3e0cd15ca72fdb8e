/** What the camera in use can do: another camera, light, nearer, a mirror. Only what it has is shown. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LensState } from '../../camera/lens.ts';
import { icons } from '../../elements/icons.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import type { CameraAction } from './events.ts';
import { CameraActionEvent, CameraChoiceEvent } from './events.ts';

@customElement('occhio-lens')
export class OcchioLens extends OcchioElement {
  /** Null for what is no camera. */
  @property({ attribute: false }) lens: LensState | null = null;
  @property({ type: Boolean }) mirrored = false;
  @property({ type: Boolean }) explained = false;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--space-2);
        padding-inline: var(--space-3);
        pointer-events: none;
      }
      button,
      select {
        border-color: transparent;
        border-radius: 999px;
        background: var(--veil);
        pointer-events: auto;
      }
      button {
        display: inline-grid;
        place-items: center;
        padding: 0 var(--space-2);
        font-variant-numeric: tabular-nums;
      }
      button[aria-pressed='true'] {
        background: var(--iris);
        color: var(--on-iris);
      }
      select {
        max-width: 9em;
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    const { lens } = this;
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    return html`${lens && lens.cameras.length > 2 ? this.#picker(lens) : nothing}
    ${lens && lens.cameras.length > 1 ? this.#button('flip', messages.flip, icons.flip) : nothing}
    ${lens?.zoom ? this.#button('zoom', messages.zoom, `${number.format(lens.zoom.times)}×`) : nothing}
    ${lens && lens.torch !== null ? this.#button('torch', messages.torch, icons.torch, lens.torch) : nothing}
    ${lens ? this.#button('mirror', messages.mirror, icons.mirror, this.mirrored) : nothing}
    ${this.#button('explain', messages.explain, icons.explain, this.explained)}`;
  }

  #button(action: CameraAction, name: string, shown: TemplateResult | string, pressed?: boolean): TemplateResult {
    return html`<button
      id=${action}
      aria-label=${name}
      title=${name}
      aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
      @click=${() => {
        this.dispatchEvent(new CameraActionEvent(action));
      }}
    >
      ${shown}
    </button>`;
  }

  #picker({ cameras, current }: LensState): TemplateResult {
    return html`<select id="cameras" aria-label=${this.locale.messages.whichCamera} @change=${this.#choose}>
      ${cameras.map(
        ({ id, name }, i) => html`<option value=${id} ?selected=${id === current}>${name || String(i + 1)}</option>`,
      )}
    </select>`;
  }

  readonly #choose = (event: Event): void => {
    // The listener stands on the select itself.
    this.dispatchEvent(new CameraChoiceEvent((event.target as HTMLSelectElement).value));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-lens': OcchioLens;
  }
}
