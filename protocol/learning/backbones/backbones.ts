/** The networks that Occhio knows. A new one is one file here and one line in this table. */
import type { ModelSpec } from '../model-spec.ts';
import { mobile } from './mobile.ts';
import { talk } from './talk.ts';

export const backbones = { mobile, talk } satisfies Record<string, (options: { classes: number }) => ModelSpec>;

export type BackboneName = keyof typeof backbones;
