/** What a step of a network is called, and what it does, in words. */
import type { StepMaps } from '../../recognition/inside.ts';
import type { InsideWords } from './words.ts';

type Kind = keyof InsideWords['layer'];

export function layerName({ layer, part }: StepMaps, words: InsideWords): string {
  const kind = kindOf({ layer, part });
  const name = words.layer[kind];
  if (typeof name === 'string') return name;
  return name('kernel' in layer ? layer.kernel : 1);
}

export function layerText(step: StepMaps, words: InsideWords): string {
  return words.layerText[kindOf(step)];
}

function kindOf({ layer, part }: Pick<StepMaps, 'layer' | 'part'>): Kind {
  if (part === 'output' && 'activation' in layer && layer.activation !== 'none') return layer.activation;
  return layer.kind === 'conv' && layer.kernel === 1 ? 'mix' : layer.kind;
}
