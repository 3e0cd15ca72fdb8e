/** Hub → device, the answer to `pair-request`: where a new device pairs, once. The one that this device was given before is void. */
import * as v from 'valibot';
import { countSchema } from '../fields.ts';
import { maxPairingUrlLength, maxPairingUrls } from '../limits.ts';

export const pairingSchema = v.strictObject({
  type: v.literal('pairing'),
  /** The same token at each address that the hub has in the network, the likeliest to be reached first. */
  urls: v.pipe(
    v.array(v.pipe(v.string(), v.startsWith('https://'), v.maxLength(maxPairingUrlLength))),
    v.minLength(1),
    v.maxLength(maxPairingUrls),
  ),
  /** A span, because the clocks of the two may differ. */
  goodForMs: countSchema,
});
export type Pairing = v.InferOutput<typeof pairingSchema>;
