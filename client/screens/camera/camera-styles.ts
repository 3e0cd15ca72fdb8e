/** How the camera is laid out: everything lies over the picture on an upright phone, and stands beside it on a wide or lying one. */
import { css } from 'lit';

export const cameraStyles = css`
  :host {
    display: block;
    overflow: hidden;
  }
  occhio-stage,
  occhio-welcome {
    position: absolute;
    inset: 0;
  }
  occhio-welcome {
    bottom: var(--nav-below);
  }
  header {
    position: absolute;
    inset: 0 0 auto;
    pointer-events: none;
  }
  #foot {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    flex-direction: column;
    gap: var(--space-3);
    max-height: 100%;
    padding: var(--space-3) var(--space-3) calc(var(--nav-below) + var(--space-3));
    pointer-events: none;
  }
  #foot > * {
    width: 100%;
    max-width: 560px;
    margin-inline: auto;
    pointer-events: auto;
  }
  /* Without a notice it takes no room, not even a gap. */
  occhio-toast {
    display: contents;
  }
  #panel {
    order: 1;
    padding: var(--space-4);
    border-radius: var(--radius-large);
    background: var(--veil);
    box-shadow: var(--shadow);
    overflow-y: auto;
  }
  .problem {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--warn);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  #panel[hidden],
  key-list {
    display: none;
  }
  @media (min-width: 900px), (min-width: 600px) and (orientation: landscape) {
    :host([picture]) {
      --beside: clamp(280px, 38vw, 404px);
    }
    :host([picture]) :is(occhio-stage, header) {
      right: var(--beside);
    }
    :host([picture]) #foot {
      inset: 0 0 0 auto;
      width: var(--beside);
      padding: var(--space-4);
      padding-inline-end: calc(env(safe-area-inset-right) + var(--space-4));
      border-inline-start: 1px solid var(--line);
      background: var(--ground);
      overflow-y: auto;
      pointer-events: auto;
    }
    :host([picture]) #panel {
      order: -1;
      flex: none;
      margin-block-end: var(--space-4);
      padding: 0;
      border-radius: 0;
      background: none;
      box-shadow: none;
      overflow: visible;
    }
  }
  @media (min-width: 900px) and (min-height: 560px) {
    :host([picture]) #foot {
      padding: var(--space-6);
    }
  }
  /* Where there is a keyboard, most likely, and room for it. */
  @media (min-width: 900px) and (min-height: 760px) and (pointer: fine) {
    :host([picture]) key-list {
      display: block;
      margin-block-start: auto;
      padding-block-start: var(--space-6);
      border-block-start: 1px solid var(--line);
      color: var(--ink-soft);
      font-size: var(--text-small);
    }
  }
`;
