import type { Outcome } from '../record/index.ts'
import { column, variedIn } from '../findings/index.ts'
import { conditionsText } from './values.ts'

type Point = readonly [x: number, y: number]

/** One trial's points over time. */
export interface SeriesLine {
  /** Which agent, at which levels. */
  readonly group: string
  readonly control: boolean
  readonly trial: string
  readonly points: readonly Point[]
}

/** The mean over the trials of a group. */
export interface MeanLine {
  readonly group: string
  readonly control: boolean
  readonly trials: number
  readonly points: readonly Point[]
}

/** Points a line may have in a figure; more cannot be seen. */
export const MOST_POINTS = 2000

/**
 * A line a valid trial that has the series, real agents before controls, else in order of trial id. Groups are told apart
 * by agent and by those factors that vary in the rows.
 */
export function seriesLines(
  series: string,
  outcomes: readonly Outcome[],
  by?: readonly string[],
): readonly SeriesLine[] {
  const columns = by ?? ['agent', ...variedIn(outcomes)]
  return outcomes
    .flatMap((row): SeriesLine[] => {
      const points = row.status === 'invalid' ? undefined : row.series?.[series]
      if (points === undefined || points.length === 0) return []
      const group = conditionsText(Object.fromEntries(columns.map((name) => [name, column(row, name)])))
      return [{ group, control: row.control, trial: row.trial, points: points.toSorted(([a], [b]) => a - b) }]
    })
    .toSorted((a, b) => Number(a.control) - Number(b.control) || compare(a.group, b.group) || compare(a.trial, b.trial))
}

/** Names of groups in the order of their lines. */
export function groupsOf(lines: readonly Pick<SeriesLine, 'group'>[]): readonly string[] {
  return [...new Set(lines.map((line) => line.group))]
}

/** One line a group. A trial that has ended keeps its last value, so that the dead still weigh on the mean. */
export function meanLines(lines: readonly SeriesLine[]): readonly MeanLine[] {
  return groupsOf(lines).map((group) => {
    const own = lines.filter((line) => line.group === group)
    const places = new Set<number>()
    for (const { points } of own) for (const [x] of points) places.add(x)
    const xs = [...places].toSorted((a, b) => a - b)
    const sums = xs.map(() => ({ sum: 0, count: 0 }))
    for (const { points } of own) {
      let next = 0
      let last: number | undefined
      for (const [index, x] of xs.entries()) {
        for (; next < points.length && (points[next]?.[0] ?? Infinity) <= x; next++) last = points[next]?.[1]
        const total = sums[index]
        if (last === undefined || total === undefined) continue
        total.sum += last
        total.count++
      }
    }
    const points = xs.map((x, index) => [x, (sums[index]?.sum ?? 0) / (sums[index]?.count ?? 1)] as const)
    return { group, control: own.some((line) => line.control), trials: own.length, points }
  })
}

/** At most `most` points: of each bucket the lowest and the highest, so that no peak is lost. Both ends stay. */
export function thinned(points: readonly Point[], most: number = MOST_POINTS): readonly Point[] {
  if (points.length <= most) return points
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return points
  const inner = points.slice(1, -1)
  const buckets = Math.max(1, Math.floor((most - 2) / 2))
  const kept: Point[] = [first]
  for (let bucket = 0; bucket < buckets; bucket++) {
    const part = inner.slice(
      Math.floor((bucket * inner.length) / buckets),
      Math.floor(((bucket + 1) * inner.length) / buckets),
    )
    const low = part.reduce<Point | undefined>((a, b) => (a === undefined || b[1] < a[1] ? b : a), undefined)
    const high = part.reduce<Point | undefined>((a, b) => (a === undefined || b[1] > a[1] ? b : a), undefined)
    if (low === undefined || high === undefined) continue
    kept.push(...(low === high ? [low] : low[0] <= high[0] ? [low, high] : [high, low]))
  }
  return [...kept, last]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
