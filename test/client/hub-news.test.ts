import { expect, it } from 'vitest';
import { HubListener } from '../../client/hub-news.ts';

it('keeps what the hub told of the last training after it has ended, until the next one begins', () => {
  const hub = new HubListener();
  const tell = (step: number, loss: number): void => {
    hub.receive({
      type: 'train-status',
      status: { kind: 'training', step, steps: 40, loss, accuracy: 0.5, held: null, waiting: 0 },
    });
  };
  tell(0, 2.5);
  tell(20, 1.25);
  hub.receive({ type: 'train-status', status: { kind: 'idle' } });
  expect(hub.news.peek().moments.map(({ loss }) => loss)).toEqual([2.5, 1.25]);
  tell(0, 3);
  expect(hub.news.peek().moments.map(({ loss }) => loss)).toEqual([3]);
});
