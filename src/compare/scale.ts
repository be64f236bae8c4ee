import { normalQuantile } from '../stats/index.ts'
import type { Finding } from '../findings/index.ts'

/** A finding's estimate where it is about normal: shares as arcsine of the root, all else as it is. */
export interface Placed {
  readonly value: number
  /** Above 0. */
  readonly standardError: number
}

/** How values of a finding are put where they are about normal, and back. */
export interface Scale {
  readonly name: string
  readonly to: (value: number) => number
  readonly from: (place: number) => number
}

const PLAIN: Scale = { name: 'own unit', to: (value) => value, from: (place) => place }

/** Its spread is the same at every share, and it takes 0 and 1. */
const ARCSINE: Scale = {
  name: 'arcsine of the root',
  to: (share) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, share)))),
  from: (place) => Math.sin(Math.min(Math.PI / 2, Math.max(0, place))) ** 2,
}

export function scaleOf({ unit, kind }: Pick<Finding, 'unit' | 'kind'>): Scale {
  return unit === 'proportion' && kind === 'level' ? ARCSINE : PLAIN
}

/**
 * A finding on its scale. The standard error is the method's own; for shares, and where a method has none, half of the interval over
 * the normal quantile.
 *
 * @returns why not, where there is no estimate, a bound has no end, or no spread
 */
export function placed(finding: Finding): Placed | string {
  const { estimate } = finding
  if (estimate.type !== 'estimate') return estimate.reason
  const scale = scaleOf(finding)
  const { low, high, level } = estimate.interval
  const own = scale === PLAIN ? estimate.standardError : undefined
  if (own === undefined && !(Number.isFinite(low) && Number.isFinite(high))) return 'its interval has no end'
  const standardError = own ?? (scale.to(high) - scale.to(low)) / (2 * normalQuantile((1 + level) / 2))
  if (!(standardError > 0)) return 'it shows no spread'
  return { value: scale.to(estimate.value), standardError }
}
