/** How the page is laid out: the camera fills it, other screens lie above, the navigation has its own place. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: block;
    overflow: hidden;
  }
  occhio-camera {
    position: absolute;
    inset: 0 0 0 var(--nav-beside);
  }
  .screen {
    position: absolute;
    inset: 0 0 var(--nav-below) var(--nav-beside);
    overflow-y: auto;
    background: var(--ground);
    color: var(--ink);
  }
`;
