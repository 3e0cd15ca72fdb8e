/** The part of msgpackr that we use, without Node's Buffer; it ships no types for its build without `eval`, which a strict Content-Security-Policy needs. */
declare module 'msgpackr/index-no-eval' {
  export class Packr {
    constructor(options: {
      readonly useRecords: boolean;
      readonly copyBuffers: boolean;
      readonly moreTypes: boolean;
      readonly encodeUndefinedAsNil: boolean;
    });
    pack(value: unknown): Uint8Array;
    unpack(bytes: Uint8Array): unknown;
  }
}
