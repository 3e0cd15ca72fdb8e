/** msgpackr ships no types for its build without `eval`, which a strict Content-Security-Policy needs. */
declare module 'msgpackr/index-no-eval' {
  export { Packr } from 'msgpackr';
}
