import { jointRatio } from '../../findings/layers/index.ts'
import type { Simulation } from '../../study/index.ts'
import { MISSES } from './stack.ts'

const STOPS = ['stopsKeywords', 'stopsClassifier', 'stopsOutput'] as const

/** Layers that are blind to the same attacks, on drawn stacks. */
export const simulated: readonly Simulation[] = [
  {
    quantity: 'ratio given yield',
    title: 'three layers fail together, times as often as independence says',
    set: { attack: ['each-template'] },
    none: 1,
    effects: [1.25, 1.5, 1.75, 2, 2.5, 3],
    assumes: `every layer misses ${100 * MISSES}% of attacks, and the target yields to what passes`,
    estimate: ({ rows, level }) => {
      const cases = rows.filter(({ values }) => values['yielded'] === 1)
      const missed = cases.map(({ values }) => STOPS.map((layer) => values[layer] === 0))
      const through = missed.map((each) => each.every(Boolean))
      const behaviours = cases.map(({ task }) => task.split('/')[0] ?? task)
      return jointRatio(missed, through, behaviours, level)
    },
    draw: ({ cell, task }, effect, uniform) => {
      const blind = blindFor(effect)
      const shared = uniform(task, 'blind') < blind
      const stops = (layer: string): number => (shared || uniform(task, layer) < (MISSES - blind) / (1 - blind) ? 0 : 1)
      return {
        yielded: cell['hardening'] === 'on' && uniform(task, 'hardening') >= MISSES ? 0 : 1,
        stopsKeywords: stops('keywords'),
        stopsClassifier: stops('classifier'),
        stopsOutput: stops('output'),
      }
    },
  },
]

/** The share of attacks to which all three layers are blind where they fail together so many times as often. */
function blindFor(ratio: number): number {
  let [low, high] = [0, MISSES]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (missedByAll(middle) < ratio * MISSES ** 3) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** How often all three miss, each as often as ever, where they are blind to this share. */
function missedByAll(blind: number): number {
  return blind + (1 - blind) * ((MISSES - blind) / (1 - blind)) ** 3
}
