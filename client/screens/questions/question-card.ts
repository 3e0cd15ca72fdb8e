/** One question: the picture, why it is asked, and the ways to answer it or to let it be. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Question } from '../../capture/questions.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import '../../elements/occhio-naming.ts';
import { questionText } from '../../elements/words.ts';
import { SkipEvent } from './events.ts';
import { wordsOf } from './words/words.ts';

@customElement('question-card')
export class QuestionCard extends OcchioElement {
  /** Set once, before the element is put on the page. */
  question!: Question;
  /** Labels that people gave here. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  /** Of the picture, while the element is on the page. */
  #url = '';

  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        align-content: start;
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
      }
      figure {
        display: grid;
        grid-template-columns: 132px minmax(0, 1fr);
        gap: var(--space-4);
        align-items: center;
        margin: 0;
      }
      img {
        width: 132px;
        aspect-ratio: 1;
        border-radius: var(--radius);
        background: var(--raised);
        object-fit: cover;
      }
      .why {
        margin-block-start: var(--space-2);
        color: var(--ink-soft);
      }
    `,
  ];

  override connectedCallback(): void {
    this.#url = URL.createObjectURL(new Blob([this.question.jpeg], { type: 'image/jpeg' }));
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.#url);
  }

  override render(): TemplateResult {
    const { messages, language } = this.locale;
    return html`<figure>
        <img src=${this.#url} alt=${wordsOf[language].picture} />
        <figcaption>
          <h2>${messages.whatIsIt}</h2>
          <p class="why">${questionText(this.question.reason, messages)}</p>
        </figcaption>
      </figure>
      <occhio-naming .answers=${this.question.answers} .ownLabels=${this.ownLabels}>
        <button
          class="quiet"
          id="skip"
          @click=${() => {
            this.dispatchEvent(new SkipEvent());
          }}
        >
          ${messages.skip}
        </button>
      </occhio-naming>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'question-card': QuestionCard;
  }
}
