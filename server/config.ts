/** What a person can set: the one schema for options of the command line and variables of the environment. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { defaultCertificatesFolder } from '../certs/certificates.ts';
import { logLevels } from './observe/log.ts';

const projectFolder = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Engines that can train. */
const backends = ['wasm'] as const;

const portSchema = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
  v.integer(),
  v.maxValue(65_535),
);

export const configSchema = v.strictObject({
  /** Plain HTTP, for this machine only. 0 takes any free port, here and below. */
  port: v.optional(portSchema, 8080),
  /** HTTPS, for the network. */
  httpsPort: v.optional(portSchema, 8443),
  /** The address of this machine at which the network reaches the hub. */
  host: v.optional(v.pipe(v.string(), v.minLength(1)), '0.0.0.0'),
  data: v.optional(v.string(), projectFolder('data')),
  certs: v.optional(v.string(), defaultCertificatesFolder),
  /** The built app. */
  app: v.optional(v.string(), projectFolder('client/dist')),
  tls: v.optional(v.boolean(), true),
  backend: v.optional(v.picklist(backends), 'wasm'),
  threads: v.optional(
    v.pipe(v.union([v.number(), v.pipe(v.string(), v.transform(Number))]), v.integer(), v.minValue(1), v.maxValue(64)),
    Math.min(availableParallelism(), 8),
  ),
  logLevel: v.optional(v.picklist(logLevels), 'warn'),
});

export type Config = v.InferOutput<typeof configSchema>;

export type ConfigProblem = { readonly problem: string };

/** Checks what was given; what is absent has its default. */
export function readConfig(given: Readonly<Record<string, unknown>>): Config | ConfigProblem {
  const parsed = v.safeParse(configSchema, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return {
    problem: `${v.getDotPath(issue) ?? 'An option'}: expected ${issue.expected ?? 'another value'}, came ${issue.received}.`,
  };
}
