/** "Questions": the pictures that the camera would like to know about, and what it may ask. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Question } from '../../capture/questions.ts';
import { mostWaiting } from '../../capture/questions.ts';
import { CellController } from '../../controllers/cell-controller.ts';
import { KeysController } from '../../controllers/keys-controller.ts';
import type { SayEvent } from '../../elements/events.ts';
import { icons } from '../../elements/icons.ts';
import '../../elements/occhio-asking.ts';
import '../../elements/occhio-toast.ts';
import '../../elements/occhio-toggle.ts';
import { ScreenElement } from '../../elements/screen-element.ts';
import { ownLabelsOf } from '../../labels/own-labels.ts';
import type { Session } from '../../session.ts';
import './question-card.ts';
import { questionsWords } from './words.ts';

const minuteMs = 60_000;

@customElement('occhio-questions')
export class OcchioQuestions extends ScreenElement {
  /** Set once, before the element is put on the page. */
  session!: Pick<Session, 'questions' | 'corrections' | 'pictureEdits' | 'settings' | 'hub'>;

  static override styles = [
    ScreenElement.styles,
    css`
      main {
        display: grid;
        gap: var(--space-6);
        padding-block: var(--space-6) var(--space-8);
      }
      .intro {
        font: 680 var(--text-title) / 1.2 var(--font);
        letter-spacing: -0.02em;
        text-wrap: balance;
      }
      #questions {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr));
        gap: var(--space-4);
      }
      section {
        display: grid;
        gap: var(--space-2);
        max-width: 34em;
      }
      occhio-toast {
        position: sticky;
        bottom: var(--space-3);
        display: block;
        max-width: 34em;
        margin: 0 auto;
        padding-inline: var(--space-3);
      }
    `,
  ];

  constructor() {
    super();
    new KeysController(this, {
      Escape: () => {
        location.hash = '#/';
      },
      u: () => {
        this.act('undo');
      },
    });
  }

  override connectedCallback(): void {
    const { questions, corrections, settings, hub } = this.session;
    new CellController(this, [questions.open, questions.pausedUntilMs, corrections.notice, settings.state, hub.news]);
    super.connectedCallback();
  }

  override render(): TemplateResult {
    const { questions, corrections, settings } = this.session;
    const { messages } = this.locale;
    const words = questionsWords();
    const { consent, asking } = settings.state.peek();
    const open = questions.open.peek();
    return html`<header class="top"><h1 tabindex="-1">${messages.questions}</h1></header>
      <main>
        ${open.length > 0 ? this.#questions(open) : this.#empty(consent === true)}
        <section aria-labelledby="rules">
          <h2 id="rules">${words.rules}</h2>
          <occhio-toggle setting="consent" .text=${messages.sendToHub} ?on=${consent === true}></occhio-toggle>
          <occhio-asking .level=${asking}></occhio-asking>
          ${consent === true ? this.#pause() : nothing}
          <p class="soft">${words.waiting(mostWaiting)}</p>
        </section>
      </main>
      <occhio-toast .notice=${corrections.notice.peek()}></occhio-toast>`;
  }

  #questions(open: readonly Question[]) {
    const ownLabels = ownLabelsOf(this.session.hub.news.peek().room);
    return html`<p class="intro">${questionsWords().intro}</p>
      <div id="questions">
        ${repeat(
          open,
          keyOf,
          (question) =>
            html`<question-card
              .question=${question}
              .ownLabels=${ownLabels}
              @occhio-say=${({ label }: SayEvent) => {
                void this.#answer(question, label);
              }}
              @question-skip=${() => {
                if (question.kind === 'picture') void this.session.questions.close(question);
              }}
              @question-bad-photo=${() => {
                if (question.kind === 'picture') void this.session.pictureEdits.discard(question.sample);
              }}
            ></question-card>`,
        )}
      </div>`;
  }

  #empty(consent: boolean) {
    const words = questionsWords();
    const isPaused = this.session.questions.pausedUntilMs.peek() !== null;
    return html`<div id="empty" class="empty">
      <span class="icon">${icons.questions}</span>
      <h2>${words.none}</h2>
      ${consent && isPaused ? nothing : html`<p>${consent ? words.noneYet : words.noneWithoutConsent}</p>`}
    </div>`;
  }

  /** When the next question may come, while none may. */
  #pause() {
    const untilMs = this.session.questions.pausedUntilMs.peek();
    if (untilMs === null || untilMs === Infinity) return nothing;
    const when = new Intl.DateTimeFormat(this.locale.language, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
    const wholeMinute = Math.ceil(untilMs / minuteMs) * minuteMs;
    return html`<p id="pause">${questionsWords().pausedUntil(when.format(wholeMinute))}</p>`;
  }

  async #answer(question: Question, label: string | null): Promise<void> {
    const { questions, corrections } = this.session;
    if (question.kind === 'picture') {
      if (await corrections.answer(question, label)) await questions.close(question);
    } else if (label === question.example.label) await questions.confirm(question);
    else await corrections.relabel(question.example, label);
  }
}

function keyOf(question: Question): string {
  return question.kind === 'picture' ? question.sample : question.example.event;
}

declare global {
  interface HTMLElementTagNameMap {
    'occhio-questions': OcchioQuestions;
  }
}
