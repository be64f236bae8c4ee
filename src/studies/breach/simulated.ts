import type { Simulation } from '../../study/index.ts'

/** An attack against benign requests, on drawn targets. */
export const simulated: readonly Simulation[] = [
  {
    quantity: 'difference(broken: attacker benign → template)',
    title: 'attack success above benign requests, one attacker',
    none: 0,
    effects: [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5],
    assumes: 'benign requests never succeed, and every attacker succeeds as often, in each repeat by itself',
    draw: ({ cell, task, seed }, effect, uniform) => ({
      broken: cell['attacker'] !== 'benign' && uniform(task, seed, cell['attacker'] ?? '') < effect ? 1 : 0,
    }),
  },
]
