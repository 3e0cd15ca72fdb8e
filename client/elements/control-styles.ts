/** The look of the browser's own controls: one chevron, one track, one thumb for all of them. */
import { css } from 'lit';

export const controlStyles = css`
  select {
    padding-inline-end: calc(var(--space-8) + var(--space-1));
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-position:
      calc(100% - 21px) 55%,
      calc(100% - 16px) 55%;
    background-repeat: no-repeat;
    background-size: 5px 5px;
    text-overflow: ellipsis;
    appearance: none;
    cursor: pointer;
  }
  summary {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-height: var(--target);
    color: var(--ink-soft);
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::after {
    content: '';
    flex: none;
    width: 7px;
    height: 7px;
    /* Its corners when it is turned. */
    margin-inline-end: 3px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: translateY(-2px) rotate(45deg);
  }
  [open] > summary::after {
    transform: translateY(2px) rotate(225deg);
  }
  input[type='search'] {
    text-overflow: ellipsis;
  }
  ::-webkit-search-cancel-button {
    width: 14px;
    height: 14px;
    background:
      linear-gradient(45deg, transparent 44%, var(--ink-soft) 44% 56%, transparent 56%),
      linear-gradient(-45deg, transparent 44%, var(--ink-soft) 44% 56%, transparent 56%);
    appearance: none;
    cursor: pointer;
  }
  progress {
    display: block;
    width: 100%;
    height: 8px;
    overflow: hidden;
    border: 0;
    border-radius: 4px;
    background: var(--raised);
    appearance: none;
  }
  ::-webkit-progress-bar {
    background: var(--raised);
  }
  ::-webkit-progress-value {
    border-radius: 4px;
    background: var(--iris);
    forced-color-adjust: none;
  }
  ::-moz-progress-bar {
    background: var(--iris);
  }
  input[type='range'] {
    min-width: 0;
    height: var(--target);
    margin: 0;
    background: none;
    appearance: none;
    cursor: pointer;
  }
  ::-webkit-slider-runnable-track {
    height: 6px;
    border-radius: 3px;
    background: var(--line);
  }
  ::-webkit-slider-thumb {
    width: 24px;
    height: 24px;
    margin-block-start: -9px;
    border: 3px solid var(--surface);
    border-radius: 50%;
    background: var(--iris);
    box-shadow: 0 0 0 1px var(--line);
    appearance: none;
  }
  ::-moz-range-track {
    height: 6px;
    border-radius: 3px;
    background: var(--line);
  }
  ::-moz-range-thumb {
    width: 18px;
    height: 18px;
    border: 3px solid var(--surface);
    border-radius: 50%;
    background: var(--iris);
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      background: Highlight !important;
      color: HighlightText !important;
      forced-color-adjust: none;
    }
    progress {
      border: 1px solid CanvasText;
    }
    ::-webkit-progress-value {
      background: Highlight;
    }
    input[type='range'] {
      appearance: auto;
    }
    ::-webkit-slider-thumb {
      border-color: CanvasText;
    }
  }
`;
