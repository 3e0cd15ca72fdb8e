/** What other people said of pictures that this device has learned: it follows them, so that it does not insist on what was taken back. */
import type { Pictures } from '../../protocol/messages/pictures.ts';
import type { Recognition } from '../recognition/start-recognition.ts';
import type { Database, ExampleRecord } from '../storage/database.ts';
import { awaitingWord } from './awaiting-word.ts';

type Following = {
  readonly database: Database;
  readonly recognition: Pick<Recognition, 'learn' | 'forget'>;
  /** Whether the hub was told to delete what this device gave: what is here stays here. */
  readonly erasing: () => boolean;
  /** Something was learned or forgotten. */
  readonly onLesson: () => void;
};

/** What still waits to be sent is newer than what the hub says, and stays. */
export async function followHub(
  { entries, gone }: Pictures,
  { database, recognition, erasing, onLesson }: Following,
): Promise<void> {
  const awaiting = await awaitingWord(database);
  const forgotten: string[] = [];
  const learned: ExampleRecord[] = [];
  for (const sample of gone)
    for (const { event, ofRoom } of await database.getAllFromIndex('examples', 'sample', sample))
      if (ofRoom || !erasing()) forgotten.push(event);
  for (const { sample, said } of entries) {
    if (awaiting.has(sample)) continue;
    const examples = await database.getAllFromIndex('examples', 'sample', sample);
    const others = examples.filter(({ event }) => event !== said?.event);
    const [other] = others;
    forgotten.push(...others.map(({ event }) => event));
    if (other && said && others.length === examples.length)
      learned.push({ ...other, event: said.event, label: said.label });
  }
  // What is learned takes the place of something.
  if (forgotten.length === 0) return;
  try {
    await recognition.forget(forgotten);
    if (learned.length > 0) await recognition.learn(learned);
  } finally {
    onLesson();
  }
}
