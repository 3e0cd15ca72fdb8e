import { expect, it } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { HubErasure } from '../../../client/link/hub-erasure.ts';

function newErasure() {
  const done: string[] = [];
  const isOpen = new Cell(true);
  const erasure = new HubErasure({
    send: ({ type }) => done.push(type),
    isOpen,
    withdrawConsent() {
      done.push('consent withdrawn');
      return Promise.resolve();
    },
  });
  return { erasure, done, isOpen, state: () => erasure.state.peek() };
}

it('stops the sending before it asks, and says how much was deleted', async () => {
  const { erasure, done, state } = newErasure();
  await erasure.ask();
  expect(done).toEqual(['consent withdrawn', 'erase']);
  expect(state()).toEqual({ kind: 'asked' });
  erasure.receive({ type: 'erased', pictures: 3, labels: 4 });
  expect(state()).toEqual({ kind: 'done', pictures: 3, labels: 4 });
});

it('asks nobody without a hub, and knows nothing of a wish whose answer did not come', async () => {
  const { erasure, done, isOpen, state } = newErasure();
  await erasure.ask();
  isOpen.set(false);
  expect(state()).toEqual({ kind: 'none' });
  await erasure.ask();
  expect(done).toHaveLength(2);
  expect(state()).toEqual({ kind: 'none' });
});
