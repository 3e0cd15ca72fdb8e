/** Why Occhio could not be set up, for the person at the terminal; told without a stack. */
export class SetupError extends Error {}
