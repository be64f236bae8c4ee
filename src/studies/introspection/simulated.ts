import type { Simulation } from '../../study/index.ts'

/** Noticing, on drawn models. */
export const simulated: readonly Simulation[] = [
  {
    quantity: 'difference(saidYes: nothing injected → injected)',
    title: 'says that it notices something: injected above not',
    none: 0,
    effects: [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5],
    assumes: 'it never says so where nothing was put in',
    draw: ({ cell, task, seed }, effect, uniform) => {
      const injected = uniform('lot', task, seed, cell['strength'] ?? '') < 0.5
      return {
        injected: injected ? 1 : 0,
        saidYes: injected && uniform('says', task, seed, cell['strength'] ?? '') < effect ? 1 : 0,
      }
    },
  },
]
