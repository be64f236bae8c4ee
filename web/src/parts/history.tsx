import type { ReactElement } from 'react'
import type { RunRow } from '../../../src/server/api.ts'
import { Agent, Mark, useLook } from './agent.tsx'

const WIDTH = 110
const HEIGHT = 26
/** Agents that are drawn. */
const MOST = 3

/** The first number of each agent's answers over the runs of a study, oldest first; nothing where there is one run alone. */
export function History({ rows }: { readonly rows: readonly RunRow[] }): ReactElement | null {
  const lookOf = useLook()
  const [newest] = rows.flatMap(({ glance }) => glance?.spark ?? [])
  const points = rows
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .flatMap(({ glance }) => (glance?.spark?.quantity === newest?.quantity ? (glance?.spark?.marks ?? []) : []))
  const lines = [...Map.groupBy(points, ({ agent }) => agent)].filter(([, own]) => own.length > 1).slice(0, MOST)
  if (lines.length === 0) return null
  const values = lines.flatMap(([, own]) => own.map(({ value }) => value))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const y = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - 4 - ((HEIGHT - 8) * (value - low)) / (high - low)
  return (
    <div className="history">
      {lines.map(([agent, own]) => {
        const look = lookOf(agent)
        const x = (index: number): number => 4 + ((WIDTH - 12) * index) / (own.length - 1)
        return (
          <span key={agent}>
            <span className="small">
              <Agent name={agent} /> <span className="quiet">over {own.length} runs</span>
            </span>
            <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`${agent} over ${own.length} runs`}>
              <polyline
                points={own.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')}
                fill="none"
                stroke={look.colour}
                strokeWidth={2}
              />
              <Mark look={look} x={x(own.length - 1)} y={y(own.at(-1)?.value ?? 0)} />
            </svg>
          </span>
        )
      })}
    </div>
  )
}
