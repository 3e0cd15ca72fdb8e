/** The program `occhio`: one line per command, each loaded only when it is asked for. */
import { Command, CommanderError } from 'commander';
import { BadInput } from '../bad-input.ts';

const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  serve: { summary: 'run the hub and the app', load: async () => (await import('./serve.ts')).serveCommand() },
  train: {
    summary: 'train a network from a folder per class',
    load: async () => (await import('./train.ts')).trainCommand(),
  },
  eval: { summary: 'judge a model on labelled pictures', load: async () => (await import('./eval.ts')).evalCommand() },
  predict: { summary: 'name what pictures show', load: async () => (await import('./predict.ts')).predictCommand() },
  import: {
    summary: 'bring labelled pictures into a room',
    load: async () => (await import('./import.ts')).importCommand(),
  },
  export: {
    summary: 'take pictures or a model out of a room',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  replay: {
    summary: 'measure how fast learners get right from corrections',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  'import-model': {
    summary: 'begin a room with another backbone',
    load: async () => (await import('./import-model.ts')).importModelCommand(),
  },
  certs: { summary: 'make or renew the certificates', load: async () => (await import('./certs.ts')).certsCommand() },
  verify: { summary: 'check the data folder', load: async () => (await import('./verify.ts')).verifyCommand() },
};

/** What the process returns: 2 is a person's mistake, told without a stack; 1 is ours. */
const exitCode = { failure: 1, badInput: 2 } as const;

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('occhio').description('A camera that learns from its owner.').exitOverride();
  const asked = args.find((arg) => Object.hasOwn(commands, arg));
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = name === asked ? await load() : new Command(name);
    program.addCommand(command.copyInheritedSettings(program).summary(summary));
  }
  await program.parseAsync(args, { from: 'user' });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : exitCode.badInput);
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(exitCode.badInput);
}
