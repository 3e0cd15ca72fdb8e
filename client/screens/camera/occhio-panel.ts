/** What goes with the picture: the answer while watching, the sheet while it is frozen, the progress of a burst. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Label } from '../../../protocol/learning/labels.ts';
import { burstRule } from '../../capture/burst-picker.ts';
import type { CaptureState } from '../../capture/corrections.ts';
import { labelsContext } from '../../contexts.ts';
import { nameOf } from '../../i18n/messages.ts';
import type { LiveState } from '../../model/model-updater.ts';
import type { Shown } from '../../recognition/consensus.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import { droppedText } from '../../elements/words.ts';
import { CameraActionEvent } from './events.ts';
import './occhio-answer.ts';
import './occhio-sheet.ts';
import type { OcchioSheet } from './occhio-sheet.ts';

@customElement('occhio-panel')
export class OcchioPanel extends OcchioElement {
  @property({ attribute: false }) capture: CaptureState = { kind: 'watching' };
  @property({ attribute: false }) live: LiveState = { kind: 'none' };
  @property({ attribute: false }) shown: Shown | null = null;
  /** Backend, time and version in a line. */
  @property() readout = '';
  /** Keys of the labels that people of the room gave. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  /** Whether a correction takes a burst, unless the person says otherwise. */
  @property({ type: Boolean }) burst = false;
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  /** While the picture is frozen. */
  @query('occhio-sheet') readonly sheet!: OcchioSheet | null;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
      #act {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      .soft {
        font-variant-numeric: tabular-nums;
      }
      .problem {
        color: var(--warn);
      }
    `,
  ];

  override render(): TemplateResult {
    const { capture } = this;
    const { messages } = this.locale;
    switch (capture.kind) {
      case 'frozen':
        return html`<occhio-sheet
          .answers=${capture.prediction.answers}
          .ownLabels=${this.ownLabels}
          .burst=${this.burst}
        ></occhio-sheet>`;
      case 'burst':
        return this.#burst(capture);
      case 'watching':
        return html`${this.#answer()}
          <div id="act">
            <span class="soft" id="readout">${this.readout}</span>
            <button
              class="primary"
              id="correct"
              ?disabled=${this.shown === null}
              @click=${() => {
                this.dispatchEvent(new CameraActionEvent('freeze'));
              }}
            >
              ${messages.correct}
            </button>
          </div>`;
      default:
        return capture satisfies never;
    }
  }

  #burst({ label, kept, dropped }: Extract<CaptureState, { kind: 'burst' }>): TemplateResult {
    const { messages, language } = this.locale;
    const progress = messages.burstProgress(kept, burstRule.wanted);
    return html`<h2>${label === null ? messages.noneOfThese : nameOf(this.labels, label, language)}</h2>
      <progress max=${burstRule.wanted} value=${kept} aria-label=${progress}></progress>
      <p class="soft">
        ${[progress, droppedText(dropped, messages), messages.moveALittle].filter(Boolean).join(' · ')}
      </p>`;
  }

  /** The answer, or why there is none while no model is live. */
  #answer(): TemplateResult {
    const { live } = this;
    const { messages } = this.locale;
    switch (live.kind) {
      case 'live':
        return html`<occhio-answer .shown=${this.shown}></occhio-answer>`;
      case 'none':
        return html`<p>${messages.noModelYet}</p>`;
      case 'loading':
        return html`<p>${messages.loadingModel}</p>`;
      case 'rejected':
        return html`<p class="problem">${messages.modelRejected} ${live.why}</p>`;
      default:
        return live satisfies never;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-panel': OcchioPanel;
  }
}
