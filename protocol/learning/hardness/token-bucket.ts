/** A cap on how often something may happen, as a value: what is left, and the rule by which it fills again. */

/** At most `capacity` at once, one more every `refillMs`. */
export type BucketRule = { readonly capacity: number; readonly refillMs: number };

export type TokenBucket = { readonly tokens: number; readonly atMs: number };

export function fullBucket(rule: BucketRule, nowMs: number): TokenBucket {
  return { tokens: rule.capacity, atMs: nowMs };
}

/** The bucket with one token less, or undefined when there is none. A clock that went back gives nothing. */
export function takeToken(bucket: TokenBucket, rule: BucketRule, nowMs: number): TokenBucket | undefined {
  const gained = Math.max(0, nowMs - bucket.atMs) / rule.refillMs;
  const tokens = Math.min(rule.capacity, bucket.tokens + gained);
  return tokens >= 1 ? { tokens: tokens - 1, atMs: nowMs } : undefined;
}
