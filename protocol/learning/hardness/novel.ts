/** The network does not know it, and nothing like it has been asked about. */
import type { HardnessPolicy } from './hardness.ts';

const maxCosine = 0.6;

export const novel: HardnessPolicy = ({ known, nearest }) => !known && nearest < maxCosine;
