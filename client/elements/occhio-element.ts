/** What all elements share: the words of the app and the look of its controls. */
import { consume } from '@lit/context';
import type { CSSResultGroup } from 'lit';
import { LitElement, css } from 'lit';
import type { Locale } from '../contexts.ts';
import { localeContext } from '../contexts.ts';
import { localeNow } from '../i18n/locale.ts';
import type { Action } from './events.ts';
import { controlStyles } from './control-styles.ts';
import { ActionEvent } from './events.ts';

export abstract class OcchioElement extends LitElement {
  @consume({ context: localeContext, subscribe: true })
  protected locale: Locale = localeNow();

  static override styles: CSSResultGroup = [
    css`
      *,
      *::before,
      *::after {
        box-sizing: border-box;
      }
      :host([hidden]) {
        display: none;
      }
      button,
      select,
      input[type='search'] {
        min-height: var(--target);
        min-width: var(--target);
        padding: 0 var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        font: 550 var(--text) / 1.2 var(--font);
      }
      ::placeholder {
        color: var(--ink-soft);
        opacity: 1;
      }
      button,
      select {
        max-width: 100%;
      }
      button {
        flex-shrink: 0;
        cursor: pointer;
        touch-action: manipulation;
      }
      button.primary {
        border-color: transparent;
        background: var(--iris);
        color: var(--on-iris);
      }
      button.quiet {
        border-color: transparent;
        background: none;
      }
      /* Its words end where everything else does. */
      :is(header, .head) > button.quiet:last-child {
        margin-inline-end: calc(-1 * var(--space-4));
      }
      @media (hover: hover) {
        button:enabled:hover {
          background-image: linear-gradient(color-mix(in srgb, currentColor 8%, transparent) 0 0);
        }
      }
      :is(button, input, select, summary, a, [tabindex]):focus-visible {
        outline: 3px solid var(--iris);
        outline-offset: 2px;
      }
      h2 {
        margin: 0;
        font: 680 var(--text-large) / 1.25 var(--font);
        letter-spacing: -0.01em;
        text-wrap: balance;
      }
      p {
        margin: 0;
      }
      .soft {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }
      dialog {
        width: min(440px, calc(100vw - 2 * var(--space-4)));
        padding: var(--space-6);
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: rgb(12 9 4 / 0.55);
      }
    `,
    controlStyles,
  ];

  protected act(action: Action): void {
    this.dispatchEvent(new ActionEvent(action));
  }
}
