/** PyTorch as the peer: whether it is there, and in which configuration it is fastest. */
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { runProcess } from '../../support/run-process.ts';
import { Runner } from './runner.ts';

const program = fileURLToPath(new URL('peer.py', import.meta.url));

const aboutSchema = v.strictObject({ torch: v.string(), blas: v.string() });
const configurationsSchema = v.array(
  v.strictObject({ layout: v.string(), adam: v.string(), ms: v.nullable(v.number()) }),
);

export type Peer = v.InferOutput<typeof aboutSchema> & {
  /** The Python that has it. */
  readonly python: string;
};

/** The PyTorch of `python`, or why there is none. */
export async function findPeer(python: string): Promise<Peer | { readonly missing: string }> {
  try {
    const { code, stdout, stderr } = await runProcess(python, [program]);
    if (code === 0) return { ...v.parse(aboutSchema, JSON.parse(stdout)), python };
    return { missing: stderr.trim().split('\n').slice(-1).join() };
  } catch (error) {
    return { missing: String(error) };
  }
}

/**
 * Starts the peer on the task in `dir` in the fastest configuration, found in a process of its own, so that what it tried
 * does not count as memory.
 */
export async function startPeer({ python }: Peer, dir: string, threads: number): Promise<Runner> {
  const { code, stdout, stderr } = await runProcess(python, [program, dir, String(threads)]);
  if (code !== 0) throw new Error(`The peer failed:\n${stderr}`);
  const tried = v
    .parse(configurationsSchema, JSON.parse(stdout))
    .flatMap(({ ms, ...configuration }) => (ms === null ? [] : [{ ms, ...configuration }]));
  const best = tried.reduce((fastest, one) => (one.ms < fastest.ms ? one : fastest));
  return await Runner.start(python, [program, dir, String(threads), best.layout, best.adam]);
}
