/** Memory for the steps of a computation that is done again and again: for every frame, for every correction. */

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/**
 * Gives the same memory again and again, larger when it has to be: on some machines the first touch of new memory takes longer
 * than what is done with it. Holds what was last left there, and is the caller's until the next call.
 */
export function scratch<T extends Numbers>(make: new (length: number) => T): (length: number) => T {
  let held = new make(0);
  return (length) => {
    if (held.length < length) held = new make(length);
    // Of an array, `subarray` gives one of the same type.
    return held.length === length ? held : (held.subarray(0, length) as T);
  };
}
