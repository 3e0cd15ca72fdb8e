/** How the page is laid out: on a phone everything lies over the picture, on a wide screen it stands beside. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: block;
    overflow: hidden;
  }
  occhio-stage,
  occhio-welcome {
    position: absolute;
    inset: 0;
  }
  #bar {
    position: absolute;
    inset: 0 0 auto;
    display: flex;
    align-items: center;
    gap: var(--space-2);
    padding: calc(env(safe-area-inset-top) + var(--space-3)) var(--space-3) var(--space-3);
    pointer-events: none;
  }
  #bar > * {
    pointer-events: auto;
  }
  #bar occhio-pill {
    margin-inline-end: auto;
  }
  #bar > button {
    display: inline-grid;
    place-items: center;
    padding: 0 var(--space-2);
    border-color: transparent;
    border-radius: 999px;
    background: var(--veil);
  }
  #bar > button.question {
    padding-inline: var(--space-4);
    background: var(--iris);
    color: var(--on-iris);
    font-size: var(--text-small);
  }
  #foot {
    position: absolute;
    inset: auto 0 0;
    display: grid;
    gap: var(--space-3);
    max-height: 100%;
    padding: 0 var(--space-3) calc(env(safe-area-inset-bottom) + var(--space-3));
    pointer-events: none;
  }
  #foot > * {
    pointer-events: auto;
  }
  #panel {
    order: 1;
    display: grid;
    gap: var(--space-4);
    padding: var(--space-4);
    border-radius: var(--radius-large);
    background: var(--veil);
    box-shadow: var(--shadow);
    overflow-y: auto;
  }
  #act {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
  }
  .soft {
    font-variant-numeric: tabular-nums;
  }
  .problem {
    color: var(--warn);
  }
  progress {
    width: 100%;
    height: 10px;
    accent-color: var(--iris);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  #bar > .keys {
    display: none;
  }
  #panel[hidden] {
    display: none;
  }
  @media (min-width: 900px) {
    :host([picture]) :is(occhio-stage, #bar) {
      right: 404px;
    }
    #bar > .keys {
      display: inline-grid;
    }
    :host([picture]) #foot {
      inset: 0 0 0 auto;
      align-content: start;
      width: 404px;
      padding: var(--space-6);
      border-inline-start: 1px solid var(--line);
      background: var(--ground);
      overflow-y: auto;
      pointer-events: auto;
    }
    :host([picture]) #panel {
      order: -1;
      margin-block-end: var(--space-4);
      padding: 0;
      border-radius: 0;
      background: none;
      box-shadow: none;
      overflow: visible;
    }
  }
`;
