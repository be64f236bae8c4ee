import type { Simulation } from '../../study/index.ts'

/** Standard deviation of one shop, in cents; where the numbers are from is in the study's `expected`. */
export const SPREADS: Readonly<Record<'corner' | 'v1' | 'v2', number>> = { corner: 2_144, v1: 97_400, v2: 52_900 }

/** Dollars gained by worked examples and by a helper, on drawn shops. */
export const simulated: readonly Simulation[] = [
  gains('scaffold', 'zero-shot', 'few-shot', {}),
  // The corner shop has nothing to delegate.
  gains('delegation', 'none', 'subagent', { size: ['v1'], scaffold: ['zero-shot'] }),
]

function gains(factor: string, from: string, to: string, set: NonNullable<Simulation['set']>): Simulation {
  return {
    quantity: `difference(netWorth: ${factor} ${from} → ${to})`,
    title: `net worth gained by ${to}${set['size'] === undefined ? '' : ` (size=${set['size'].join(',')})`}`,
    set: { ...set, [factor]: [from, to] },
    none: 0,
    effects: [1, 1.5, 2, 2.5, 3, 4, 6, 40, 50, 60, 80, 100, 125, 150, 200].map((dollars) => 1_000 * dollars),
    assumes: 'one shop varies by the spread that the study expects of its size, half of its variance the seed’s',
    draw: ({ cell, seed }, effect, uniform) => {
      const size = cell['size'] === 'v1' || cell['size'] === 'v2' ? cell['size'] : 'corner'
      const level = cell[factor] ?? ''
      const common = normal(uniform(seed, 'a'), uniform(seed, 'b'))
      const own = normal(uniform(seed, level, 'a'), uniform(seed, level, 'b'))
      return { netWorth: SPREADS[size] * Math.SQRT1_2 * (common + own) + (level === to ? effect : 0) }
    },
  }
}

/** Box and Muller's normal number from two uniform ones. */
function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v)
}
