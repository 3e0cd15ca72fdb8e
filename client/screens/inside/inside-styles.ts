/** How the screen "Inside" is laid out: one column on a phone, text beside its figure on a wide screen, one panel alone. */
import { css } from 'lit';

export const insideStyles = css`
  :host {
    --cold: light-dark(#2f6cae, #6fb1ee);
    --text-number: 0.8125rem;
  }
  .round {
    display: grid;
    flex: none;
    place-items: center;
    width: var(--target);
    height: var(--target);
    padding: 0;
    border: 0;
    border-radius: 999px;
    background: var(--raised);
    color: var(--ink);
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-8);
    padding-block: var(--space-6) var(--space-8);
  }
  .intro {
    max-width: 22em;
    font: 680 var(--text-title) / 1.2 var(--font);
    letter-spacing: -0.02em;
    text-wrap: balance;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4) var(--space-8);
    align-items: start;
    padding-block-start: var(--space-6);
    border-block-start: 1px solid var(--line);
  }
  section[hidden] {
    display: none;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--space-3);
  }
  .head h2 {
    flex: 1;
    min-width: 0;
    font-size: clamp(1.25rem, 1.1rem + 0.8vw, 1.75rem);
    scroll-margin-top: 76px;
  }
  .count {
    color: var(--iris);
    font-variant-numeric: tabular-nums;
  }
  .text {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }
  .text p {
    max-width: 34em;
    line-height: 1.55;
    text-wrap: pretty;
  }
  section > :last-child {
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
  }
  section.wide > :last-child {
    padding: 0;
    border: 0;
    background: none;
  }
  .round[aria-pressed='true'] {
    background: var(--ink);
    color: var(--ground);
  }
  nav {
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: var(--space-2);
  }
  .soft {
    white-space: nowrap;
  }
  @media (min-width: 900px) {
    main {
      gap: calc(2 * var(--space-8));
    }
    section {
      grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
      padding-block-start: var(--space-8);
    }
    section.wide {
      grid-template-columns: minmax(0, 1fr);
    }
    section > :last-child {
      padding: var(--space-6);
    }
  }
  /* For a room: larger, and nothing else on the wall. */
  :host([alone]) {
    --page: 1500px;
    --text: clamp(1rem, 0.7rem + 1vw, 1.5rem);
    --text-small: clamp(0.8125rem, 0.6rem + 0.6vw, 1.125rem);
    --text-number: clamp(0.8125rem, 0.5rem + 0.8vw, 1.25rem);
    font-size: var(--text);
  }
  :host([alone]) main {
    gap: 0;
  }
  :host([alone]) section {
    padding-block-start: 0;
    border: 0;
  }
`;
