import { describe, expect, test } from 'vitest';
import { occhio } from './program.ts';

const commands = ['serve', 'train', 'eval', 'predict', 'import', 'export', 'import-model', 'certs', 'verify'];

describe('the program', () => {
  test('lists every command with --help', async () => {
    const { code, stdout } = await occhio(['--help']);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} +\\w`, 'm'));
  });

  test.each(commands)('explains %s and its options', async (command) => {
    const { code, stdout } = await occhio([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: occhio ${command}`);
    expect(stdout).toContain('--help');
  });

  test.each([
    ['no command', [], 'Usage: occhio'],
    ['an unknown command', ['paint'], "unknown command 'paint'"],
    ['an unknown option', ['certs', '--colour', 'red'], "unknown option '--colour'"],
    ['an option without its value', ['certs', '--dir'], 'argument missing'],
  ])('given %s says so without a stack and exits 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await occhio(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
