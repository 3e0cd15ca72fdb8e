/** Finds labels by what a person types, in both languages. Pure. */
import type { Label } from '../../protocol/learning/labels.ts';

/**
 * Keys of the labels whose name in either language holds every typed word, best first: names that begin with the text,
 * then words that do, then the rest; short names first. Accents and case do not matter.
 */
export function searchLabels(labels: readonly Label[], ownKeys: readonly string[], text: string): readonly string[] {
  const wanted = plain(text);
  if (!wanted) return [];
  const known = new Set(labels.map(({ key }) => key));
  const entries = [
    ...ownKeys.filter((key) => !known.has(key)).map((key) => ({ key, names: [plain(key)] })),
    ...labels.map(({ key, names }) => ({ key, names: [plain(names.en), plain(names.it)] })),
  ];
  return entries
    .map(({ key, names }) => ({ key, score: Math.min(...names.map((name) => scoreOf(name, wanted))) }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => a.score - b.score)
    .map(({ key }) => key);
}

/** Lower is better; infinite when the name does not hold every word. */
function scoreOf(name: string, wanted: string): number {
  if (!wanted.split(' ').every((word) => name.includes(word))) return Infinity;
  const rank = name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : 2;
  return rank * 1000 + name.length;
}

function plain(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ');
}
