import { expect, it } from 'vitest';
import { history, minimumProtocolVersion, protocolVersion } from '../../protocol/version.ts';
import { schemaHash } from '../support/schema-hash.ts';

it('counts every change of the wire as a version with a line of history', () => {
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
  expect(history.at(-1)?.version).toBe(protocolVersion);
  expect(minimumProtocolVersion).toBeLessThanOrEqual(protocolVersion);
  // Another hash means that a message changed: raise protocolVersion and add its line to the history.
  expect(history.at(-1)?.schemaHash).toBe(schemaHash());
});
