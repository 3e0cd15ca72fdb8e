import { expect, it } from 'vitest';
import type { PictureFilter } from '../../../client/pictures/picture-filter.ts';
import { choicesOf, everything, filterPictures, isEverything } from '../../../client/pictures/picture-filter.ts';
import type { Picture } from '../../../client/pictures/picture.ts';
import { newDeviceId, newEventId, newSampleId } from '../../../protocol/ids.ts';

const nowMs = 1_800_000_000_000;
const dayMs = 86_400_000;
const [phone, laptop] = [newDeviceId(), newDeviceId()];

function picture(label: string | null | undefined, values: Partial<Picture> = {}): Picture {
  return {
    sample: newSampleId(),
    capturedAtMs: nowMs,
    device: phone,
    deviceName: 'Phone',
    prediction: null,
    said: label === undefined ? null : { label, event: newEventId(), device: phone, deviceName: 'Phone' },
    dispute: null,
    state: { kind: 'sent' },
    ...values,
  };
}

const mug = picture('mug', { prediction: { label: 'mug', probability: 0.9 } });
const none = picture(null, { device: laptop, deviceName: null, dispute: { label: 'mug' } });
const unsaid = picture(undefined, { capturedAtMs: nowMs - 3 * dayMs, state: { kind: 'here' } });
const old = picture('any', {
  capturedAtMs: nowMs - 40 * dayMs,
  state: { kind: 'learned', version: 4 },
  prediction: { label: 'mug', probability: 0.79 },
});
const all = [mug, none, unsaid, old];

it.each<readonly [string, Partial<PictureFilter>, readonly Picture[]]>([
  ['a class', { label: '=mug' }, [mug]],
  ['a class that is called as a choice is', { label: '=any' }, [old]],
  ['"none of these"', { label: 'none' }, [none]],
  ['what nobody has labelled', { label: 'unlabelled' }, [unsaid]],
  ['a state', { state: 'learned' }, [old]],
  ['what the device took for a class', { seen: '=mug' }, [mug, old]],
  ['what the device took for a class that nobody says it is', { label: '=any', seen: '=mug' }, [old]],
  ['a device', { device: laptop }, [none]],
  ['the last day', { age: 'day' }, [mug, none]],
  ['the last week', { age: 'week' }, [mug, none, unsaid]],
  ['what is older than a month', { age: 'older' }, [old]],
  ['what the device was sure of', { sure: 'sure' }, [mug]],
  ['what the device was not sure of, or did not know', { sure: 'unsure' }, [none, unsaid, old]],
  ['certain pictures', { only: [old.sample, newSampleId()] }, [old]],
  ['what people disagree about', { disputed: true }, [none]],
  ['several of these together', { age: 'week', sure: 'unsure', device: phone }, [unsaid]],
  ['everything', {}, all],
])('shows %s', (_, filter, expected) => {
  expect(filterPictures(all, { ...everything, ...filter }, nowMs)).toEqual(expected);
  expect(isEverything({ ...everything, ...filter })).toBe(expected === all);
});

it('offers what there is to choose from, the most frequent first', () => {
  expect(choicesOf([...all, picture('mug', { deviceName: null })], everything)).toEqual({
    labels: [
      ['=mug', 2],
      ['none', 1],
      ['unlabelled', 1],
      ['=any', 1],
    ],
    seen: [['=mug', 2]],
    devices: [
      { device: phone, name: 'Phone', count: 4 },
      { device: laptop, name: null, count: 1 },
    ],
    disputed: 1,
  });
});

it('keeps offering what is chosen when no picture has it', () => {
  const elsewhere = newDeviceId();
  const choices = choicesOf([mug], { ...everything, label: '=cup', seen: '=pen', device: elsewhere });
  expect(choices).toMatchObject({
    labels: [
      ['=mug', 1],
      ['=cup', 0],
    ],
    seen: [
      ['=mug', 1],
      ['=pen', 0],
    ],
    devices: [{ count: 1 }, { device: elsewhere, name: null, count: 0 }],
  });
});
