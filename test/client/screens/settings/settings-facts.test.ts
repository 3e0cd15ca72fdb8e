import { expect, it } from 'vitest';
import { outboxFacts, recognitionFacts, roomFacts } from '../../../../client/screens/settings/settings-facts.ts';
import { settingsWords } from '../../../../client/screens/settings/words.ts';
import { homeRoom } from '../../../../protocol/ids.ts';
import type { ModelHash } from '../../../../protocol/ids.ts';
import { saidIn } from '../../../support/speaking.ts';

const english = { words: await saidIn('en', settingsWords), language: 'en' } as const;
const italian = { words: await saidIn('it', settingsWords), language: 'it' } as const;
const hash = 'ab'.repeat(32) as ModelHash;

it('tells of the room what the hub has told, and nothing before', () => {
  expect(roomFacts(null, english)).toEqual([]);
  const room = {
    type: 'room-state',
    room: homeRoom,
    current: { model: hash, version: 3 },
    labels: [],
    samples: 12345,
    pending: 2,
    devices: 4,
  } as const;
  expect(roomFacts({ ...room, labels: [] }, italian)).toEqual([
    ['Stanza', homeRoom],
    ['Versione attuale', 'v3'],
    ['Dispositivi', '4'],
    ['Foto', '12.345'],
    ['Ancora da imparare', '2'],
  ]);
});

it('speaks of refusals only when there are some', () => {
  expect(outboxFacts({ queued: 3, refused: 0 }, english)).toEqual([['Waiting to be sent', '3']]);
  expect(outboxFacts({ queued: 0, refused: 1 }, english)).toContainEqual(['Refused by the hub', '1']);
});

it('says on what the model runs, that its numbers are right, and what became of the other backends', () => {
  const live = {
    kind: 'live',
    held: { hash, version: 3 },
    labels: [],
    choice: { subject: 'x', backend: 'wasm', ms: 4 },
    detail: '2 threads',
    measured: [
      { backend: 'wasm', kind: 'right', ms: 4.25 },
      { backend: 'webgl', kind: 'wrong' },
      { backend: 'webgpu', kind: 'absent' },
    ],
  } as const;
  expect(recognitionFacts(live, { ms: 7.5, framesPerSecond: 29.7 }, italian)).toEqual([
    ['Modello', 'v3 · abababab'],
    ['Gira su', 'wasm 2 threads'],
    ['Velocità', '7,5 ms, 30 immagini al secondo'],
    ['Autoverifica', 'Superata: gli stessi numeri dell’hub'],
    ['wasm', '4,3 ms'],
    ['webgl', 'numeri sbagliati, non usato'],
    ['webgpu', 'non su questo dispositivo'],
  ]);
});

it('says why a model cannot be used', () => {
  const why = 'The self-test found other numbers than the hub.';
  expect(recognitionFacts({ kind: 'rejected', why }, null, english)).toEqual([['Self-test', `Failed: ${why}`]]);
});
