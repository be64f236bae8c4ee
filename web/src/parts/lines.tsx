import type { ReactElement } from 'react'
import type { SaidFinding } from '../../../src/server/api.ts'
import { number, visible } from '../say.ts'
import { Mark, useLook } from './agent.tsx'

const WIDTH = 480
const HEIGHT = 250
const BOX = { left: 44, right: 112, top: 12, bottom: 34 } as const
/** Lines that one figure tells apart. */
const MOST = 6
/** Pixels between two labels. */
const APART = 14

interface Line {
  readonly agent: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** Agents' findings that were measured along something: spend, length, time. Of several such quantities the first. */
export function curvesOf(findings: readonly SaidFinding[]): readonly SaidFinding[] {
  const curves = findings.filter(({ finding: { figure, subject } }) => {
    const isCurve = figure?.kind === 'curve' || figure?.kind === 'lengths'
    return isCurve && subject.type === 'model' && figure.points.length > 1
  })
  return curves.filter(({ finding }) => finding.quantity === curves[0]?.finding.quantity)
}

/** A line an agent, its name at its end, shares from zero. */
export function Lines({
  title,
  findings,
}: {
  readonly title: string
  readonly findings: readonly SaidFinding[]
}): ReactElement {
  const lookOf = useLook()
  const lines = findings
    .slice(0, MOST)
    .flatMap(({ finding: { figure, conditions } }): readonly Line[] =>
      figure === undefined ? [] : [{ agent: conditions['agent'] ?? '', points: figure.points.map(([x, y]) => [x, y]) }],
    )
  const figure = findings[0]?.finding.figure
  const doubles = figure?.kind === 'lengths'
  const all = lines.flatMap(({ points }) => points)
  const scaled = (value: number): number => (doubles ? Math.log2(Math.max(value, 0.5)) : value)
  const [from, to] = [Math.min(...all.map(([x]) => scaled(x))), Math.max(...all.map(([x]) => scaled(x)))]
  const top = Math.max(1, ...all.map(([, y]) => y))
  const x = (value: number): number =>
    BOX.left + ((WIDTH - BOX.left - BOX.right) * (scaled(value) - from)) / Math.max(1e-9, to - from)
  const y = (value: number): number => HEIGHT - BOX.bottom - ((HEIGHT - BOX.top - BOX.bottom) * value) / top
  const feet = ticksIn([...new Set(all.map(([foot]) => foot))].toSorted((a, b) => a - b))
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${title}: ${lines.map(textOf).join('; ')}`}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line className="tick" x1={BOX.left} x2={WIDTH - BOX.right} y1={y(share * top)} y2={y(share * top)} />
          <text x={BOX.left - 8} y={y(share * top) + 4} textAnchor="end">
            {top === 1 ? `${100 * share}%` : number(share * top)}
          </text>
        </g>
      ))}
      {feet.map((foot) => (
        <text key={foot} x={x(foot)} y={HEIGHT - BOX.bottom + 18} textAnchor="middle">
          {number(foot)}
        </text>
      ))}
      {figure !== undefined && (
        <text x={WIDTH - BOX.right} y={HEIGHT - 2} textAnchor="end">
          {visible(figure.x)}
        </text>
      )}
      {lines.map((line) => (
        <polyline
          key={line.agent}
          points={pathOf(line, doubles, x, y)}
          fill="none"
          stroke={lookOf(line.agent).colour}
          strokeWidth={2.25}
          strokeLinejoin="round"
        />
      ))}
      {labelled(lines, y).map(({ line, at, end: [endX, endY] }) => (
        <g key={line.agent}>
          <Mark look={lookOf(line.agent)} x={x(endX)} y={y(endY)} />
          <text className="label" x={x(endX) + 10} y={at + 4}>
            {visible(line.agent)}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** A share over spend goes up in steps; shares at lengths are joined. */
function pathOf(
  { points }: Line,
  isJoined: boolean,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return points
    .flatMap(([foot, value], index) => {
      const before = points[index - 1]
      const step = isJoined || before === undefined ? [] : [`${x(foot)},${y(before[1])}`]
      return [...step, `${x(foot)},${y(value)}`]
    })
    .join(' ')
}

/** Labels at the ends of lines, moved apart where they would cover each other. */
function labelled(
  lines: readonly Line[],
  y: (value: number) => number,
): readonly { readonly line: Line; readonly at: number; readonly end: readonly [x: number, y: number] }[] {
  const ends = lines
    .flatMap((line) => {
      const end = line.points.at(-1)
      return end === undefined ? [] : [{ line, end }]
    })
    .toSorted((a, b) => b.end[1] - a.end[1])
  let last = -Infinity
  return ends.map(({ line, end }) => {
    last = Math.max(y(end[1]), last + APART)
    return { line, end, at: last }
  })
}

/** At most five of the places that were measured. */
function ticksIn(feet: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.ceil(feet.length / 5))
  return feet.filter((_, index) => index % step === 0 || index === feet.length - 1)
}

function textOf({ agent, points }: Line): string {
  const end = points.at(-1)
  return end === undefined ? agent : `${agent} ends at ${number(end[1])} at ${number(end[0])}`
}
