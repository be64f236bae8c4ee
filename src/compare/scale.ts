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

/**
 * Findings on their scale. One whose clusters all agree shows no spread of its own, and is not left out for that: it is taken
 * to vary as the clusters of the others do.
 *
 * @returns for each its place, or why it has none
 */
export function allPlaced(findings: readonly Finding[]): readonly (Placed | string)[] {
  const own = findings.map(placed)
  const spread = own.flatMap((place, i) =>
    typeof place === 'string' ? [] : [place.standardError ** 2 * (findings[i]?.n.clusters ?? 0)],
  )
  const variance = spread.reduce((a, b) => a + b, 0) / spread.length
  return findings.map((each, i) => {
    const place = own[i] ?? ''
    const { estimate, n } = each
    const alike = estimate.type === 'not-estimable' && estimate.value !== undefined && n.clusters > 1
    if (!alike || spread.length === 0) return place
    return { value: scaleOf(each).to(estimate.value ?? 0), standardError: Math.sqrt(variance / n.clusters) }
  })
}
