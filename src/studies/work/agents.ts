import { variedIn } from '../../findings/index.ts'
import type { Outcome } from '../../record/index.ts'

/**
 * What a row's agent is called in a table whose audit knows agents and no factors: the agent, with the level of each
 * factor that varies among these rows. Without it, one agent under two compactions would be read as one with repeats.
 *
 * @param pooled factors over which an audit's numbers are taken
 */
export function agentsApart(rows: readonly Outcome[], pooled: readonly string[]): (row: Outcome) => string {
  const varies = variedIn(rows).filter((name) => !pooled.includes(name))
  return (row) => [row.agent, ...varies.map((name) => `${name}=${row.cell[name] ?? ''}`)].join(', ')
}
