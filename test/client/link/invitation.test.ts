import { expect, it } from 'vitest';
import { Cell } from '../../../client/cell.ts';
import { Invitation } from '../../../client/link/invitation.ts';
import { newDeviceId } from '../../../protocol/ids.ts';
import type { RoomDevice } from '../../../protocol/messages/devices.ts';
import type { UpMessage } from '../../../protocol/up.ts';

const here = 'https://192.0.2.7:8443';
const urls = ['https://198.51.100.1:8443/#pair=abc', `${here}/#pair=abc`];
const deviceOf = (name: string, paired = true): RoomDevice => ({
  device: newDeviceId(),
  name,
  here: true,
  lastSeenAtMs: 1,
  paired,
  pictures: 0,
  labels: 0,
});

function newInvitation() {
  const sent: UpMessage[] = [];
  const isOpen = new Cell(true);
  const waits: (() => void)[] = [];
  const invitation = new Invitation({
    send: (message) => sent.push(message),
    isOpen,
    origin: here,
    nowMs: () => 1000,
    after(_, end) {
      waits.push(end);
      return () => {
        waits.splice(waits.indexOf(end), 1);
      };
    },
  });
  const show = (): void => {
    invitation.ask();
    invitation.receive({ type: 'pairing', urls, goodForMs: 500 });
  };
  return { invitation, sent, isOpen, waits, show, state: () => invitation.state.peek() };
}

it('shows a code with the address first at which this device reaches the hub, until its time is over', () => {
  const { invitation, sent, waits, state } = newInvitation();
  invitation.ask();
  expect(sent).toEqual([{ type: 'pair-request' }]);
  expect(state()).toEqual({ kind: 'asked' });
  invitation.receive({ type: 'pairing', urls, goodForMs: 500 });
  expect(state()).toEqual({ kind: 'shown', urls: [urls[1], urls[0]], untilMs: 1500 });
  waits[0]?.();
  expect(state()).toEqual({ kind: 'expired' });
});

it('says who came with it: a paired device that was not there before', () => {
  const { invitation, waits, show, state } = newInvitation();
  const [laptop, phone] = [deviceOf('Laptop'), deviceOf('Phone')];
  show();
  invitation.receive({ type: 'devices', devices: [laptop] });
  invitation.receive({ type: 'devices', devices: [deviceOf('Another page', false), laptop] });
  expect(state().kind).toBe('shown');
  invitation.receive({ type: 'devices', devices: [phone, laptop] });
  expect(state()).toEqual({ kind: 'used', name: 'Phone' });
  expect(waits).toEqual([]);
});

it('counts nobody who came while no code was shown', () => {
  const { invitation, show, state } = newInvitation();
  const phone = deviceOf('Phone');
  invitation.receive({ type: 'devices', devices: [] });
  invitation.receive({ type: 'devices', devices: [phone] });
  show();
  invitation.receive({ type: 'devices', devices: [phone] });
  expect(state().kind).toBe('shown');
});

it('is gone with the connection and when it is put away, and a late answer does not bring it back', () => {
  const { invitation, isOpen, show, state } = newInvitation();
  show();
  isOpen.set(false);
  expect(state()).toEqual({ kind: 'none' });
  invitation.ask();
  expect(state(), 'without a hub nobody is asked').toEqual({ kind: 'none' });
  isOpen.set(true);
  invitation.ask();
  invitation.dismiss();
  invitation.receive({ type: 'pairing', urls, goodForMs: 500 });
  expect(state()).toEqual({ kind: 'none' });
});

it.each(['too-many', 'no-network'] as const)('says why there is no code: %s', (code) => {
  const { invitation, state } = newInvitation();
  invitation.ask();
  invitation.receive({ type: 'refusal', code, text: 'No.', of: { kind: 'pairing' } });
  expect(state()).toEqual({ kind: 'refused', why: code });
});
