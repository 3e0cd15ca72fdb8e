/** What the camera says, in words: the same to eyes and to ears. */
import type { Label } from '../../../protocol/learning/labels.ts';
import type { Locale } from '../../contexts.ts';
import { nameOf } from '../../i18n/messages.ts';
import type { Shown } from '../../recognition/consensus.ts';

/** What is less likely than not is said with a "perhaps". */
const likely = 0.5;

export function said(
  { label, family, answers }: Shown,
  labels: readonly Label[],
  { messages, language }: Locale,
): string {
  if (label === null) return family?.[language] ?? messages.unknown;
  const name = nameOf(labels, label, language);
  const probability = answers.find(({ key }) => key === label)?.probability ?? 0;
  return probability < likely ? messages.perhaps(name) : name;
}
