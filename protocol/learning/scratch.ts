/** Memory for the steps of a computation that is done for every frame. */

type Floats = Float32Array<ArrayBuffer>;

/**
 * Gives the same memory again and again, larger when it has to be: on some machines the first touch of new memory takes longer
 * than what is done with it. Holds what was last left there, and is the caller's until the next call.
 */
export function scratchFloats(): (length: number) => Floats {
  let held: Floats = new Float32Array();
  return (length) => {
    if (held.length < length) held = new Float32Array(length);
    return held.length === length ? held : held.subarray(0, length);
  };
}
