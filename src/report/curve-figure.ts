import { AssayError } from '../assay-error.ts'
import type { FigureData, Finding } from '../findings/index.ts'
import { lookOf, strokeOf } from './look.ts'
import { drawShares, sharesIn } from './shares-figure.ts'

export interface CurveFigureOptions {
  /** Unique in its page. */
  readonly id?: string
  /** Pixels. Default 640 by 240. */
  readonly width?: number
  readonly height?: number
}

/**
 * Survival curves (share without the event over time) with their bands, one a finding that brings a curve.
 *
 * @throws AssayError `study/no-curve` when none brings one
 */
export async function curveFigure(findings: readonly Finding[], options: CurveFigureOptions = {}): Promise<string> {
  const [first, ...rest] = sharesIn(findings, 'curve')
  if (first === undefined) {
    throw new AssayError('study/no-curve', 'None of these findings has a curve. Draw their intervals instead.')
  }
  return drawShares([first, ...rest], {
    width: 640,
    height: 240,
    ...options,
    x: { ticks: 8 },
    marks: (plot) =>
      [first, ...rest].flatMap(({ figure }, index) => {
        const steps = fromTheStart(figure.points)
        const step = { x: 'x', curve: 'step-after' } as const
        return [
          plot.areaY(steps, { ...step, y1: 'low', y2: 'high', fill: lookOf(index).colour, fillOpacity: 0.12 }),
          plot.line(steps, { ...step, y: 'y', ...strokeOf(lookOf(index), 2) }),
        ]
      }),
  })
}

/** Before its first step everybody is there. */
function fromTheStart(
  points: FigureData['points'],
): readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[] {
  const steps = points.map(([x, y, low = y, high = y]) => ({ x, y, low, high }))
  return (steps[0]?.x ?? 0) > 0 ? [{ x: 0, y: 1, low: 1, high: 1 }, ...steps] : steps
}
