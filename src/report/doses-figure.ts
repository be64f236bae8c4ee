import { AssayError } from '../assay-error.ts'
import type { Finding, Unit } from '../findings/index.ts'
import { lookOf, strokeOf, type Look } from './look.ts'
import { plain } from './plain.ts'
import { draw, uprightAxis } from './svg.ts'
import { conditionsText, estimateText, tickText } from './values.ts'

/** One plot of the figure: findings by quantity, each a line a group. */
export interface DosePanel {
  readonly y: string
  readonly lines: readonly { readonly quantity: string; readonly name: string }[]
}

export interface DosesFigureOptions {
  /** Whose levels, read as numbers, run along the foot. */
  readonly factor: string
  readonly title: string
  readonly panels: readonly DosePanel[]
}

/** Pixels, the height a panel's. */
const WIDTH = 640
const HEIGHT = 220

interface Line extends Pick<Look, 'colour' | 'dash'> {
  readonly label: string
  readonly unit: Unit
  readonly points: readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[]
  readonly findings: readonly Finding[]
}

/**
 * Findings against the levels of a factor that are numbers, with their intervals: effect above, cost below. Real agents
 * are drawn; controls only where there is nobody else.
 *
 * @throws AssayError `study/unlike-findings` where no finding belongs into it
 */
export async function dosesFigure(findings: readonly Finding[], options: DosesFigureOptions): Promise<string> {
  const wanted = new Set(options.panels.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)))
  const own = findings.filter(({ quantity }) => wanted.has(quantity))
  const real = own.filter(({ subject }) => subject.type !== 'control')
  const shown = real.length > 0 ? real : own
  const groupOf = groupText(shown, options.factor)
  const groups = [...new Set(shown.map(groupOf))]
  const panels = options.panels.map(({ y, lines }) => ({
    y,
    lines: lines.flatMap(({ quantity, name }, kind) =>
      linesOf(
        shown.filter((finding) => finding.quantity === quantity),
        options.factor,
        name,
        kind,
        groups,
        groupOf,
      ),
    ),
  }))
  if (panels.every(({ lines }) => lines.length === 0)) {
    throw new AssayError(
      'study/unlike-findings',
      `There is nothing to draw against ${options.factor}: no finding has it as a number. Run two of its levels or more.`,
    )
  }
  const xs = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ x }) => x)))
  const drawn = await Promise.all(panels.map(({ y, lines }) => drawPanel(options, y, lines, xs)))
  const heights = drawn.map((svg) => Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)?.[1] ?? HEIGHT))
  let top = 0
  const stacked = drawn.map((svg, i) => {
    const placed = svg.replace(/^<svg /, `<svg y="${top}" `)
    top += heights[i] ?? HEIGHT
    return placed
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}">${stacked.join('')}</svg>`
}

/** What tells the groups of a figure apart: conditions that differ among its findings, but for the one along its foot. */
function groupText(findings: readonly Finding[], factor: string): (finding: Finding) => string {
  const names = [...new Set(findings.flatMap(({ conditions }) => Object.keys(conditions)))].filter(
    (name) => name !== factor && new Set(findings.map(({ conditions }) => conditions[name])).size > 1,
  )
  return ({ conditions }) => conditionsText(Object.fromEntries(names.map((name) => [name, conditions[name] ?? ''])))
}

function linesOf(
  findings: readonly Finding[],
  factor: string,
  name: string,
  kind: number,
  groups: readonly string[],
  groupOf: (finding: Finding) => string,
): readonly Line[] {
  return [...Map.groupBy(findings, groupOf)].flatMap(([group, own]): Line[] => {
    const points = own
      .flatMap((finding) => {
        const { estimate, conditions } = finding
        const x = Number(conditions[factor])
        const y = estimate.value
        if (y === undefined || !Number.isFinite(x)) return []
        const { low, high } = estimate.type === 'estimate' ? estimate.interval : { low: y, high: y }
        return [{ x, y, low, high }]
      })
      .toSorted((a, b) => a.x - b.x)
    const [first] = own
    if (points.length === 0 || first === undefined) return []
    return [
      {
        label: group === '' ? name : `${name}, ${group}`,
        unit: first.unit,
        points,
        findings: own,
        // Colour tells the group, the dash tells what is drawn of it.
        colour: lookOf(groups.indexOf(group)).colour,
        dash: lookOf(kind).dash,
      },
    ]
  })
}

function drawPanel(
  { factor, title }: DosesFigureOptions,
  y: string,
  lines: readonly Line[],
  xs: readonly number[],
): Promise<string> {
  const unit = lines[0]?.unit ?? 'score'
  return draw({
    title: `${title}: ${y}`,
    description: lines
      .map(
        ({ label, findings }) =>
          `${label}: ${findings.map((each) => `${each.conditions[factor] ?? ''} ${estimateText(each)}`).join(', ')}`,
      )
      .join('. '),
    width: WIDTH,
    height: HEIGHT + 16 * lines.length,
    legend: lines.map(({ label, colour, dash }) => ({ name: label, colour, dash })),
    plot: (plot) => ({
      marginLeft: 72,
      marginBottom: 36,
      x: {
        label: plain(factor),
        labelArrow: 'none',
        domain: [Math.min(...xs), Math.max(...xs)],
        ticks: [...new Set(xs)],
        tickFormat: String,
      },
      y: { zero: true, ...uprightAxis(y, 5, (value) => tickText(value, unit)) },
      marks: lines.flatMap(({ points, ...look }) => [
        plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: look.colour, strokeOpacity: 0.6, strokeWidth: 3 }),
        plot.line(points, { x: 'x', y: 'y', ...strokeOf(look, 1.5) }),
        plot.dot(points, { x: 'x', y: 'y', fill: look.colour, r: 3 }),
      ]),
    }),
  })
}
