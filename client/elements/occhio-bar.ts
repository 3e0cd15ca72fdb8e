/** The buttons above the picture: how corrections get on, open questions, help, another picture, settings. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Progress } from '../progress/progress.ts';
import type { Action } from './events.ts';
import { icons } from './icons.ts';
import { OcchioElement } from './occhio-element.ts';
import './occhio-pill.ts';

@customElement('occhio-bar')
export class OcchioBar extends OcchioElement {
  @property({ attribute: false }) progress: Progress = { kind: 'no-model' };
  /** Questions that wait for an answer. */
  @property({ type: Number }) questions = 0;
  @property({ type: Boolean }) hasPicture = false;

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: calc(env(safe-area-inset-top) + var(--space-3)) var(--space-3) var(--space-3);
        pointer-events: none;
      }
      occhio-pill {
        margin-inline-end: auto;
        pointer-events: auto;
      }
      :is(button, a) {
        display: inline-grid;
        place-items: center;
        min-width: var(--target);
        min-height: var(--target);
        padding: 0 var(--space-2);
        border-color: transparent;
        border-radius: 999px;
        background: var(--veil);
        color: var(--ink);
        pointer-events: auto;
      }
      button.question {
        padding-inline: var(--space-4);
        background: var(--iris);
        color: var(--on-iris);
        font-size: var(--text-small);
      }
      .keys {
        display: none;
      }
      @media (min-width: 900px) {
        .keys {
          display: inline-grid;
        }
      }
    `,
  ];

  /** Where the keyboard was before the screen "Inside" was opened. */
  focusWayInside(): void {
    this.renderRoot.querySelector<HTMLElement>('a.inside')?.focus();
  }

  override render(): TemplateResult {
    const { messages } = this.locale;
    return html`<occhio-pill .progress=${this.progress}></occhio-pill> ${
        this.questions > 0
          ? html`<button
              class="question"
              @click=${() => {
                this.act('open-question');
              }}
            >
              ${messages.questions(this.questions)}
            </button>`
          : nothing
      }
      <a class="inside" href="#/inside" aria-label=${messages.inside} title=${messages.inside}>${icons.inside}</a>
      ${this.#button('open-keys', messages.help, 'keys')}
      ${this.hasPicture ? this.#button('other-picture', messages.otherPicture, 'source') : nothing}
      ${this.#button('open-settings', messages.settings, 'settings')}`;
  }

  #button(action: Action, name: string, kind: keyof typeof icons): TemplateResult {
    return html`<button
      class=${kind}
      aria-label=${name}
      title=${name}
      @click=${() => {
        this.act(action);
      }}
    >
      ${icons[kind]}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-bar': OcchioBar;
  }
}
