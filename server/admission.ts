/** Who may come in. */
import type { DeviceId } from '../protocol/ids.ts';
import type { Credential, Hello } from '../protocol/messages/hello.ts';
import type { Refused } from './net/ports.ts';
import type { Pairing } from './pairing.ts';
import { isSecretOf, newSecret, secretHash } from './pairing.ts';
import type { DeviceStore, Visit } from './store/device-store.ts';

export type AdmissionOptions = {
  readonly devices: DeviceStore;
  readonly pairing: Pairing;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** `secret` is given to a device that has just paired, and to no other. */
export type Admitted = { readonly kind: 'admitted'; readonly secret: string | null };

export class Admission {
  readonly #options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** A program on the hub's own machine needs no credential. Rejects with StoreError. */
  async admit(hello: Hello, onThisMachine: boolean): Promise<Admitted | Refused> {
    const { device, deviceName: name, room, credential } = hello;
    const { devices, now } = this.#options;
    const visit = { device, name, room, atMs: now() };
    if (!onThisMachine) {
      if (credential.kind === 'pairing') return this.#pair(visit, credential.token);
      const refused = this.#judge(device, credential);
      if (refused) return refused;
    }
    await devices.visited(visit);
    return { kind: 'admitted', secret: null };
  }

  /** A device that comes with a token is new: under the id of another it would take that one's place. */
  async #pair(visit: Visit, token: string): Promise<Admitted | Refused> {
    const { devices, pairing } = this.#options;
    if (devices.credentialOf(visit.device).kind !== 'unknown') return idTaken;
    if (!pairing.redeem(token))
      return notPaired('The pairing code was used already or is too old. Scan one that is shown now.');
    const secret = newSecret();
    return (await devices.paired(visit, secretHash(secret))) ? { kind: 'admitted', secret } : idTaken;
  }

  /** Why a device that shows a secret, or nothing, may not come in; undefined when it may. */
  #judge(device: DeviceId, credential: Exclude<Credential, { kind: 'pairing' }>): Refused | undefined {
    const known = this.#options.devices.credentialOf(device);
    if (known.kind === 'removed')
      return {
        kind: 'refused',
        code: 'removed',
        text: 'The device was removed from the room. To come back, scan a pairing code.',
      };
    if (credential.kind === 'none') return notPaired('Expected a paired device. Scan the code that the hub shows.');
    return known.kind === 'secret' && isSecretOf(known.hash, credential.secret)
      ? undefined
      : notPaired('This hub does not know the device any more. Scan the code that it shows.');
  }
}

const idTaken: Refused = {
  kind: 'refused',
  code: 'id-taken',
  text: 'Expected the id of a new device, came one that this hub knows. Take a new id and pair again.',
};

function notPaired(text: string): Refused {
  return { kind: 'refused', code: 'not-paired', text };
}
