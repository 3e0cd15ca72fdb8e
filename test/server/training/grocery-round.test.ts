/** A round on the shipped base and real photos of groceries that it does not know; skipped where the photos are not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { homeRoom } from '../../../protocol/ids.ts';
import { seededRandom, shuffled } from '../../../protocol/learning/random.ts';
import { ModelFolder } from '../../../server/models/model-folder.ts';
import { Registry } from '../../../server/models/registry.ts';
import { installBase } from '../../../server/models/shipped-base.ts';
import { readZip } from '../../../server/pretrain/read-zip.ts';
import { RoomRound } from '../../../server/training/room-round.ts';
import { RoundProcess } from '../../../server/training/round/round-process.ts';
import { roomOfSamples } from '../../support/room-of-samples.ts';

const photos = fileURLToPath(new URL('../../../../shared/data/objects.zip', import.meta.url));
const threads = 2;
const groceries = ['Red-Bell-Pepper', 'Bravo-Apple-Juice'];

/** The central square of a photo, as the app sends it. */
async function asSent(photo: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await sharp(photo).resize(160, 160).jpeg({ quality: 90 }).toBuffer());
}

it.skipIf(!existsSync(photos))(
  'a round names two groceries, from eight photos of each, right in at least seven of ten others, among all labels',
  async () => {
    const room = await roomOfSamples();
    const rounds = new RoundProcess();
    try {
      const zip = await readZip(photos);
      for (const name of groceries) {
        const own = [...zip].filter(([path]) => path.includes(`/${name}/`)).map(([, photo]) => photo);
        const some = await Promise.all(shuffled(own, seededRandom(1)).slice(0, 18).map(asSent));
        await room.teach(some.slice(0, 8), name.toLowerCase());
        await room.teach(some.slice(8), name.toLowerCase(), 'validation');
      }
      const folder = new ModelFolder(join(room.dir, 'models'));
      const registry = new Registry({
        folder,
        versions: room.versions,
        now: Date.now,
        installBase: () => installBase(folder, threads),
      });
      const round = new RoomRound({
        samples: room.samples,
        latents: room.latents,
        registry,
        broadcast: () => undefined,
        trainer: { backend: 'wasm', threads, budgetMs: 60_000 },
        log: pino({ level: 'silent' }),
        runRound: (request, options) => rounds.run(request, options),
        now: Date.now,
      });
      await round.run(homeRoom, { onProgress: () => undefined, signal: new AbortController().signal });

      const { status, report } = await registry.current(homeRoom);
      expect(status).toBe('promoted');
      for (const name of groceries) {
        const figures = report?.classes.find(({ label }) => label === name.toLowerCase());
        expect(figures, name).toMatchObject({ n: 10, rightBefore: 0 });
        expect(figures?.rightAfter, name).toBeGreaterThanOrEqual(7);
      }
      expect(report?.deltaBytes).toBeLessThan(700_000);
    } finally {
      await rounds.end();
      await room.close();
    }
  },
);
