/** One question: the picture, why it is asked, and the ways to answer it; one about a new picture can be let be. */
import { consume } from '@lit/context';
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isBetweenTwo } from '../../../protocol/learning/hardness/ask-reason.ts';
import type { Label } from '../../../protocol/learning/labels.ts';
import type { DoubtQuestion, PictureQuestion, Question } from '../../capture/questions.ts';
import { labelsContext } from '../../contexts.ts';
import { SayEvent } from '../../elements/events.ts';
import { OcchioElement } from '../../elements/occhio-element.ts';
import '../../elements/occhio-naming.ts';
import { nameOf } from '../../i18n/messages.ts';
import { BadPhotoEvent, SkipEvent } from './events.ts';
import { questionsWords } from './words.ts';

@customElement('question-card')
export class QuestionCard extends OcchioElement {
  /** Set once, before the element is put on the page. */
  question!: Question;
  /** Labels that people gave here. */
  @property({ attribute: false }) ownLabels: readonly string[] = [];
  @consume({ context: labelsContext, subscribe: true }) private readonly labels: readonly Label[] = [];
  /** Of the picture, and of the one that contradicts it, while the element is on the page. */
  #urls: readonly string[] = [];

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
        grid-template-columns: clamp(84px, 36%, 132px) minmax(0, 1fr);
        gap: var(--space-4);
        align-items: center;
        margin: 0;
      }
      img {
        width: 100%;
        aspect-ratio: 1;
        border-radius: var(--radius);
        background: var(--raised);
        object-fit: cover;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space-3);
      }
      .pair figure {
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
      }
      .pair figcaption {
        color: var(--ink-soft);
        font-size: var(--text-small);
        overflow-wrap: anywhere;
      }
      .why {
        margin-block-start: var(--space-2);
        color: var(--ink-soft);
        hyphens: auto;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: var(--space-2);
      }
      /* Where the words have no room beside it, too. */
      #skip {
        margin-inline: auto calc(-1 * var(--space-4));
      }
      .choices button {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override connectedCallback(): void {
    this.#urls = jpegsOf(this.question).map((jpeg) => URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })));
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#urls.forEach((url) => {
      URL.revokeObjectURL(url);
    });
  }

  override render(): TemplateResult {
    return this.question.kind === 'picture' ? this.#picture(this.question) : this.#doubt(this.question);
  }

  #picture(question: PictureQuestion): TemplateResult {
    const { messages } = this.locale;
    return html`<figure>
        <img src=${this.#urls[0] ?? nothing} alt=${questionsWords().picture} />
        <figcaption>
          <h2>${messages.whatIsIt}</h2>
          <p class="why">${this.#why(question)}</p>
        </figcaption>
      </figure>
      <occhio-naming .answers=${question.answers} .ownLabels=${this.ownLabels}>
        <button
          class="quiet"
          id="bad"
          @click=${() => {
            this.dispatchEvent(new BadPhotoEvent());
          }}
        >
          ${questionsWords().badPhoto}
        </button>
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

  #doubt({ example: { label }, rival }: DoubtQuestion): TemplateResult {
    const words = questionsWords();
    const captions = [words.picture, this.#name(rival)];
    return html`<div>
        <h2>${words.whichIsIt}</h2>
        <p class="why">${words.doubt(this.#name(label), this.#name(rival))}</p>
      </div>
      <div class="pair">
        ${captions.map(
          (caption, i) =>
            html`<figure>
              <img src=${this.#urls[i] ?? nothing} alt="" />
              <figcaption>${caption}</figcaption>
            </figure>`,
        )}
      </div>
      <div class="choices" role="group" aria-label=${words.choices}>
        ${[label, rival].map(
          (choice) =>
            html`<button
              @click=${() => {
                this.dispatchEvent(new SayEvent(choice, false));
              }}
            >
              ${this.#name(choice)}
            </button>`,
        )}
      </div>
      <occhio-naming .ownLabels=${this.ownLabels}></occhio-naming>`;
  }

  #why({ reason, answers }: PictureQuestion): string {
    const words = questionsWords();
    if (reason !== 'unsure') return words[reason];
    const [first = '', second = ''] = answers.map(({ key }) => this.#name(key));
    return isBetweenTwo(answers.map(({ probability }) => probability))
      ? words.between(first, second)
      : words.unsure(first);
  }

  #name(label: string | null): string {
    const { messages, language } = this.locale;
    return label === null ? messages.noneOfThese : nameOf(this.labels, label, language);
  }
}

function jpegsOf(question: Question): readonly Uint8Array<ArrayBuffer>[] {
  return question.kind === 'picture' ? [question.jpeg] : [question.example.jpeg, question.witness.jpeg];
}

declare global {
  interface HTMLElementTagNameMap {
    'question-card': QuestionCard;
  }
}
