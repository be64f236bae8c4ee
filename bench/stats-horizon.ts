import { randomFrom } from '../src/record/index.ts'
import { horizons, type HorizonRun, type Random } from '../src/stats/index.ts'

/**
 * Runs of agents with known horizons: 15 agents × 170 tasks × 6 runs by default, the size of METR's public data. Tasks
 * lie in 34 families from seconds to days; agent i has h50 = 2^(i − 3) minutes and slope −0.6.
 */
export function plantedRuns(random: Random, agents = 15, tasks = 170, repeats = 6): readonly HorizonRun[] {
  const runs: HorizonRun[] = []
  for (let task = 0; task < tasks; task += 1) {
    const x = -4 + 15 * random()
    for (let agent = 0; agent < agents; agent += 1) {
      const chance = 1 / (1 + Math.exp(0.6 * (x - (agent - 3))))
      for (let run = 0; run < repeats; run += 1) {
        runs.push({ agent, task, family: Math.floor(task / 5), minutes: 2 ** x, score: random() < chance ? 1 : 0 })
      }
    }
  }
  return runs
}

/** Milliseconds for fits and 1,000 nested bootstrap replicates of all agents, on one core. */
export function measureHorizons(replicates = 1_000): {
  readonly runs: number
  readonly replicates: number
  readonly ms: number
} {
  const runs = plantedRuns(randomFrom('bench', 'horizon'))
  const started = performance.now()
  horizons(runs, { random: randomFrom('bench', 'bootstrap'), replicates })
  return { runs: runs.length, replicates, ms: performance.now() - started }
}

if (import.meta.main) console.log(measureHorizons())
