import type { Finding } from '../findings/index.ts'
import { axisOf, placeOf, ticksOf } from './rows.ts'
import { tickText } from './values.ts'

/** An axis that findings share, with the texts of its ticks. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/** From zero for money, counts and other amounts; 0 to 100% for shares; whatever is needed for changes. */
export function axisFor(findings: readonly Finding[], count = 4): Axis {
  const [first] = findings
  const bounded = findings.map(finiteBounds)
  const { low, high } = axisOf(bounded)
  const isShare = first?.unit === 'proportion' && first.kind === 'level'
  const from = isShare || (low > 0 && first?.kind !== 'ratio') ? 0 : low
  const to = isShare ? 1 : high
  const ticks = ticksOf(from, to, count).map((at) => ({ at, text: tickAt(at, first) }))
  return { low: from, high: to, ticks }
}

/** Changes of shares are in points: their ticks have no sign of per cent. */
function tickAt(at: number, first: Finding | undefined): string {
  const isPoints = first?.kind === 'change' && first.unit === 'proportion'
  return isPoints ? tickText(100 * at, 'score') : tickText(at, first?.unit ?? 'score')
}

/** Bounds far from every estimate would leave no room for them: they run off the axis. */
function finiteBounds(finding: Finding): Finding {
  const place = placeOf(finding)
  const { estimate } = finding
  // Nothing is far from zero by a multiple of it.
  if (place === undefined || estimate.type !== 'estimate' || place.value === 0) return finding
  const reach = FAR * Math.abs(place.value)
  const [low, high] = [Math.max(place.low, -reach), Math.min(place.high, reach)]
  return {
    ...finding,
    estimate: {
      ...estimate,
      interval: { ...estimate.interval, low: Math.min(low, place.value), high: Math.max(high, place.value) },
    },
  }
}

/** Times an estimate. */
const FAR = 8
