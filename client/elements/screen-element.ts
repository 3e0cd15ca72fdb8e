/** What all screens but the camera share: they lie above it, scroll by themselves, and take the focus when they are shown. */
import type { CSSResultGroup } from 'lit';
import { css } from 'lit';
import { OcchioElement } from './occhio-element.ts';

/** A screen has one `h1` that can be focused, in a `header.top`, and a `main`. */
export abstract class ScreenElement extends OcchioElement {
  static override styles: CSSResultGroup = [
    OcchioElement.styles,
    css`
      :host {
        display: block;
        --edge: var(--space-4);
        scroll-padding-top: 76px;
      }
      /* Of the bar and of what scrolls below it. */
      :is(header.top, main) {
        padding-inline: max(var(--edge), (100% - var(--page)) / 2);
      }
      header.top {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 68px;
        padding-block: calc(env(safe-area-inset-top) + var(--space-3)) var(--space-3);
        border-block-end: 1px solid var(--line);
        background: var(--veil);
        backdrop-filter: blur(14px);
      }
      h1 {
        margin: 0 auto 0 0;
        font: 720 var(--text-large) / 1.2 var(--font);
        letter-spacing: -0.02em;
      }
      h1[tabindex]:focus {
        outline: none;
      }
      .empty {
        display: grid;
        justify-items: center;
        gap: var(--space-3);
        padding: calc(2 * var(--space-8)) var(--space-6);
        border-radius: var(--radius-large);
        background: var(--surface);
        text-align: center;
      }
      .empty p {
        max-width: 34em;
        color: var(--ink-soft);
        text-wrap: balance;
      }
      .empty .icon {
        display: grid;
        place-items: center;
        width: 72px;
        height: 72px;
        border-radius: 50%;
        background: var(--raised);
        color: var(--iris);
      }
      .empty .icon svg {
        width: 32px;
        height: 32px;
      }
      @media (min-width: 900px) {
        :host {
          --edge: var(--space-8);
        }
      }
    `,
  ];

  override firstUpdated(): void {
    // For screen readers and the keyboard: this is where one is now.
    this.renderRoot.querySelector('h1')?.focus();
  }
}
