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
        scroll-padding-top: 76px;
      }
      header.top {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 68px;
        padding: calc(env(safe-area-inset-top) + var(--space-3)) var(--space-4) var(--space-3);
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
      @media (min-width: 900px) {
        header.top {
          padding-inline: var(--space-8);
        }
      }
    `,
  ];

  override firstUpdated(): void {
    // For screen readers and the keyboard: this is where one is now.
    this.renderRoot.querySelector('h1')?.focus();
  }
}
