/** `npm run bench -- train`: measures training steps, beside PyTorch where it is there. Wiring only. */
import { availableParallelism, cpus } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../../../server/cli/options.ts';
import { writeJson } from '../../../server/report/json-file.ts';
import type { GemmFigures } from './gemm.ts';
import { leastShare, measureGemm } from './gemm.ts';
import type { Extent, RowFigures } from './measure-row.ts';
import { measureRow } from './measure-row.ts';
import type { Peer } from './peer.ts';
import { findPeer } from './peer.ts';
import type { RowName } from './rows.ts';
import { rows } from './rows.ts';
import { gemmLine, rowTable, tfjsLine } from './table.ts';
import { measureTfjsCpu } from './tfjs-cpu.ts';

const parts = [...(Object.keys(rows) as RowName[]), 'gemm'] as const;
type Part = (typeof parts)[number];

const extents = { whole: { rounds: 5, turnMs: 1000 }, quick: { rounds: 2, turnMs: 200 } } satisfies Record<
  string,
  Extent
>;

/** The share of the cores from which others' work shows in the figures. */
const disturbing = 0.1;

type Options = {
  readonly peer?: 'torch';
  readonly python: string;
  readonly rows: readonly Part[];
  readonly threads: number;
  readonly quick: boolean;
  readonly tfjsCpu: boolean;
  readonly json?: string;
};

await new Command('bench train')
  .description('Measures training steps, and the engine’s matrix product against the machine’s peak.')
  .addOption(new Option('--peer <name>', 'measure another engine in turns with ours').choices(['torch']))
  .option('--python <path>', 'the Python that has the peer', 'python3')
  .option('--rows <names>', `some of ${parts.join(',')}`, partsOf, parts)
  .option('--threads <n>', 'threads of both engines', wholeNumber(1, 64), availableParallelism())
  .option('--quick', 'short turns: figures to look at, not to keep', false)
  .option('--tfjs-cpu', 'also the talk’s CNN on tfjs cpu, which takes half a minute', false)
  .option('--json <file>', 'write the figures there too')
  .action(bench)
  .parseAsync();

async function bench({ rows: chosen, threads, quick, tfjsCpu, json, ...options }: Options): Promise<void> {
  const peer = options.peer ? await peerOf(options.python) : null;
  const figures: RowFigures[] = [];
  for (const name of chosen)
    if (name !== 'gemm') {
      process.stderr.write(`Measuring ${name}…\n`);
      const row = await measureRow(name, { threads, peer, extent: extents[quick ? 'quick' : 'whole'] });
      warnIfDisturbed(row);
      figures.push(row);
    }
  if (figures.length > 0) process.stdout.write(rowTable(figures, threads));
  const gemm = chosen.includes('gemm') ? await measureGemm() : null;
  if (gemm) process.stdout.write(gemmLine(gemm));
  const tfjs = tfjsCpu ? await measureTfjsCpu(figures.find(({ name }) => name === 'talk')?.ms ?? null) : null;
  if (tfjs) process.stdout.write(tfjsLine(tfjs));
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    torch: peer?.torch ?? null,
    blas: peer?.blas ?? null,
  };
  if (json !== undefined) await writeJson(json, { machine, threads, rows: figures, gemm, tfjs_cpu: tfjs });
  if (gemm) guard(gemm);
}

async function peerOf(python: string): Promise<Peer | null> {
  const found = await findPeer(python);
  if ('python' in found) return found;
  process.stderr.write(
    `Skipping the peer: ${python} has no PyTorch (${found.missing}). Name a Python that has it with --python.\n`,
  );
  return null;
}

function warnIfDisturbed({ name, others_busy }: RowFigures): void {
  if (others_busy < disturbing) return;
  process.stderr.write(
    `Other programs used ${(others_busy * 100).toFixed(0)} % of the processor around ${name}: end them and measure again.\n`,
  );
}

function guard({ share }: GemmFigures): void {
  if (share >= leastShare) return;
  process.stderr.write(
    `The inner loop is at ${(share * 100).toFixed(0)} % of peak, expected at least ${String(leastShare * 100)} %: look at the order of the generated loop.\n`,
  );
  process.exitCode = 1;
}

function partsOf(text: string): readonly Part[] {
  return text.split(',').map((name) => {
    const part = parts.find((known) => known === name);
    if (!part) throw new InvalidArgumentError(`Expected some of ${parts.join(', ')}.`);
    return part;
  });
}
