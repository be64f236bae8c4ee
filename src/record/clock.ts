/**
 * Milliseconds since 1970 that never go back within a process: the wall clock of when it began, and from there a clock
 * that cannot be set. What lasts (a trial, a limit, a wait) is a difference of two of these.
 */
export function steadyNow(): number {
  return Math.round(performance.timeOrigin + performance.now())
}
