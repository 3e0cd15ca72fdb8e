import { describe, expect, it } from 'vitest';
import { newDeviceId } from '../../protocol/ids.ts';
import { Pairing, isSecretOf, newSecret, secretHash } from '../../server/pairing.ts';

const lifeMs = 15 * 60_000;

function newPairing(): { readonly pairing: Pairing; readonly shown: string[]; readonly pass: (ms: number) => void } {
  let nowMs = 0;
  const shown: string[] = [];
  const pairing = new Pairing({ now: () => nowMs, show: (token) => shown.push(token) });
  return { pairing, shown, pass: (ms) => (nowMs += ms) };
}

it('takes a token once, and shows another then', () => {
  const { pairing, shown } = newPairing();
  pairing.renew();
  const [token = ''] = shown;
  expect(pairing.redeem(`${token}x`)).toBe(false);
  expect(shown).toHaveLength(1);
  expect(pairing.redeem(token)).toBe(true);
  expect(pairing.redeem(token)).toBe(false);
  expect(new Set(shown).size).toBe(2);
});

it('makes tokens that can be typed, and takes them in small letters, without dashes, and with O and l for 0 and 1', () => {
  const { pairing, shown } = newPairing();
  for (let i = 0; i < 20; i++) {
    pairing.renew();
    const token = shown.at(-1) ?? '';
    expect(token).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(pairing.redeem(token.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(
      true,
    );
  }
});

it('takes no token after fifteen minutes, and shows another instead', () => {
  const { pairing, shown, pass } = newPairing();
  pairing.renew();
  pass(lifeMs);
  expect(pairing.redeem(shown[0] ?? '')).toBe(false);
  expect(shown).toHaveLength(2);
  pass(lifeMs - 1);
  expect(pairing.redeem(shown[1] ?? '')).toBe(true);
});

it('takes nothing before it has shown a token, nor one that another has replaced', () => {
  const { pairing, shown } = newPairing();
  expect(pairing.redeem('')).toBe(false);
  pairing.renew();
  pairing.renew();
  expect(pairing.redeem(shown[0] ?? '')).toBe(false);
});

it('knows a secret from its hash alone', () => {
  const secret = newSecret();
  expect(isSecretOf(secretHash(secret), secret)).toBe(true);
  expect(isSecretOf(secretHash(secret), newSecret())).toBe(false);
});

describe('a device that invites another', () => {
  const [host, otherHost] = [newDeviceId(), newDeviceId()];

  it('has a token of its own, good once and for fifteen minutes, and leaves the one on the screen alone', () => {
    const { pairing, shown, pass } = newPairing();
    pairing.renew();
    const token = pairing.invite(host)?.token ?? '';
    const old = pairing.invite(otherHost)?.token ?? '';
    expect(pairing.redeem(token)).toBe(true);
    expect(pairing.redeem(token)).toBe(false);
    expect(shown).toHaveLength(1);
    expect(pairing.redeem(shown[0] ?? '')).toBe(true);
    pass(lifeMs);
    expect(pairing.redeem(old)).toBe(false);
    pass(-1);
    expect(pairing.redeem(old)).toBe(true);
  });

  it('has one token at a time, and none once it is forgotten', () => {
    const { pairing } = newPairing();
    const first = pairing.invite(host)?.token ?? '';
    const second = pairing.invite(host)?.token ?? '';
    expect(pairing.redeem(first)).toBe(false);
    pairing.forget(host);
    expect(pairing.redeem(second)).toBe(false);
  });

  it('may ask ten times a minute, whatever others ask, and keeps its last token', () => {
    const { pairing, pass } = newPairing();
    const tokens = Array.from({ length: 10 }, () => pairing.invite(host)?.token ?? '');
    expect(tokens).not.toContain('');
    expect(pairing.invite(host)).toBeUndefined();
    expect(pairing.invite(otherHost)).toBeDefined();
    expect(pairing.redeem(tokens.at(-1) ?? '')).toBe(true);
    pass(59_999);
    expect(pairing.invite(host)).toBeUndefined();
    pass(1);
    expect(pairing.invite(host)).toBeDefined();
  });
});
