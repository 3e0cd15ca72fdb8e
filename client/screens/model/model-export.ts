/** The live version as a file for other programs. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { onnxPathOf } from '../../model/model-store.ts';
import type { HeldModel } from '../../storage/settings.ts';
import { ModelPart } from './model-part.ts';

@customElement('model-export')
export class ModelExport extends ModelPart {
  /** Null while none is live. */
  @property({ attribute: false }) held: HeldModel | null = null;
  /** Whether the hub, which makes the file, is in reach. */
  @property({ type: Boolean }) linked = false;

  static override styles = [
    ModelPart.styles,
    css`
      p {
        max-width: 44em;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: var(--target);
        color: var(--iris);
        font-weight: 600;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { words, held, linked } = this;
    if (!held) return nothing;
    const file = `occhio-v${String(held.version)}.onnx`;
    return html`<h2>${words.exportTitle}</h2>
      <p class="soft">${words.exportText}</p>
      ${
        linked
          ? html`<a href=${onnxPathOf(held.hash)} download=${file}>${words.exportOnnx(held.version)}</a>`
          : html`<p class="soft">${words.exportNeedsHub}</p>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-export': ModelExport;
  }
}
