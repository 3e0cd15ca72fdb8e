/** What the hub has last said of its room and its training. */
import type { DownMessage } from '../protocol/down.ts';
import type { Report } from '../protocol/messages/report.ts';
import type { RoomState } from '../protocol/messages/room-state.ts';
import type { TrainStatus } from '../protocol/messages/train-status.ts';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';

export type HubNews = {
  readonly training: TrainStatus['status'];
  /** Of the last round, while this app has been open. */
  readonly report: Report | null;
  readonly room: RoomState | null;
};

export class HubListener {
  readonly #news = new Cell<HubNews>({ training: { kind: 'idle' }, report: null, room: null });

  get news(): Readable<HubNews> {
    return this.#news;
  }

  receive(message: DownMessage): void {
    const news = this.#news.peek();
    if (message.type === 'train-status') this.#news.set({ ...news, training: message.status });
    else if (message.type === 'report') this.#news.set({ ...news, report: message });
    else if (message.type === 'room-state') this.#news.set({ ...news, room: message });
  }
}
