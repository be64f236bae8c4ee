import type { Outcome } from '../record/index.ts'
import type { SeriesFigure } from '../study/index.ts'
import { lookOf, strokeOf } from './look.ts'
import { counted, plain } from './plain.ts'
import { groupsOf, MOST_POINTS, seriesLines, thinned, type SeriesLine } from './series.ts'
import { draw, uprightAxis } from './svg.ts'
import { tickText, valueText } from './values.ts'

export interface SeriesFigureOptions {
  /** Unique in its page. */
  readonly id?: string
  /** Columns that tell groups apart. Default: agent, and the factors that vary. */
  readonly by?: readonly string[]
  /** Pixels. Default 640 by 280. */
  readonly width?: number
  readonly height?: number
}

/** Lines in one figure, and points in all of them: a figure stays below about 600 kB. */
const MOST_LINES = 240
const ALL_POINTS = 40_000

/** A series over time, a line a trial, coloured by agent and level. Invalid trials are left out. */
export async function seriesFigure(
  figure: SeriesFigure,
  outcomes: readonly Outcome[],
  options: SeriesFigureOptions = {},
): Promise<string> {
  const all = seriesLines(figure.series, outcomes, options.by)
  const groups = groupsOf(all)
  const shown = evenly(all, groups, MOST_LINES)
  const most = Math.min(MOST_POINTS, Math.max(64, Math.floor(ALL_POINTS / Math.max(1, shown.length))))
  const left = all.length === shown.length ? '' : ` ${shown.length} of ${counted(all.length, 'trial')} are drawn.`
  return draw({
    title: figure.title,
    description: `${plain(figure.y)} against ${plain(figure.x)}, a line a trial. ${groups
      .map((group) => lastValues(all, group, figure))
      .join('; ')}.${left}`,
    ...(options.id !== undefined && { id: options.id }),
    width: options.width ?? 640,
    height: options.height ?? 280,
    legend: groups.map((name, index) => ({ name, ...lookOf(index) })),
    plot: (plot) => ({
      marginLeft: 72,
      marginBottom: 36,
      x: { label: plain(figure.x), labelArrow: 'none', ticks: 8 },
      y: uprightAxis(figure.y, 6, (value) => tickText(value, figure.unit)),
      marks: groups.map((group, index) => {
        const points = shown
          .filter((line) => line.group === group)
          .flatMap((line) => thinned(line.points, most).map(([x, y]) => ({ x, y, trial: line.trial })))
        return plot.line(points, { x: 'x', y: 'y', z: 'trial', strokeOpacity: 0.8, ...strokeOf(lookOf(index), 1.5) })
      }),
    }),
  })
}

/** The same number of lines from each group, as far as they go. */
function evenly(lines: readonly SeriesLine[], groups: readonly string[], most: number): readonly SeriesLine[] {
  if (lines.length <= most) return lines
  const share = Math.max(1, Math.floor(most / groups.length))
  return groups.flatMap((group) => lines.filter((line) => line.group === group).slice(0, share)).slice(0, most)
}

function lastValues(lines: readonly SeriesLine[], group: string, { unit }: SeriesFigure): string {
  const lasts = lines.flatMap((line) => (line.group === group ? [line.points.at(-1)?.[1] ?? 0] : []))
  const low = lasts.reduce((a, b) => Math.min(a, b), Infinity)
  const high = lasts.reduce((a, b) => Math.max(a, b), -Infinity)
  const range = low === high ? valueText(low, unit) : `${valueText(low, unit)} to ${valueText(high, unit)}`
  return `${group}: ${counted(lasts.length, 'trial')}, ending at ${range}`
}
