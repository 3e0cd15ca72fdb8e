/** What every VersionStore promises. */
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { homeRoom, roomNameSchema } from '../../../protocol/ids.ts';
import type { VersionRecord, VersionStore } from '../../../server/store/version-store.ts';
import { stillModel } from '../../support/still-learning.ts';

const otherRoom = v.parse(roomNameSchema, 'shed');

/** `reopen` gives the same store anew: what was committed is there. */
export function versionStoreContract(
  open: () => Promise<{ readonly store: VersionStore; readonly reopen: () => VersionStore }>,
): void {
  describe('a version store', () => {
    const base: VersionRecord = {
      room: homeRoom,
      version: 1,
      model: stillModel,
      parent: null,
      status: 'promoted',
      report: null,
      figures: {
        classes: [{ label: 'cup', taught: 0, n: 2, rightBefore: 0, rightAfter: 1, claimed: 1 }],
        confusions: [{ label: 'cup', as: 'pen', n: 1, samples: [] }],
        curve: [{ step: 1, loss: 2.5, accuracy: 0.5, held: null, waiting: 0 }],
      },
      createdAtMs: 5,
      corrections: [],
    };

    const model = (digit: string): typeof stillModel => stillModel.replace(/./g, digit) as typeof stillModel;

    it('makes current what was promoted, not what was only added', async () => {
      const { store, reopen } = await open();
      const second = { ...base, version: 2, model: model('2'), parent: stillModel };
      const refused = { ...base, version: 3, model: model('3'), parent: second.model, status: 'refused' as const };
      expect(store.current(homeRoom)).toBeNull();
      store.promote(base);
      store.promote(second);
      store.add(refused);
      for (const each of [store, reopen()]) {
        expect(each.current(homeRoom)).toEqual(second);
        expect(each.list(homeRoom)).toEqual([base, second, refused]);
      }
      expect(store.get(homeRoom, refused.model)).toEqual(refused);
    });

    it('keeps current what is pinned, whatever is promoted, until it is let go', async () => {
      const { store, reopen } = await open();
      const second = { ...base, version: 2, model: model('2'), parent: stillModel };
      const third = { ...base, version: 3, model: model('3'), parent: second.model };
      const refused = { ...base, version: 4, model: model('4'), parent: third.model, status: 'refused' as const };
      store.unpin(homeRoom);
      store.promote(base);
      store.promote(second);
      expect(store.pinned(homeRoom)).toBe(false);
      store.pin(homeRoom, 1);
      store.promote(third);
      store.add(refused);
      for (const each of [store, reopen()])
        expect([each.current(homeRoom), each.pinned(homeRoom)]).toEqual([base, true]);
      for (const version of [4, 5])
        expect(() => {
          store.pin(homeRoom, version);
        }).toThrow('no promoted version');
      expect(store.current(homeRoom)).toEqual(base);
      store.unpin(homeRoom);
      for (const each of [store, reopen()])
        expect([each.current(homeRoom), each.pinned(homeRoom)]).toEqual([third, false]);
    });

    it('makes nothing current that was refused, and keeps nothing of the attempt', async () => {
      const { store } = await open();
      expect(() => {
        store.promote({ ...base, status: 'refused' });
      }).toThrow('refused');
      expect([store.current(homeRoom), store.list(homeRoom)]).toEqual([null, []]);
    });

    it('keeps the line of each room apart', async () => {
      const { store } = await open();
      store.promote(base);
      expect([store.current(otherRoom), store.get(otherRoom, stillModel), store.list(otherRoom)]).toEqual([
        null,
        null,
        [],
      ]);
      store.promote({ ...base, room: otherRoom });
      expect(store.list(homeRoom)).toEqual([base]);
    });
  });
}
