/** The camera's keys and what they do, a line each. */
import type { TemplateResult } from 'lit';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { OcchioElement } from './occhio-element.ts';

@customElement('key-list')
export class KeyList extends OcchioElement {
  static override styles = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-2) var(--space-4);
        align-items: baseline;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 26px;
        padding: 2px var(--space-2);
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--raised);
        color: var(--ink);
        font: 600 var(--text-small) var(--font);
        text-align: center;
      }
    `,
  ];

  override render(): TemplateResult {
    const { messages } = this.locale;
    const keys = [
      ['Space', messages.keyFreeze],
      ['Enter', messages.keyAccept],
      ['1–9', messages.keyClass],
      ['N', messages.keyNew],
      ['X', messages.keyNone],
      ['B', messages.keyBurst],
      ['U', messages.keyUndo],
      ['F', messages.flip],
      ['T', messages.torch],
      ['M', messages.mirror],
      ['E', messages.explain],
      ['?', messages.keyHelp],
    ] as const;
    return html`<dl>
      ${keys.map(
        ([key, meaning]) =>
          html`<dt><kbd>${key}</kbd></dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'key-list': KeyList;
  }
}
