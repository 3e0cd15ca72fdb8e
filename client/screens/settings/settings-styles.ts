/** How the settings are laid out: cards below each other on a phone, in two columns in a wide window. */
import { css } from 'lit';

export const settingsStyles = css`
  main {
    padding-block: var(--space-4) var(--space-8);
    columns: 3 340px;
    column-gap: var(--space-4);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    break-inside: avoid;
    margin-block-end: var(--space-4);
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
  }
  dl {
    display: grid;
    gap: var(--space-2);
    margin: 0;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 2px var(--space-4);
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  button {
    justify-self: start;
  }
  button.grave {
    border-color: var(--warn);
    background: none;
    color: var(--warn);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  #erased:empty {
    display: none;
  }
  @media (min-width: 900px) {
    main {
      padding-block-start: var(--space-6);
    }
    section {
      padding: var(--space-6);
    }
  }
`;
