/** How the list of versions looks: a line of time, the live one marked. */
import { css } from 'lit';

export const versionsStyles = css`
  ol {
    display: grid;
    margin: 0;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    list-style: none;
    overflow: clip;
  }
  li + li {
    border-block-start: 1px solid var(--line);
  }
  li[data-current] {
    box-shadow: inset 4px 0 0 var(--iris);
  }
  @media (forced-colors: active) {
    li[data-current] {
      border-inline-start: 4px solid Highlight;
    }
    .badge.live {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
  li > details {
    padding: var(--space-2) var(--space-4);
  }
  li > details[open] {
    padding-block-end: var(--space-4);
  }
  li > details > summary {
    position: relative;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--space-1) var(--space-2);
    padding-block: var(--space-2);
    padding-inline-end: var(--space-8);
    color: var(--ink);
  }
  li > details > summary::after {
    position: absolute;
    inset: calc(var(--space-4) + 1px) var(--space-1) auto auto;
    color: var(--ink-soft);
  }
  .name {
    font-weight: 660;
  }
  summary .soft {
    flex: 1 0 100%;
  }
  .badge {
    padding: 1px var(--space-2);
    border: 1px solid var(--line);
    border-radius: 999px;
    font: 600 0.75rem / 1.5 var(--font);
  }
  .badge.live {
    border-color: transparent;
    background: var(--iris);
    color: var(--on-iris);
  }
  .badge.promoted {
    border-color: currentColor;
    color: var(--leaf);
  }
  .badge.refused {
    border-color: currentColor;
    color: var(--warn);
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(9.5em, 45%), 1fr));
    gap: var(--space-3);
    margin: var(--space-3) 0;
  }
  dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }
  dd {
    margin: 0;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  details details p {
    margin-block-end: var(--space-2);
  }
  li > details > button {
    margin-block-start: var(--space-2);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-3);
    align-items: baseline;
    justify-content: space-between;
  }
  .pin {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--iris);
    border-radius: var(--radius);
  }
  .pin p {
    flex: 1 1 16em;
  }
`;
