import type { Unit } from '../findings/index.ts'
import { axisRows, type Paint } from './interval-chart.ts'
import { GLYPH_COUNT, lookOf } from './look.ts'
import { counted, plain, shortened } from './plain.ts'
import { ticksOf } from './rows.ts'
import type { MeanLine } from './series.ts'
import { tickText } from './values.ts'

export interface SeriesChartOptions {
  readonly title: string
  /** What runs along the foot: `day`. */
  readonly x: string
  readonly unit: Unit
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number
  /** Rows of the plot itself. Default 12. */
  readonly height?: number
  /** Default: no colour. Groups differ by their mark in any case. */
  readonly paint?: Paint
}

// Chart packages for the terminal (simple-ascii-chart, asciichart) tell lines apart by colour alone, which a pipe, a
// colour-blind reader and NO_COLOR lose; a mark a group is a few lines of our own.
/**
 * Lines over time in characters, one mark a group, with a legend; where lines meet they take turns. The first eight are
 * drawn, and it says how many are not.
 *
 * @returns lines joined by newlines, none wider than `width`
 */
export function seriesChart(lines: readonly MeanLine[], options: SeriesChartOptions): string {
  const drawn = lines.slice(0, GLYPH_COUNT).filter((line) => line.points.length > 0)
  if (drawn.length === 0) return `${plain(options.title)}: nothing to draw`
  const width = Math.max(40, options.width)
  const height = Math.max(4, options.height ?? 12)
  const paint: Paint = options.paint ?? ((text) => text)
  const xs = extent(drawn.flatMap((line) => [line.points[0]?.[0] ?? 0, line.points.at(-1)?.[0] ?? 0]))
  const ys = rounded(
    extent(drawn.map((line) => extent(line.points.map(([, y]) => y))).flatMap(({ low, high }) => [low, high])),
  )
  const ticks = new Map(
    ticksOf(ys.low, ys.high, 4).map((tick) => [rowOf(tick, ys, height), tickText(tick, options.unit)]),
  )
  const gutter = Math.max(...[...ticks.values()].map((text) => text.length))
  const plotWidth = width - gutter - 2
  const grid = Array.from({ length: height }, () =>
    Array.from({ length: plotWidth }, (): number | undefined => undefined),
  )
  for (const [place, { points }] of drawn.entries()) {
    for (let column = 0; column < plotWidth; column++) {
      const y = valueAt(points, xs.low + ((xs.high - xs.low) * column) / Math.max(1, plotWidth - 1))
      const row = y === undefined ? undefined : grid[rowOf(y, ys, height)]
      if (row !== undefined && (row[column] === undefined || column % drawn.length === place)) row[column] = place
    }
  }
  const body = grid.map((row, index) => {
    const cells = row.map((place) => (place === undefined ? ' ' : paint(lookOf(place).glyph, place))).join('')
    return `${(ticks.get(index) ?? '').padStart(gutter)} ${ticks.has(index) ? '┤' : '│'}${cells}`.trimEnd()
  })
  const columnOf = (x: number): number =>
    xs.high === xs.low ? 0 : Math.round(((x - xs.low) / (xs.high - xs.low)) * (plotWidth - 1))
  const [axis, labels] = axisRows(xs, plotWidth, columnOf, (value) => tickText(value, 'count'))
  const pad = ' '.repeat(gutter + 1)
  const legend = drawn.map(({ group, trials }, place) => {
    const of = trials > 1 ? ` (mean of ${counted(trials, 'trial')})` : ''
    return `${pad} ${paint(lookOf(place).glyph, place)} ${shortened(`${plain(group)}${of}`, width - gutter - 4)}`
  })
  const more = lines.length - drawn.length
  return [
    shortened(plain(options.title), width),
    ...body,
    `${pad}└${axis}`,
    `${pad} ${labels}`,
    ...(options.x === '' ? [] : [`${pad} ${shortened(plain(options.x), plotWidth).padStart(plotWidth)}`]),
    ...legend,
    ...(more > 0 ? [`${pad} ${counted(more, 'more line')} not drawn`] : []),
  ].join('\n')
}

interface Extent {
  readonly low: number
  readonly high: number
}

function extent(values: readonly number[]): Extent {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

/** Widened to round values a quarter of a tick apart. */
function rounded({ low, high }: Extent): Extent {
  if (low === high) return { low: low - 1, high: high + 1 }
  const ticks = ticksOf(low, high, 4)
  const step = ((ticks[1] ?? high) - (ticks[0] ?? low)) / 4
  if (!(step > 0)) return { low, high }
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step }
}

function rowOf(y: number, { low, high }: Extent, height: number): number {
  return height - 1 - Math.round(((y - low) / (high - low)) * (height - 1))
}

/** The line at `x`, straight between its points; nothing outside them. */
function valueAt(points: readonly (readonly [number, number])[], x: number): number | undefined {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined || x < first[0] || x > last[0]) return undefined
  let from = 0
  let to = points.length - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if ((points[middle]?.[0] ?? 0) < x) from = middle + 1
    else to = middle
  }
  const right = points[from] ?? last
  const left = points[Math.max(0, from - 1)] ?? first
  if (right[0] === left[0]) return right[1]
  return left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0])
}
