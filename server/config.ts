/** What a person can set: the one schema for options of the command line and variables of the environment. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { defaultCertificatesFolder } from '../certs/certificates.ts';
import { logLevels } from './observe/log.ts';
import { backendNames } from './training/backends.ts';

const projectFolder = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where samples and models lie unless someone says otherwise; git ignores it. */
export const defaultDataDir = projectFolder('data');

/** A whole number in these bounds; the command line brings it as text. */
const countSchema = (min: number, max: number) => {
  const message = `expected a whole number from ${String(min)} to ${String(max)}`;
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.digits())], message),
    v.transform(Number),
    v.check((count) => Number.isInteger(count) && count >= min && count <= max, message),
  );
};

const portSchema = countSchema(0, 65_535);

const configSchema = v.strictObject({
  /** Plain HTTP, for this machine only. 0 takes any free port, here and below. */
  port: v.optional(portSchema, 8080),
  /** HTTPS, for the network. */
  httpsPort: v.optional(portSchema, 8443),
  /** The address of this machine at which the network reaches the hub. */
  host: v.optional(v.pipe(v.string(), v.minLength(1)), '0.0.0.0'),
  data: v.optional(v.string(), defaultDataDir),
  certs: v.optional(v.string(), defaultCertificatesFolder),
  /** The built app. */
  app: v.optional(v.string(), projectFolder('client/dist')),
  tls: v.optional(v.boolean(), true),
  /** The engine that trains; `auto` is the fastest that is there. */
  backend: v.optional(v.picklist(['auto', ...backendNames]), 'auto'),
  threads: v.optional(countSchema(1, 64), Math.min(availableParallelism(), 8)),
  /** How long a round may take: it trains no deeper than that allows. */
  roundSeconds: v.optional(countSchema(1, 3600), 8),
  logLevel: v.optional(v.picklist(logLevels), 'warn'),
});

export type Config = v.InferOutput<typeof configSchema>;

export type ConfigProblem = { readonly problem: string };

/** Checks what was given; what is absent has its default. */
export function readConfig(given: Readonly<Record<string, unknown>>): Config | ConfigProblem {
  const parsed = v.safeParse(configSchema, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const expected = issue.expected === null ? issue.message : `expected ${issue.expected}`;
  return { problem: `${v.getDotPath(issue) ?? 'The options'}: ${expected}, came ${JSON.stringify(issue.input)}.` };
}
