/** What connections need of the hub. They know nothing else of it. */
import type { DownMessage } from '../../protocol/down.ts';
import type { DeviceId, ModelHash, RoomName } from '../../protocol/ids.ts';
import type { Devices } from '../../protocol/messages/devices.ts';
import type { Erased } from '../../protocol/messages/erased.ts';
import type { Hello } from '../../protocol/messages/hello.ts';
import type { History } from '../../protocol/messages/history.ts';
import type { LabelEvent } from '../../protocol/messages/label-event.ts';
import type { ModelDelta } from '../../protocol/messages/model-delta.ts';
import type { ModelRequest } from '../../protocol/messages/model-request.ts';
import type { ModelStatus } from '../../protocol/messages/model-status.ts';
import type { Pairing } from '../../protocol/messages/pairing.ts';
import type { PictureRequest } from '../../protocol/messages/picture-request.ts';
import type { Picture } from '../../protocol/messages/picture.ts';
import type { PicturesRequest } from '../../protocol/messages/pictures-request.ts';
import type { Pictures } from '../../protocol/messages/pictures.ts';
import type { Pin } from '../../protocol/messages/pin.ts';
import type { RemoveDevice } from '../../protocol/messages/remove-device.ts';
import type { RefusalCode } from '../../protocol/messages/refusal.ts';
import type { Sample } from '../../protocol/messages/sample.ts';
import type { Welcome } from '../../protocol/messages/welcome.ts';

/** A device that was let in, and the room that it joined. */
export type Member = { readonly device: DeviceId; readonly room: RoomName };

export type Refused = { readonly kind: 'refused'; readonly code: RefusalCode; readonly text: string };

export type HubPorts = {
  /** May it come in? `onThisMachine`: the peer is a program on the hub's own machine and needs no pairing. */
  hello(
    hello: Hello,
    onThisMachine: boolean,
  ): Promise<{ readonly kind: 'admitted'; readonly welcome: Welcome } | Refused>;
  /** What a device that has just been welcomed is told. */
  joined(member: Member, holds: readonly ModelHash[]): Promise<readonly DownMessage[]>;
  /** Resolves when the sample is on the disk. A rejection of this or the next closes the connection: the device sends it again. */
  sample(from: Member, sample: Sample): Promise<{ readonly kind: 'stored' } | Refused>;
  labelEvent(from: Member, event: LabelEvent): Promise<{ readonly kind: 'stored' } | Refused>;
  modelStatus(from: Member, status: ModelStatus): Promise<void>;
  modelRequest(
    from: Member,
    request: ModelRequest,
  ): Promise<{ readonly kind: 'delta'; readonly delta: ModelDelta } | Refused>;
  history(from: Member): Promise<History>;
  pictures(from: Member, request: PicturesRequest): Pictures;
  picture(from: Member, request: PictureRequest): Picture;
  /** The room, this device with it, has been offered what is current now, unless it is refused. */
  pin(from: Member, pin: Pin): Promise<{ readonly kind: 'pinned' } | Refused>;
  pairing(from: Member): { readonly kind: 'pairing'; readonly pairing: Pairing } | Refused;
  devices(from: Member): Devices;
  /** The device is in the room no more, and cannot come back with what it knows. */
  removeDevice(
    from: Member,
    removal: RemoveDevice,
  ): Promise<{ readonly kind: 'removed'; readonly devices: Devices } | Refused>;
  /** Resolves when nothing that the device gave is on the disk any more. */
  erase(from: Member): Promise<Erased>;
};
