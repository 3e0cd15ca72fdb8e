/** Who may come in. */
import type { Hello } from '../protocol/messages/hello.ts';
import type { Refused } from './net/ports.ts';
import type { Pairing } from './pairing.ts';
import { isSecretOf, newSecret, secretHash } from './pairing.ts';
import type { DeviceStore } from './store/device-store.ts';

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
    const judged = onThisMachine ? { kind: 'admitted' as const, secret: null } : this.#judge(hello);
    if (judged.kind === 'admitted')
      await this.#options.devices.visited(
        { device: hello.device, name: hello.deviceName, room: hello.room, atMs: this.#options.now() },
        judged.secret === null ? null : secretHash(judged.secret),
      );
    return judged;
  }

  #judge({ device, credential }: Hello): Admitted | Refused {
    switch (credential.kind) {
      case 'none':
        return notPaired('Expected a paired device. Scan the code that the hub shows.');
      case 'pairing':
        return this.#options.pairing.redeem(credential.token)
          ? { kind: 'admitted', secret: newSecret() }
          : notPaired('The pairing code was used already or is too old. Scan the one that the hub shows now.');
      case 'secret': {
        const hash = this.#options.devices.secretHash(device);
        return hash && isSecretOf(hash, credential.secret)
          ? { kind: 'admitted', secret: null }
          : notPaired('This hub does not know the device any more. Scan the code that it shows.');
      }
      default:
        return credential satisfies never;
    }
  }
}

function notPaired(text: string): Refused {
  return { kind: 'refused', code: 'not-paired', text };
}
