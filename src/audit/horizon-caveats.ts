import { quantileInterval } from '../stats/index.ts'
import { format, type Unit } from '../findings/index.ts'

/** Lengths of the tasks that were tried. */
export interface Lengths {
  readonly shortest: number
  readonly longest: number
}

export function lengthsOf(runs: readonly { readonly minutes: number }[]): Lengths {
  return runs.reduce(
    ({ shortest, longest }, { minutes }) => ({
      shortest: Math.min(shortest, minutes),
      longest: Math.max(longest, minutes),
    }),
    { shortest: Infinity, longest: 0 },
  )
}

export function isOutside(horizon: number, { shortest, longest }: Lengths): boolean {
  return horizon < shortest || horizon > longest
}

/** Says of a horizon that no task was as short, or as long, that it is read off the curve. */
export function outsideCaveats(horizon: number | undefined, lengths: Lengths, unit: Unit): readonly string[] {
  if (horizon === undefined || horizon === 0 || !isOutside(horizon, lengths)) return []
  const [shortest, longest] = [format(lengths.shortest, unit), format(lengths.longest, unit)]
  const where = horizon < lengths.shortest ? 'below the shortest' : 'beyond the longest'
  return [`it is ${where} task that was tried (${shortest} to ${longest}): the fitted curve says so, no result does`]
}

/** How far the ends of a percentile interval would move if its replicates were drawn once more: 95% ranges. */
export interface MonteCarlo {
  readonly low: readonly [number, number]
  readonly high: readonly [number, number]
}

/** @param draws replicates; those without a value are left out */
export function monteCarloOf(draws: readonly (number | undefined)[], level: number): MonteCarlo | undefined {
  const found = draws.filter((each): each is number => each !== undefined && Number.isFinite(each))
  if (found.length < 2) return undefined
  const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((p) => quantileInterval(found, p, 0.95))
  if (low?.type !== 'estimate' || high?.type !== 'estimate') return undefined
  return { low: [low.interval.low, low.interval.high], high: [high.interval.low, high.interval.high] }
}

/** A range of an end whose larger side is so many times the smaller is worth a word. */
const WIDE = 1.25

export function monteCarloCaveats(ends: MonteCarlo | undefined, draws: number, unit: Unit): readonly string[] {
  const wide = ends !== undefined && [ends.low, ends.high].some(([a, b]) => !(b <= WIDE * a))
  if (!wide) return []
  const [low, high] = [ends.low, ends.high].map(([a, b]) => `${format(a, unit)} to ${format(b, unit)}`)
  return [`with ${draws} replicates the ends of the interval are themselves uncertain: ${low} and ${high}`]
}
