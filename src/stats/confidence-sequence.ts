import type { Interval } from './estimate.ts'
import { requireLevel, requireProbability } from './guards.ts'

/**
 * Anytime-valid intervals for the mean of outcomes in [0, 1]: with at least `level`, ALL of them hold at once, so a run may
 * be watched after every outcome and stopped whenever its owner likes. Hedged betting with predictable plug-in bets,
 * intersected over time, on a grid of 1/1000 rounded outwards.
 *
 * @param values outcomes in the order they came; given the past, each has the same mean (tasks in random order)
 * @returns one interval an outcome, each inside the one before
 * @throws AssayError `stats/not-a-probability` for an outcome outside [0, 1], `stats/not-a-level`
 * @see Waudby-Smith and Ramdas (2023), doi:10.1093/jrsssb/qkad009, theorem 3
 */
export function confidenceSequence(values: readonly number[], level = 0.95): readonly Interval[] {
  requireLevel(level)
  const alpha = 1 - level
  const grid = 1_000
  const up = new Float64Array(grid + 1)
  const down = new Float64Array(grid + 1)
  const limit = Math.log(2 / alpha)
  const out: Interval[] = []
  let sum = 0.5
  let squares = 0.25
  let first = 0
  let last = grid
  for (const [i, x] of values.entries()) {
    requireProbability('an outcome', x)
    const t = i + 1
    const bet = Math.sqrt((2 * limit) / ((squares / t) * t * Math.log(t + 1)))
    for (let g = first; g <= last; g += 1) {
      const m = g / grid
      // A bet stays below half of what would risk ruin, so both logarithms are finite.
      up[g] = (up[g] ?? 0) + Math.log1p(Math.min(bet, m > 0 ? 0.5 / m : bet) * (x - m))
      down[g] = (down[g] ?? 0) + Math.log1p(-Math.min(bet, m < 1 ? 0.5 / (1 - m) : bet) * (x - m))
    }
    const rejected = (g: number): boolean => Math.max(up[g] ?? 0, down[g] ?? 0) >= limit
    while (first < last && rejected(first)) first += 1
    while (last > first && rejected(last)) last -= 1
    sum += x
    const centre = sum / (t + 1)
    squares += (x - centre) ** 2
    const low = first === 0 ? 0 : (first - 1) / grid
    const high = last === grid ? 1 : (last + 1) / grid
    out.push({ low, high, level, method: 'betting confidence sequence' })
  }
  return out
}

/** The interval after the last outcome; before any, [0, 1]. */
export function anytimeInterval(values: readonly number[], level = 0.95): Interval {
  return confidenceSequence(values, level).at(-1) ?? { low: 0, high: 1, level, method: 'betting confidence sequence' }
}
