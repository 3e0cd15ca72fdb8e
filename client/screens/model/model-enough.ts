/** "Have I done enough?", in one sentence. */
import type { TemplateResult } from 'lit';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Enough } from './enough.ts';
import { ModelPart } from './model-part.ts';

@customElement('model-enough')
export class ModelEnough extends ModelPart {
  @property({ attribute: false }) enough: Enough = { kind: 'nothing' };

  static override styles = [
    ModelPart.styles,
    css`
      h2 {
        color: var(--ink-soft);
        font: 600 var(--text) / 1.3 var(--font);
        letter-spacing: 0;
      }
      #answer {
        max-width: 26em;
        font: 660 clamp(1.25rem, 1.1rem + 0.9vw, 1.75rem) / 1.3 var(--font);
        letter-spacing: -0.015em;
        text-wrap: pretty;
      }
      .soft {
        max-width: 44em;
      }
    `,
  ];

  override render(): TemplateResult {
    const { words, enough } = this;
    return html`<h2>${words.enoughTitle}</h2>
      <p id="answer" data-kind=${enough.kind}>${this.#sentence(enough)}</p>
      ${enough.kind === 'unsure' ? html`<p class="soft">${words.enoughHow}</p>` : nothing}`;
  }

  #sentence(enough: Enough): string {
    const { words } = this;
    switch (enough.kind) {
      case 'nothing':
        return words.enoughNothing;
      case 'weak':
        return words.enoughWeak(this.name(enough.weakest.label), {
          ...this.#counts(enough),
          as: enough.as && this.name(enough.as),
        });
      case 'unsure': {
        const { weakest, more, others } = enough;
        const name = this.name(weakest.label);
        return weakest.n === 0
          ? words.enoughUnjudged(name, more, others)
          : words.enoughUnsure(name, { ...this.#counts(enough), more });
      }
      case 'enough':
        return words.enoughYes(enough.classes, enough.n, this.percent(enough.low));
      default:
        return enough satisfies never;
    }
  }

  #counts({ weakest: { rightAfter, n, interval }, others }: Extract<Enough, { weakest: unknown }>) {
    return { right: rightAfter, n, low: this.percent(interval.low), high: this.percent(interval.high), others };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-enough': ModelEnough;
  }
}
