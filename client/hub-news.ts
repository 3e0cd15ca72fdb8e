/** What the hub has last said of its room and its training. */
import type { DownMessage } from '../protocol/down.ts';
import type { Report } from '../protocol/messages/report.ts';
import type { RoomState } from '../protocol/messages/room-state.ts';
import type { TrainStatus } from '../protocol/messages/train-status.ts';
import type { Readable } from './cell.ts';
import { Cell } from './cell.ts';

/** A moment of a training, as the hub told it. */
export type TrainingMoment = Extract<TrainStatus['status'], { kind: 'training' }>;

export type HubNews = {
  readonly training: TrainStatus['status'];
  /** Of the last training, or the one that runs: oldest first, while this app has been open. */
  readonly moments: readonly TrainingMoment[];
  /** Of the last round, while this app has been open. */
  readonly report: Report | null;
  readonly room: RoomState | null;
};

export class HubListener {
  readonly #news = new Cell<HubNews>({ training: { kind: 'idle' }, moments: [], report: null, room: null });

  get news(): Readable<HubNews> {
    return this.#news;
  }

  receive(message: DownMessage): void {
    const news = this.#news.peek();
    if (message.type === 'train-status')
      this.#news.set({ ...news, training: message.status, moments: withMoment(news.moments, message.status) });
    else if (message.type === 'report') this.#news.set({ ...news, report: message });
    else if (message.type === 'room-state') this.#news.set({ ...news, room: message });
  }
}

function withMoment(moments: readonly TrainingMoment[], status: TrainStatus['status']): readonly TrainingMoment[] {
  if (status.kind !== 'training') return moments;
  const goesOn = (moments.at(-1)?.step ?? Infinity) <= status.step;
  return goesOn ? [...moments, status] : [status];
}
