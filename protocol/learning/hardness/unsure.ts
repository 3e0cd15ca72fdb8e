/** Two labels are almost equally likely (smallest margin; Scheffer et al. 2001). */
import type { HardnessPolicy } from './hardness.ts';

const minProbability = 0.2;
const maxMargin = 0.1;

export const unsure: HardnessPolicy = ({ probabilities: [first = 0, second = 0] }) =>
  first >= minProbability && first - second < maxMargin;
