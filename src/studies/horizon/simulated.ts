import type { Simulation } from '../../study/index.ts'
import { logisticChance } from '../work/index.ts'

/** What the simulated agents do at half of their tasks. */
const HALF = 8

/** How far agents get, and what a way of keeping the context, a scaffold or worked examples change, on drawn agents. */
export const simulated: readonly Simulation[] = [
  {
    quantity: 'h50(success by steps)',
    title: `length horizon h50 other than ${HALF} steps, one agent`,
    none: HALF,
    effects: [10, 12, 16, 20, 24, 32, 48],
    assumes: 'success is logistic in log2 of the length',
    draw: ({ cell, task }, effect, uniform) => ({
      success: uniform(task) < logisticChance(Number(cell['length']), effect) ? 1 : 0,
      steps: Number(cell['length']),
    }),
  },
  loses('compaction', ['none', 'trim', 'clear', 'summary', 'notes']),
  loses('scaffold', ['plain', 'plan', 'notes']),
  loses('examples', ['none', 'two']),
]

/** Every level but the first loses some of the successes of the first. */
function loses(factor: string, levels: readonly [string, string, ...string[]]): Simulation {
  const [from, to] = levels
  return {
    quantity: `difference(success: ${factor} ${from} → ${to})`,
    title: `${factor}: tasks lost by ${to} against ${from}`,
    set: { [factor]: levels },
    none: 0,
    effects: [0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2],
    assumes: `h50 at ${HALF} steps; ${levels.length - 1 === 1 ? 'the other level loses' : 'the other levels each lose'} as many`,
    draw: ({ cell, task }, effect, uniform) => {
      const chance = logisticChance(Number(cell['length']), HALF)
      const done = uniform(task) < chance
      // Lost at random among what was done: about three fifths of the standard lengths.
      const lost = cell[factor] !== from && uniform(task, cell[factor] ?? '') < effect / MEAN
      return { success: done && !lost ? 1 : 0, steps: Number(cell['length']) }
    },
  }
}

/** Share of tasks of the standard lengths that an agent with this horizon finishes. */
const MEAN = [1, 2, 4, 8, 16, 32].reduce((sum, length) => sum + logisticChance(length, HALF), 0) / 6
