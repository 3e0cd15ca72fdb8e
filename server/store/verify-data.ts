/** Is everything in a data folder as it was written, and does it fit together? */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { sampleIdSchema } from '../../protocol/ids.ts';
import { effectiveLabels } from '../../protocol/label-log.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import { labelEventSchema } from '../../protocol/messages/label-event.ts';
import type { Database } from './database.ts';

export type Verification = {
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
  /** What is unusual but right. */
  readonly notes: readonly string[];
  readonly samples: number;
  readonly events: number;
  readonly models: number;
};

/** Reads all of the folder `dir`, whose database is open as `database`; changes nothing. */
export async function verifyData(dir: string, database: Database): Promise<Verification> {
  const models = await verifyModels(dir, database);
  // A hub may be running: all of it is read as it is at one moment.
  const stored = database.snapshot(() => {
    const { problems, notes } = verifyLabels(database);
    return {
      problems: [...verifyDatabase(database), ...verifyPictures(database), ...verifyLatents(database), ...problems],
      notes,
      samples: countOf(database, 'samples'),
      events: countOf(database, 'label_events'),
    };
  });
  return {
    ...stored,
    problems: [...stored.problems, ...models.problems],
    notes: [...stored.notes, ...models.notes],
    models: models.count,
  };
}

function verifyDatabase(database: Database): readonly string[] {
  return [...database.all('PRAGMA integrity_check'), ...database.all('PRAGMA foreign_key_check')]
    .map((row) => Object.values(row).join(' '))
    .filter((line) => line !== 'ok')
    .map((line) => `The database is damaged: ${line}.`);
}

function verifyPictures(database: Database): readonly string[] {
  const problems: string[] = [];
  for (const row of database.iterate('SELECT id, sha256, picture FROM samples WHERE picture IS NOT NULL')) {
    const { id, sha256, picture } = v.parse(pictureSchema, row);
    if (!createHash('sha256').update(picture).digest().equals(sha256))
      problems.push(`The picture of sample ${id} is not the one that was stored.`);
  }
  return problems;
}

/** They can be made again at any time, unless they are what should be gone. */
function verifyLatents(database: Database): readonly string[] {
  return database
    .all(
      'SELECT l.sample FROM latents l LEFT JOIN samples s ON s.id = l.sample WHERE s.picture IS NULL OR s.room <> l.room',
    )
    .map((row) => `The latents of sample ${String(row['sample'])} are kept, and its picture is not.`);
}

const pictureSchema = v.object({
  id: v.string(),
  sha256: v.instance(Uint8Array),
  picture: v.instance(Uint8Array),
});

function verifyLabels(database: Database): { readonly problems: readonly string[]; readonly notes: readonly string[] } {
  const problems: string[] = [];
  const byRoom = new Map<string, LabelEvent[]>();
  for (const row of database.iterate('SELECT id, room, event FROM label_events')) {
    const event = v.safeParse(eventSchema, row['event']);
    if (!event.success || event.output.id !== row['id'])
      problems.push(`The label event ${String(row['id'])} cannot be read.`);
    else {
      const room = String(row['room']);
      const events = byRoom.get(room);
      if (events) events.push(event.output);
      else byRoom.set(room, [event.output]);
    }
  }
  let named = 0;
  const effective = new Map([...byRoom].map(([room, events]) => [room, effectiveLabels(events)]));
  for (const row of database.iterate(
    'SELECT id, room, state, label, label_event, split FROM samples LEFT JOIN bursts USING (room, device, burst)',
  )) {
    const said = effective.get(String(row['room']))?.get(v.parse(sampleIdSchema, row['id']));
    if (said) named++;
    const { kind, label, event } = { label: null, event: null, ...(said ?? { kind: 'unlabelled' }) };
    if (row['state'] !== kind || row['label'] !== label || row['label_event'] !== event)
      problems.push(`The label of sample ${String(row['id'])} is not what its events say.`);
    if (kind === 'labelled' && row['split'] === null)
      problems.push(`The labelled sample ${String(row['id'])} belongs to no split.`);
  }
  const orphans = [...effective.values()].reduce((sum, room) => sum + room.size, 0) - named;
  const notes = orphans > 0 ? [`${String(orphans)} samples were labelled and have not come (yet).`] : [];
  return { problems, notes };
}

const eventSchema = v.pipe(v.string(), v.parseJson(), labelEventSchema);

async function verifyModels(
  dir: string,
  database: Database,
): Promise<{ readonly problems: readonly string[]; readonly notes: readonly string[]; readonly count: number }> {
  const folder = join(dir, 'models');
  const files = (await list(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const problems: string[] = [];
  for (const name of files)
    if ((await sha256Of(join(folder, name))) !== name)
      problems.push(`The model ${name} is not the one that was stored.`);
  const present = new Set(files);
  for (const row of database.all(`SELECT DISTINCT room, version, model FROM versions WHERE status <> 'refused'`))
    if (!present.has(String(row['model'])))
      problems.push(
        `Version ${String(row['version'])} of room ${String(row['room'])} lacks its model ${String(row['model'])}.`,
      );
  for (const row of database.all(
    `SELECT c.room FROM current_versions c LEFT JOIN versions v USING (sequence) WHERE v.status IS NULL OR v.status = 'refused' OR v.room <> c.room`,
  ))
    problems.push(`The current version of room ${String(row['room'])} is none that it has.`);
  const recorded = new Set(database.all('SELECT DISTINCT model FROM versions').map((row) => row['model']));
  const orphans = files.filter((name) => !recorded.has(name)).length;
  // A hub that is killed between a model's file and its record leaves one.
  const notes = orphans > 0 ? [`${String(orphans)} models belong to no version.`] : [];
  return { problems, notes, count: files.length };
}

async function list(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    // A hub that was never started has no models.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function countOf(database: Database, table: 'samples' | 'label_events'): number {
  return Number(database.get(`SELECT count(*) AS n FROM ${table}`)?.['n']);
}
