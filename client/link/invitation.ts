/**
 * The code with which another device comes into the room, from the wish for one until it was used.
 *
 *   none ──ask──▶ asked ──pairing──▶ shown ──someone came──▶ used
 *                   │                  └──────time──────▶ expired
 *                   └──refusal──▶ refused
 *   any ──ask──▶ asked        any ──link closed, dismiss──▶ none
 */
import type { DownMessage } from '../../protocol/down.ts';
import type { DeviceId } from '../../protocol/ids.ts';
import type { RoomDevice } from '../../protocol/messages/devices.ts';
import type { UpMessage } from '../../protocol/up.ts';
import type { Readable } from '../cell.ts';
import { Cell } from '../cell.ts';

export type InvitationState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked' }
  /** `urls`: the best address first. `untilMs`: by this device's clock, milliseconds since 1970. */
  | { readonly kind: 'shown'; readonly urls: readonly [string, ...string[]]; readonly untilMs: number }
  | { readonly kind: 'used'; readonly name: string }
  | { readonly kind: 'expired' }
  /** `no-network`: no other device can reach the hub. */
  | { readonly kind: 'refused'; readonly why: 'too-many' | 'no-network' };

export type InvitationParts = {
  readonly send: (message: UpMessage) => void;
  readonly isOpen: Readable<boolean>;
  /** The address of this page, `https://host:port`: where it reaches the hub, others probably can, too. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Calls back after so many milliseconds; returns the function that prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
};

export class Invitation {
  readonly #parts: InvitationParts;
  readonly #state = new Cell<InvitationState>({ kind: 'none' });
  /** The paired devices that are no news; null before the hub has told. */
  #paired: ReadonlySet<DeviceId> | null = null;
  #cancelEnd: (() => void) | undefined;

  constructor(parts: InvitationParts) {
    this.#parts = parts;
    // A hub that starts anew has forgotten its codes.
    parts.isOpen.subscribe((open) => {
      if (!open) this.dismiss();
    });
  }

  get state(): Readable<InvitationState> {
    return this.#state;
  }

  /** Asks for a code, which replaces one that is shown. */
  ask(): void {
    if (!this.#parts.isOpen.peek()) return;
    this.#become({ kind: 'asked' });
    this.#parts.send({ type: 'pair-request' });
  }

  dismiss(): void {
    this.#become({ kind: 'none' });
  }

  receive(message: DownMessage): void {
    if (message.type === 'pairing') this.#show(message.urls, message.goodForMs);
    else if (message.type === 'devices') this.#compare(message.devices);
    else if (message.type === 'refusal' && message.of.kind === 'pairing')
      this.#become({ kind: 'refused', why: message.code === 'no-network' ? 'no-network' : 'too-many' });
  }

  #show(urls: readonly string[], goodForMs: number): void {
    const { origin, nowMs, after } = this.#parts;
    const isHere = (url: string): boolean => url.startsWith(`${origin}/`);
    const [best, ...others] = [...urls.filter(isHere), ...urls.filter((url) => !isHere(url))];
    // Nobody waits for it any more, or the hub has no address.
    if (this.#state.peek().kind !== 'asked' || best === undefined) return;
    this.#become({ kind: 'shown', urls: [best, ...others], untilMs: nowMs() + goodForMs });
    this.#cancelEnd = after(goodForMs, () => {
      this.#become({ kind: 'expired' });
    });
  }

  /** A code is good once: whoever is new has used it. */
  #compare(devices: readonly RoomDevice[]): void {
    const paired = devices.filter((one) => one.paired);
    const newcomer = paired.find(({ device }) => this.#paired?.has(device) === false);
    this.#paired = new Set(paired.map(({ device }) => device));
    if (newcomer && this.#state.peek().kind === 'shown') this.#become({ kind: 'used', name: newcomer.name });
  }

  #become(state: InvitationState): void {
    this.#cancelEnd?.();
    this.#cancelEnd = undefined;
    this.#state.set(state);
  }
}
