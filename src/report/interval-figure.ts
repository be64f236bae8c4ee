import { AssayError } from '../assay-error.ts'
import type { Finding } from '../findings/index.ts'
import { flagsOf } from './line.ts'
import { lookOf } from './look.ts'
import { plain, shortened } from './plain.ts'
import { draw } from './svg.ts'
import { axisOf, placeOf, rowLabels, type Threshold } from './rows.ts'
import { estimateText, tickText } from './values.ts'

export interface IntervalFigureOptions {
  /** Unique in its page. */
  readonly id?: string
  readonly title?: string
  /** Drawn as a line, or as two. */
  readonly threshold?: Threshold
  /** The finding that a claim rests on. */
  readonly highlight?: Finding
  /** Pixels. Default 640. */
  readonly width?: number
}

const ROW = 22

/**
 * Estimates with their intervals on one axis, a row a finding: real agents filled, controls hollow, uncalibrated ones
 * dashed. A bound that is not finite runs to the edge; a value without
 * an interval is a lone dot.
 *
 * @throws AssayError `study/unlike-findings` when there are none, or their units differ
 */
export async function intervalFigure(
  findings: readonly Finding[],
  options: IntervalFigureOptions = {},
): Promise<string> {
  const unit = unitOf(findings)
  const { width = 640, threshold, highlight } = options
  const labels = rowLabels(findings)
  const axis = axisOf(findings, threshold)
  const inside = (value: number): number => Math.min(axis.high, Math.max(axis.low, value))
  const rows = findings.map((finding, index) => {
    const place = placeOf(finding)
    return {
      row: String(index),
      control: finding.subject.type === 'control',
      dashed: flagsOf(finding).length > 0,
      thick: finding === highlight,
      ...(place !== undefined && { value: inside(place.value), low: inside(place.low), high: inside(place.high) }),
    }
  })
  const drawn = rows.filter((row) => row.value !== undefined)
  const longest = Math.min(MOST_LABEL, Math.max(...labels.map((label) => label.length)))
  const { colour } = lookOf(0)
  const title = options.title ?? [...new Set(findings.map((finding) => plain(finding.title)))].join('; ')
  return draw({
    title,
    description: findings.map((finding, index) => `${labels[index] ?? ''}: ${describe(finding)}`).join('. '),
    ...(options.id !== undefined && { id: options.id }),
    width,
    height: 60 + ROW * findings.length,
    plot: (plot) => ({
      marginLeft: 16 + longest * 6,
      marginRight: 24,
      marginBottom: 36,
      x: {
        domain: [axis.low, axis.high],
        label: title,
        labelAnchor: 'center',
        labelArrow: 'none',
        tickFormat: (value: number) => tickText(value, unit),
        ticks: 5,
      },
      y: {
        type: 'band',
        domain: rows.map(({ row }) => row),
        label: null,
        tickSize: 0,
        tickFormat: (row: string) => shortened(labels[Number(row)] ?? '', MOST_LABEL),
      },
      marks: [
        ...(axis.low < 0 && axis.high > 0 ? [plot.ruleX([0], { strokeOpacity: 0.35 })] : []),
        ...(threshold === undefined
          ? []
          : [plot.ruleX(threshold, { stroke: lookOf(1).colour, strokeWidth: 1.5, strokeDasharray: '4 3' })]),
        ...[false, true].map((dashed) =>
          plot.ruleY(
            drawn.filter((row) => row.dashed === dashed),
            {
              y: 'row',
              x1: 'low',
              x2: 'high',
              stroke: colour,
              strokeWidth: (row: (typeof rows)[number]) => (row.thick ? 4 : 2),
              ...(dashed && { strokeDasharray: '4 3' }),
            },
          ),
        ),
        plot.dot(drawn, {
          x: 'value',
          y: 'row',
          r: 4.5,
          stroke: colour,
          strokeWidth: 1.5,
          fill: (row: (typeof rows)[number]) => (row.control ? 'none' : colour),
        }),
        plot.text(
          rows.filter((row) => row.value === undefined),
          { x: axis.low, y: 'row', text: () => 'not estimable', textAnchor: 'start', dx: 4, fillOpacity: 0.75 },
        ),
      ],
    }),
  })
}

/** Letters of a row's name before its middle is left out. */
const MOST_LABEL = 44

/** The one unit of findings that share an axis. */
export function unitOf(findings: readonly Finding[]): Finding['unit'] {
  const units = [...new Set(findings.map((finding) => finding.unit))]
  const [unit] = units
  if (unit === undefined || units.length > 1) {
    throw new AssayError(
      'study/unlike-findings',
      `One figure shows findings of one unit; it was given ${units.length === 0 ? 'none' : units.join(' and ')}. Draw each quantity apart.`,
    )
  }
  return unit
}

function describe(finding: Finding): string {
  const { estimate } = finding
  const flags = flagsOf(finding)
  const flagged = flags.length === 0 ? '' : ` (${flags.join(', ')})`
  if (estimate.type !== 'estimate') return `${estimateText(finding)}${flagged}`
  const { low, high } = estimate.interval
  return `${estimateText(finding)}, from ${tickText(low, finding.unit)} to ${tickText(high, finding.unit)}${flagged}`
}
