import { AssayError } from '../assay-error.ts'
import type { Finding, FigureData } from '../findings/index.ts'
import { lookOf, strokeOf } from './look.ts'
import { drawShares, sharesIn } from './shares-figure.ts'

/** Curves that one figure can tell apart. */
const MOST = 8

/**
 * Success against length of task on a doubling scale: a dot with its interval at each length that was run, the fitted
 * curve through them, and a rule at one half.
 *
 * @throws AssayError `study/no-curve` when no finding brings lengths
 */
export async function lengthsFigure(findings: readonly Finding[]): Promise<string> {
  const [first, ...rest] = sharesIn(findings, 'lengths').slice(0, MOST)
  if (first === undefined)
    throw new AssayError(
      'study/no-curve',
      'None of these findings holds success by length. Draw their intervals instead.',
    )
  const groups = [first, ...rest] as const
  const lengths = [...new Set(groups.flatMap(({ figure }) => figure.points.map(([x]) => x)))].toSorted((a, b) => a - b)
  return drawShares(groups, {
    width: 640,
    height: 280,
    x: { type: 'log', base: 2, ticks: lengths, tickFormat: (value: number) => String(value) },
    marks: (plot) => [
      plot.ruleY([0.5], { stroke: 'currentColor', strokeOpacity: 0.4, strokeDasharray: '2 3' }),
      ...groups.flatMap(({ figure }, index) => {
        const look = lookOf(index)
        // Groups at one length stand side by side, so that none hides another.
        const dx = (index - (groups.length - 1) / 2) * 3
        const points = figure.points.map(([x, y, low = y, high = y]) => ({ x, y, low, high }))
        return [
          plot.line(curveOf(figure), { x: 'x', y: 'y', ...strokeOf(look, 2) }),
          plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', dx, stroke: look.colour, strokeWidth: 1.2 }),
          plot.dot(points, { x: 'x', y: 'y', dx, fill: look.colour, r: 3 }),
        ]
      }),
    ],
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
