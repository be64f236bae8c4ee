import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
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

/** Replicates for the comparison: enough to time, few enough to wait for. */
const COMPARED = 20

/** The same fits by scikit-learn, where Python has it: milliseconds that those of 1,000 replicates would take, from twenty, without the drawing. */
export function measureScikitLearn():
  | { readonly type: 'measured'; readonly version: string; readonly ms: number }
  | { readonly type: 'skipped'; readonly why: string } {
  const runs = plantedRuns(randomFrom('bench', 'horizon')).map(({ agent, task, family, minutes, score }) => [
    agent,
    task,
    family,
    minutes,
    score,
  ])
  const script = fileURLToPath(new URL('./horizon_sklearn.py', import.meta.url))
  const done = spawnSync('python3', [script], {
    input: JSON.stringify({ runs, replicates: COMPARED }),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    // One core, as ours has: more threads than cores would slow it down.
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  if (done.status !== 0)
    return {
      type: 'skipped',
      why: `python3 with scikit-learn does not answer: ${done.stderr.trim().split('\n').at(-1) || (done.error?.message ?? '')}`,
    }
  const { version, ms, replicates } = z
    .object({ version: z.string(), ms: z.number(), replicates: z.number() })
    .parse(JSON.parse(done.stdout))
  return { type: 'measured', version, ms: (ms / replicates) * 1000 }
}

if (import.meta.main) console.log(measureHorizons(), measureScikitLearn())
