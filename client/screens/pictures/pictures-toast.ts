/** What was just done to pictures, with the way back. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Label } from '../../../protocol/learning/labels.ts';
import { labelsContext } from '../../contexts.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { OcchioToast } from '../../elements/occhio-toast.ts';
import { nameOf } from '../../i18n/messages.ts';
import type { EditNotice } from '../../pictures/picture-edits.ts';
import type { PicturesAction } from './events.ts';
import { PicturesActionEvent } from './events.ts';
import { picturesWords } from './words.ts';

@customElement('pictures-toast')
export class PicturesToast extends OcchioElement {
  @property({ attribute: false }) notice: EditNotice | null = null;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];

  static override styles = OcchioToast.styles;

  override render(): TemplateResult | typeof nothing {
    const { notice } = this;
    if (!notice) return nothing;
    const { messages } = this.locale;
    const canUndo = notice.kind === 'said' || notice.kind === 'deleted';
    return html`<div class=${notice.kind} role="status">
      <span>${this.#text(notice)}</span>
      ${canUndo ? html`<button class="undo" @click=${this.#do('undo')}>${messages.undo}</button>` : nothing}
      <button aria-label=${messages.close} @click=${this.#do('dismiss')}>✕</button>
    </div>`;
  }

  #text(notice: EditNotice): string {
    const { messages, language } = this.locale;
    const words = picturesWords();
    const number = new Intl.NumberFormat(language);
    switch (notice.kind) {
      case 'said': {
        const { label, count } = notice;
        const name = label === null ? messages.noneOfThese : nameOf(this.labels, label, language);
        return words.said(name, number.format(count));
      }
      case 'deleted':
        return words.deletedCount(notice.count);
      case 'undone':
        return words.undone;
      case 'full':
        return messages.storageFull;
      case 'failed':
        return messages.notKept;
      default:
        return notice satisfies never;
    }
  }

  #do(action: PicturesAction): () => void {
    return () => {
      this.dispatchEvent(new PicturesActionEvent(action));
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pictures-toast': PicturesToast;
  }
}
