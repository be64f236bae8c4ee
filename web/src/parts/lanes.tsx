import type { ReactElement } from 'react'
import type { TrialOverview } from '../../../src/server/api.ts'
import { inUnit, labelOf, number, visible } from '../say.ts'

const WIDTH = 1000
const HEIGHT = 54
/** Lanes that are drawn; the others are beside the transcript. */
const MOST = 3
/** Moments that are named. */
const MOMENTS = 6

interface LanesProps {
  readonly overview: TrialOverview
  readonly at: number
  readonly go: (seq: number) => void
  /** Of measures, by name: those are drawn first. */
  readonly units: Readonly<Record<string, string>>
}

/** Numbers of a trial over its events on one axis, and the moments at which something happened. Short trials have none. */
export function Lanes({ overview, at, go, units }: LanesProps): ReactElement | null {
  const { world, spent, marks, total } = overview
  const lanes = [...world.filter(({ name }) => name in units), ...spent, ...world]
    .filter(
      (rail, place, all) => all.indexOf(rail) === place && new Set(rail.points.map(([, value]) => value)).size > 2,
    )
    .slice(0, MOST)
  if (lanes.length === 0 || total < 10) return null
  const x = (seq: number): number => (WIDTH * seq) / Math.max(1, total - 1)
  return (
    <section className="lanes" aria-label="Timeline">
      {lanes.map(({ name, points }) => {
        const values = points.map(([, value]) => value)
        const [low, high] = [Math.min(0, ...values), Math.max(...values)]
        const y = (value: number): number => HEIGHT - 3 - ((HEIGHT - 6) * (value - low)) / Math.max(1e-9, high - low)
        const now = points.findLast(([seq]) => seq <= at)?.[1]
        const steps = points.flatMap(([seq, value], index) => {
          const before = points[index - 1]
          return [...(before === undefined ? [] : [`${x(seq)},${y(before[1])}`]), `${x(seq)},${y(value)}`]
        })
        return (
          <div key={name} className="lane">
            <span className="lane-name">
              {visible(labelOf(name))}
              <span className="under">{now === undefined ? '' : inUnit(now, units[name])}</span>
            </span>
            <svg
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${labelOf(name)} from ${inUnit(values[0] ?? 0, units[name])} to ${inUnit(values.at(-1) ?? 0, units[name])}`}
              onClick={(event) => {
                const { left, width } = event.currentTarget.getBoundingClientRect()
                go(Math.round(((event.clientX - left) / Math.max(1, width)) * (total - 1)))
              }}
            >
              <polygon
                points={`0,${y(low)} ${steps.join(' ')} ${x(points.at(-1)?.[0] ?? 0)},${y(low)}`}
                className="lane-area"
              />
              <polyline points={steps.join(' ')} className="lane-line" vectorEffect="non-scaling-stroke" />
              <line x1={x(at)} x2={x(at)} y1="0" y2={HEIGHT} className="lane-now" vectorEffect="non-scaling-stroke" />
            </svg>
            <span className="under">{inUnit(high, units[name])}</span>
          </div>
        )
      })}
      <ol className="moments">
        {momentsOf(marks).map(({ seq, type, label }) => (
          <li key={seq}>
            <button type="button" className="link" aria-label={`Event ${seq}: ${type}`} onClick={() => go(seq)}>
              event {number(seq)}
            </button>
            <b>{visible(type.replaceAll('.', ' '))}</b>
            <span className="under">{visible(label)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The first mark of each kind and the last of all, in order. */
function momentsOf(marks: TrialOverview['marks']): TrialOverview['marks'] {
  const first = [...Map.groupBy(marks, ({ type }) => type).values()].flatMap(([mark]) => mark ?? [])
  const last = marks.at(-1)
  const all = [...new Set([...first, ...(last === undefined ? [] : [last])])]
  return all.toSorted((a, b) => a.seq - b.seq).slice(0, MOMENTS)
}
