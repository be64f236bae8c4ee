import { AssayError } from '../assay-error.ts'
import type { Finding } from '../findings/index.ts'
import { lookOf } from './look.ts'
import { plain } from './plain.ts'
import { rowLabels } from './rows.ts'
import { draw } from './svg.ts'
import { estimateText } from './values.ts'

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
  const labels = rowLabels(findings)
  const curves = findings.flatMap((finding, index) => {
    const { figure } = finding
    if (figure?.kind !== 'curve') return []
    return [{ finding, figure, label: labels[index] ?? '', steps: fromTheStart(figure.points) }]
  })
  const first = curves[0]
  if (first === undefined) {
    throw new AssayError('study/no-curve', 'None of these findings has a curve. Draw their intervals instead.')
  }
  return draw({
    title: plain(first.finding.title),
    description: `${plain(first.figure.y)} against ${plain(first.figure.x)}. ${curves
      .map(({ finding, label }) => `${label}: ${plain(finding.title)} ${estimateText(finding)}`)
      .join('; ')}.`,
    ...(options.id !== undefined && { id: options.id }),
    width: options.width ?? 640,
    height: options.height ?? 240,
    legend: curves.map(({ label }, index) => ({ name: label, ...lookOf(index) })),
    plot: (plot) => ({
      marginLeft: 60,
      marginBottom: 36,
      x: { label: plain(first.figure.x), labelArrow: 'none', ticks: 8 },
      y: {
        domain: [0, 1],
        label: plain(first.figure.y),
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 5,
        grid: true,
        tickFormat: (value: number) => `${Math.round(100 * value)}%`,
      },
      marks: curves.flatMap(({ steps }, index) => {
        const { colour, dash } = lookOf(index)
        return [
          plot.areaY(steps, { x: 'x', y1: 'low', y2: 'high', curve: 'step-after', fill: colour, fillOpacity: 0.12 }),
          plot.line(steps, {
            x: 'x',
            y: 'y',
            curve: 'step-after',
            stroke: colour,
            strokeWidth: 2,
            ...(dash !== '' && { strokeDasharray: dash }),
          }),
        ]
      }),
    }),
  })
}

/** Before its first step everybody is there. */
function fromTheStart(
  points: readonly (readonly [x: number, y: number, low?: number, high?: number])[],
): readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[] {
  const steps = points.map(([x, y, low = y, high = y]) => ({ x, y, low, high }))
  return (steps[0]?.x ?? 0) > 0 ? [{ x: 0, y: 1, low: 1, high: 1 }, ...steps] : steps
}
