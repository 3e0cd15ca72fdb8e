/** Reading somebody else's files: from a folder or an address, and what is said of those that cannot be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { maxModelBytes } from '../../../../protocol/limits.ts';
import { BadInput } from '../../../../server/bad-input.ts';
import { openForeignFiles } from '../../../../server/models/import/foreign-files.ts';
import { serveFolder } from '../../../support/serve-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const weights = Uint8Array.from({ length: 12 }, (_, i) => i);
const json = {
  modelTopology: { class_name: 'Sequential' },
  weightsManifest: [
    { paths: ['one.bin', 'two.bin'], weights: [{ name: 'a', shape: [2], dtype: 'float32' }] },
    {
      paths: ['three.bin'],
      weights: [{ name: 'b', shape: [2, 2], dtype: 'float32', quantization: { dtype: 'uint8' } }],
    },
  ],
};

let dir: string;

beforeEach(async () => {
  dir = await temporaryFolder();
  await writeJson(json);
  await writeFile(join(dir, 'one.bin'), weights.subarray(0, 3));
  await writeFile(join(dir, 'two.bin'), weights.subarray(3, 8));
  await writeFile(join(dir, 'three.bin'), weights.subarray(8));
});

function writeJson(value: unknown): Promise<void> {
  return writeFile(join(dir, 'model.json'), typeof value === 'string' ? value : JSON.stringify(value));
}

async function refusalOf(place: string): Promise<string> {
  try {
    await (await openForeignFiles(place)).weights();
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'none';
}

function withManifest(weight: object, paths: readonly string[] = ['one.bin']): object {
  return { ...json, weightsManifest: [{ paths, weights: [{ name: 'a', shape: [3], dtype: 'uint8', ...weight }] }] };
}

describe('foreign files', () => {
  it('are the same from a folder, its model.json, and their addresses', async () => {
    const address = await serveFolder(dir);
    for (const place of [dir, join(dir, 'model.json'), `${address}/model.json`, address, `${address}/`]) {
      const files = await openForeignFiles(place);
      expect(files.json, place).toEqual(json);
      expect(files.weightBytes).toBe(12);
      expect(await files.weights()).toEqual(weights);
    }
    expect((await openForeignFiles(address)).name).toBe('net');
  });

  it.for<[string, () => Promise<void>, string]>([
    ['are missing', () => writeJson(withManifest({}, ['none.bin'])), 'none.bin, but it cannot be read'],
    ['are cut short', () => truncate(join(dir, 'three.bin'), 2), 'should have 12 bytes but have 10'],
    [
      'are longer than they should be',
      () => writeFile(join(dir, 'three.bin'), new Uint8Array(9)),
      'longer than the 4 bytes',
    ],
    ['are no JSON', () => writeJson('{"model'), 'is not JSON'],
    ['are no model', () => writeJson({ hello: 1 }), 'no tfjs layers model: modelTopology'],
    ['are a graph model', () => writeJson({ ...json, format: 'graph-model' }), 'expected a layers model'],
    ['lie elsewhere', () => writeJson(withManifest({}, ['../one.bin'])), 'Expected a file beside model.json'],
    ['hold no numbers', () => writeJson(withManifest({ dtype: 'string' })), 'Expected a number type'],
    ['are too large', () => writeJson(withManifest({ shape: [maxModelBytes, 3] })), 'Take a smaller one'],
    ['have a model.json without end', () => writeJson(' '.repeat(5_000_000)), 'longer than the 4194304 bytes'],
  ])('are refused when they %s', async ([, spoil, why]) => {
    await spoil();
    expect(await refusalOf(dir)).toContain(why);
    expect(await refusalOf(await serveFolder(dir))).toContain(why === 'none.bin, but it cannot be read' ? '404' : why);
  });

  it('are not read beyond their length from an address that does not end', async () => {
    const server = createServer((request, response) => {
      if (request.url?.endsWith('model.json')) response.end(JSON.stringify(json));
      else {
        const more = (): void => {
          while (!response.destroyed && response.write(new Uint8Array(65_536)));
        };
        response.on('drain', more);
        more();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusalOf(`http://127.0.0.1:${String(port)}`)).toContain('longer than the 12 bytes');
    server.closeAllConnections();
    server.close();
  });

  it('say that the computer may be offline when nobody answers', async () => {
    expect(await refusalOf('http://127.0.0.1:1/model.json')).toMatch(/cannot be fetched: .*Is this computer online\?/);
  });
});
