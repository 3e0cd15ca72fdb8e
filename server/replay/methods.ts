/** What can be replayed: one file and one line here for each method. */
import type { Learner } from './learner.ts';
import type { Material } from './material.ts';
import { frigate } from './methods/frigate.ts';
import { full } from './methods/full.ts';
import { knn } from './methods/knn.ts';
import { occhioDevice } from './methods/occhio-device.ts';
import { occhio } from './methods/occhio.ts';
import { teachableMachine } from './methods/teachable-machine.ts';
import type { Version } from './version.ts';

/** What a learner begins with. */
export type Course = {
  readonly material: Material;
  /** The backbone itself, as the first version of the model. */
  readonly base: Version;
  readonly seed: number;
  /** The label key of a replayed class: one that no base has, so that the class is new whatever its folder's name. */
  readonly keyOf: (label: number) => string;
  /** The replayed class of a key; null for a label of the base. */
  readonly classOf: (key: string) => number | null;
};

export const methods = {
  occhio,
  'occhio-device': occhioDevice,
  knn,
  'teachable-machine': teachableMachine,
  frigate,
  full,
} as const satisfies Record<string, (course: Course) => Learner>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as readonly MethodName[]; // exactly the keys: nothing else is ever put in

const prefix = 'replayed class ';

export function courseOf(material: Material, base: Version, seed: number): Course {
  return {
    material,
    base,
    seed,
    keyOf: (label) => `${prefix}${String(label)}`,
    classOf: (key) => (key.startsWith(prefix) ? Number(key.slice(prefix.length)) : null),
  };
}
