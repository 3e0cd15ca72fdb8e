import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lanAddresses } from '../../../certs/lan-addresses.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { occhio } from './program.ts';

describe('occhio certs', () => {
  test('makes certificates for this computer’s addresses and prints the fingerprint to compare', async () => {
    const dir = join(await temporaryFolder(), 'my certs');
    const { code, stdout } = await occhio(['certs', '--dir', dir]);
    expect(code).toBe(0);
    const authority = new X509Certificate(await readFile(join(dir, 'occhio-ca.crt')));
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(authority.fingerprint256.replaceAll(':', ' '));
    for (const address of [...lanAddresses(), 'localhost']) expect(stdout).toContain(address);
    expect(stdout).toContain('New certificates were made.');
    expect(stdout).toContain('/trust');
  });

  test('changes nothing the second time', async () => {
    const dir = await temporaryFolder();
    await occhio(['certs', '--dir', dir]);
    const leaf = await readFile(join(dir, 'leaf.pem'), 'utf8');
    expect((await occhio(['certs', '--dir', dir])).stdout).toContain('up to date');
    expect(await readFile(join(dir, 'leaf.pem'), 'utf8')).toBe(leaf);
  });

  test('takes --dir as seen from the folder in which the person is', async () => {
    const cwd = await temporaryFolder();
    await occhio(['certs', '--dir', 'mine'], { cwd });
    expect(await readFile(join(cwd, 'mine', 'authority.pem'), 'utf8')).toContain('PRIVATE KEY');
  });

  test.each([
    ['a damaged file', 'authority.pem', 'Put back a copy'],
    ['a file where the folder should be', '', 'should be a folder'],
  ])('says what to do about %s and exits 2', async (_what, file, message) => {
    const dir = join(await temporaryFolder(), 'certs');
    if (file !== '') await occhio(['certs', '--dir', dir]);
    await writeFile(join(dir, file), 'nothing');
    const { code, stdout, stderr } = await occhio(['certs', '--dir', dir]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
