/** What the parts of "Pictures" tell their screen. */
import type { SampleId } from '../../../protocol/ids.ts';
import type { PictureFilter } from '../../pictures/picture-filter.ts';

/** Other pictures are to be shown. */
export class FilterEvent extends Event {
  static readonly type = 'pictures-filter';
  readonly filter: PictureFilter;
  constructor(filter: PictureFilter) {
    super(FilterEvent.type);
    this.filter = filter;
  }
}

/** `open`: look at it; `toggle`: select it or no longer; `extend`: select all from the last one to it. */
export type Pick = 'open' | 'toggle' | 'extend';

/** Someone chose a picture of the grid. */
export class PickEvent extends Event {
  static readonly type = 'pictures-pick';
  readonly sample: SampleId;
  readonly pick: Pick;
  constructor(sample: SampleId, pick: Pick) {
    super(PickEvent.type);
    this.sample = sample;
    this.pick = pick;
  }
}

/** Something is to be done with what is selected or looked at. */
export type PicturesAction =
  'delete' | 'close' | 'undo' | 'dismiss' | 'import-folder' | 'import-zip' | 'export' | 'stop';

export class PicturesActionEvent extends Event {
  static readonly type = 'pictures-action';
  readonly action: PicturesAction;
  /** For an import. */
  readonly files: readonly File[];
  constructor(action: PicturesAction, files: readonly File[] = []) {
    super(PicturesActionEvent.type);
    this.action = action;
    this.files = files;
  }
}

declare global {
  interface HTMLElementEventMap {
    'pictures-filter': FilterEvent;
    'pictures-pick': PickEvent;
    'pictures-action': PicturesActionEvent;
  }
}
