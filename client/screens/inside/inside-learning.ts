/** Loss and optimizer: on this picture, on one weight, and on the hub's last training. */
import type { TemplateResult } from 'lit';
import { css, html, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Readable } from '../../cell.ts';
import type { HubNews } from '../../hub-news.ts';
import type { KeptHistory } from '../../storage/settings.ts';
import type { Answer } from '../../recognition/api.ts';
import { lossAt, startWeight, stepFrom } from './descent.ts';
import { LiveFigure } from './inside-figure.ts';

/** Where weights from -1.2 to 1.2 and losses from 0 to 4 lie in the drawing. */
const xOf = (weight: number): number => 200 + 160 * weight;
const yOf = (loss: number): number => 168 - 40 * loss;
const valley = Array.from({ length: 49 }, (_, i) => -1.2 + i * 0.05)
  .map((weight, i) => `${i === 0 ? 'M' : 'L'}${xOf(weight).toFixed(1)} ${yOf(lossAt(weight)).toFixed(1)}`)
  .join('');

@customElement('inside-learning')
export class InsideLearning extends LiveFigure {
  /** Set once, before the element is put on the page. */
  news!: Readable<HubNews>;
  /** Set once, before the element is put on the page. */
  history!: Readable<KeptHistory | null>;
  @state() private weight = startWeight;
  @state() private rate = 0.2;

  static override styles = [
    LiveFigure.styles,
    css`
      svg {
        width: 100%;
        max-width: 460px;
        margin-inline: auto;
      }
      path {
        fill: none;
        stroke: var(--ink-soft);
        stroke-width: 2;
      }
      circle {
        fill: var(--iris);
        transition: transform var(--motion, 0.25s);
      }
      text {
        fill: var(--ink-soft);
        font: 500 13px var(--font);
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-2) var(--space-4);
        margin: 0;
      }
      dd {
        margin: 0;
        font-weight: 650;
      }
      label {
        display: flex;
        flex: 1 1 12em;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }
      input {
        flex: 1 1 6em;
      }
      .facts {
        font-size: var(--text-number);
      }
      .facts :is(th, td) {
        padding: var(--space-1);
        text-align: end;
      }
      .facts :is(th, td):first-child {
        padding-inline-start: 0;
        text-align: start;
      }
    `,
  ];

  override connectedCallback(): void {
    if (!this.hasUpdated) this.follow(this.news, this.history);
    super.connectedCallback();
  }

  override render(): TemplateResult {
    const { words } = this;
    const answers = this.newest.peek()?.prediction.answers.slice(0, 2) ?? [];
    return html`<figure>
        <h3>${words.lossNow}</h3>
        ${
          answers.length > 0
            ? html`<dl>${answers.map((answer) => this.#lossIf(answer))}</dl>`
            : html`<p class="soft">${words.noPicture}</p>`
        }
      </figure>
      ${this.#descent()}
      <figure>
        <h3>${words.lastTraining}</h3>
        ${this.#lastTraining()}
      </figure>`;
  }

  /** Cross-entropy: how surprised one is when the truth had this probability. */
  #lossIf(answer: Answer) {
    return html`<dt>${this.words.lossIf(this.name(answer), this.percent(answer))}</dt>
      <dd class="number">${this.decimals(-Math.log(Math.max(answer.probability, 1e-6)))}</dd>`;
  }

  #descent() {
    const { words, weight, rate } = this;
    const loss = lossAt(weight);
    return html`<figure>
      <h3>${words.descentTitle}</h3>
      <svg viewBox="0 0 400 190" role="img" aria-label=${words.descentPicture(this.number(weight), this.number(loss))}>
        <path d=${valley}></path>
        ${svg`<circle r="9" .style=${`transform: translate(${xOf(weight).toFixed(1)}px, ${yOf(loss).toFixed(1)}px)`}></circle>`}
        <text x="8" y="16">${words.loss} ${this.number(loss)}</text>
        <text x="392" y="186" text-anchor="end">${words.weight} ${this.number(weight)}</text>
      </svg>
      <div class="row">
        <button class="primary" @click=${this.#step} ?disabled=${Math.abs(weight) > 1.2}>${words.descentStep}</button>
        <button
          @click=${() => {
            this.weight = startWeight;
          }}
        >
          ${words.descentAgain}
        </button>
        <label
          >${words.descentRate}
          <input
            type="range"
            min="0.05"
            max="1.05"
            step="0.05"
            .value=${String(rate)}
            @input=${(event: Event) => {
              // The listener stands on the range itself.
              this.rate = (event.target as HTMLInputElement).valueAsNumber;
            }}
          />
        </label>
      </div>
    </figure>`;
  }

  readonly #step = (): void => {
    this.weight = stepFrom(this.weight, this.rate);
  };

  #lastTraining() {
    const { words } = this;
    const { moments, report, curve } = this.#told();
    const last = curve.at(-1);
    if (!last) return html`<p class="soft">${words.lastTrainingNone}</p>`;
    const steps = moments.at(-1)?.steps ?? last.step;
    return html`${report ? html`<p>${words.lastTrainingFacts(report.corrections, this.number(report.seconds, 1))}</p>` : ''}
      <table class="facts" aria-label=${words.lastTrainingTable}>
        <tr>
          <th scope="col">${words.step}</th>
          <th scope="col">${words.loss}</th>
          <th scope="col">${words.right}</th>
        </tr>
        ${curve.slice(-8).map(
          ({ step, loss, accuracy }) =>
            html`<tr>
              <td>${step} / ${steps}</td>
              <td>${this.decimals(loss)}</td>
              <td>${this.percent({ key: '', probability: accuracy })}</td>
            </tr>`,
        )}
      </table>`;
  }

  /** Of the training that was followed here, else of the one that made the current version. */
  #told() {
    const { moments, report } = this.news.peek();
    const known = this.history.peek()?.history;
    if (moments.length > 0 || !known) return { moments, report, curve: moments };
    const current = known.versions.find(({ version }) => version === known.current.version);
    return { moments, report: current?.report ?? null, curve: known.figures?.curve ?? [] };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-learning': InsideLearning;
  }
}
