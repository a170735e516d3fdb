/** How long to wait before the next attempt to connect. */

const FIRST = 500;
const MOST = 15_000;

/**
 * Milliseconds before attempt `attempt` (0, 1, …): twice as long each time, up to 15 s,
 * and by chance up to half of that less, so that many pages do not come at once.
 */
export function delay(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(MOST, FIRST * 2 ** attempt);
  return Math.round(whole * (1 - random() / 2));
}
