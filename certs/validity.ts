/** Time as certificates count it. */
const dayMs = 86_400_000;

/** Certificates begin this long before they are made, for phones whose clock is behind. */
export const clockSkewDays = 1;

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}
