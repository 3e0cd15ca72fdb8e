/** How "Pictures" is laid out. */
import { css } from 'lit';

export const picturesStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  header.top {
    flex: none;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
  }
  header.top h1 {
    margin: 0;
  }
  #count {
    margin-inline-end: auto;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  main {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    align-content: start;
    padding-block: var(--space-4) var(--space-8);
  }
  pictures-grid {
    margin-block-start: var(--space-2);
  }
  .foot {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: grid;
    gap: var(--space-2);
    width: 100%;
    max-width: 40em;
    margin-inline: auto;
    padding-inline: var(--space-3);
  }
  .foot > :last-child {
    margin-block-end: var(--space-3);
  }
  #selection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-1);
    padding: var(--space-1) var(--space-1) var(--space-1) var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  #selection p {
    flex: 1 1 5em;
    font-variant-numeric: tabular-nums;
  }
  #selection button {
    padding-inline: var(--space-2);
  }
  #selection #delete {
    color: var(--warn);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  @media (max-width: 359px) {
    #selection p {
      flex-basis: 100%;
    }
    #selection button {
      flex: 1 1 auto;
    }
  }
`;
