import { AssayError } from '../assay-error.ts'
import type { Finding, FigureData } from '../findings/index.ts'
import { lookOf } from './look.ts'
import { plain } from './plain.ts'
import { rowLabels } from './rows.ts'
import { draw } from './svg.ts'
import { estimateText } from './values.ts'

/** Curves that one figure can tell apart. */
const MOST = 8

/**
 * Success against length of task on a doubling scale: a dot with its interval at each length that was run, the fitted
 * curve through them, and a rule at one half.
 *
 * @throws AssayError `study/no-curve` when no finding brings lengths
 */
export async function lengthsFigure(findings: readonly Finding[]): Promise<string> {
  const labels = rowLabels(findings)
  const groups = findings
    .flatMap((finding, index) => {
      const { figure } = finding
      return figure?.kind === 'lengths' ? [{ finding, figure, label: labels[index] ?? '' }] : []
    })
    .slice(0, MOST)
  const first = groups[0]
  if (first === undefined)
    throw new AssayError(
      'study/no-curve',
      'None of these findings holds success by length. Draw their intervals instead.',
    )
  const lengths = [...new Set(groups.flatMap(({ figure }) => figure.points.map(([x]) => x)))].toSorted((a, b) => a - b)
  return draw({
    title: plain(first.finding.title),
    description: `${plain(first.figure.y)} against ${plain(first.figure.x)}. ${groups
      .map(({ finding, label }) => `${label}: ${plain(finding.title)} ${estimateText(finding)}`)
      .join('; ')}.`,
    width: 640,
    height: 280,
    legend: groups.map(({ label }, index) => ({ name: label, ...lookOf(index) })),
    plot: (plot) => ({
      marginLeft: 60,
      marginBottom: 36,
      x: {
        type: 'log',
        base: 2,
        label: plain(first.figure.x),
        labelArrow: 'none',
        ticks: lengths,
        tickFormat: (value: number) => String(value),
      },
      y: {
        domain: [0, 1],
        label: plain(first.figure.y),
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 5,
        grid: true,
        tickFormat: (value: number) => `${Math.round(100 * value)}%`,
      },
      marks: [
        plot.ruleY([0.5], { stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '2 3' }),
        ...groups.flatMap(({ figure }, index) => {
          const { colour, dash } = lookOf(index)
          // Groups at one length stand side by side, so that none hides another.
          const shift = (index - (groups.length - 1) / 2) * 3
          const points = figure.points.map(([x, y, low = y, high = y]) => ({ x, y, low, high }))
          return [
            plot.line(curveOf(figure), {
              x: 'x',
              y: 'y',
              stroke: colour,
              strokeWidth: 2,
              ...(dash !== '' && { strokeDasharray: dash }),
            }),
            plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', dx: shift, stroke: colour, strokeWidth: 1.2 }),
            plot.dot(points, { x: 'x', y: 'y', dx: shift, fill: colour, r: 3 }),
          ]
        }),
      ],
    }),
  })
}

/** The fitted curve from the first length to the last; nothing where nothing was fitted. */
function curveOf({ fit, points }: FigureData): readonly { readonly x: number; readonly y: number }[] {
  const [low, high] = [points[0]?.[0], points.at(-1)?.[0]]
  if (fit === undefined || low === undefined || high === undefined || low === high) return []
  const steps = 48
  return Array.from({ length: steps + 1 }, (_, i) => {
    const log = Math.log2(low) + ((Math.log2(high) - Math.log2(low)) * i) / steps
    return { x: 2 ** log, y: 1 / (1 + Math.exp(-(fit.intercept + fit.slope * log))) }
  })
}
