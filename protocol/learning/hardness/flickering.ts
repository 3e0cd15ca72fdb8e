/** The label keeps changing from frame to frame. */
import type { HardnessPolicy } from './hardness.ts';

const frames = 10;
const minChanges = 5;

export const flickering: HardnessPolicy = ({ recent }) => {
  const last = recent.slice(-frames);
  return last.length === frames && last.filter((label, i) => i > 0 && label !== last[i - 1]).length >= minChanges;
};
