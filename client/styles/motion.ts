/** Lets the page move as its owner chose: what moves takes its time from the token that tokens.css sets. */
import type { Motion } from '../storage/settings.ts';

export function wearMotion(motion: Motion): void {
  document.documentElement.dataset['motion'] = motion;
}
