/** How news look that come while the camera is used: a line that opens at a tap, or open from the start where there is room for it. */
import { css } from 'lit';

/** Where the panel stands beside the picture and covers nothing of it: see camera-styles.ts. */
export const besidePicture = '(min-width: 900px), (min-width: 600px) and (orientation: landscape)';

export const newsStyles = css`
  section {
    display: flex;
    align-items: start;
    padding-inline-start: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  #news {
    flex: 1;
    min-width: 0;
  }
  #news > summary > * {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  h2 {
    color: var(--ink);
    font-size: var(--text);
  }
  /* Never so high that it reaches the buttons above the picture: the panel and both bars take about so much. */
  .more {
    display: grid;
    gap: var(--space-2);
    max-height: clamp(72px, 100dvh - 490px, 24dvh);
    padding-block-end: var(--space-4);
    overflow-y: auto;
  }
  @media (min-width: 900px), (min-width: 600px) and (orientation: landscape) {
    .more {
      max-height: none;
    }
  }
`;
