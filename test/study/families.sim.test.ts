import { expect, test } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import { cents, pairedDifference, proportion } from '../../src/findings/index.ts'
import { randomFrom } from '../../src/record/index.ts'
import { normalQuantile } from '../../src/stats/index.ts'
import { defineStudy, levels, type Study } from '../../src/study/index.ts'
import { read } from '../compare/reads.ts'

const ARMS = ['none', 'a', 'b', 'c', 'd', 'e'] as const
const REPLICATES = 600

/** Five arms against one, over shops of a seed or over behaviours, as vending and breach compare. */
function armsStudy(unit: 'money' | 'share'): Study {
  const tasks = unit === 'money' ? 1 : 24
  return defineStudy({
    name: 'arms',
    question: 'Which arm?',
    factors: { arm: levels(...ARMS).default(...ARMS) },
    outcome: { made: cents(), broken: proportion() },
    repeats: unit === 'money' ? 8 : 1,
    tasks: () =>
      Array.from({ length: tasks }, (_, index) => ({
        id: `task-${index}`,
        scaffold: plainScaffold,
        limits: { turns: 1 },
        measure: () => ({ made: 0, broken: 0 }),
      })),
    controls: {},
    findings: (['a', 'b', 'c', 'd', 'e'] as const).map((to) =>
      pairedDifference(unit === 'money' ? 'made' : 'broken', {
        factor: 'arm',
        from: 'none',
        to,
        pair: unit === 'money' ? 'seed' : 'task',
      }),
    ),
  })
}

/** All arms are alike: what a seed or a task has of its own is the same in all, and every trial adds something of its own. */
const MATERIAL: Readonly<Record<string, (common: number, own: number) => number>> = {
  'normal money': (common, own) => 1_000 + 100 * normalQuantile(common) + 200 * normalQuantile(own),
  'skewed money': (common, own) => 1_000 * Math.exp(0.5 * normalQuantile(common) + normalQuantile(own)),
  shares: (common, own) => (own < 0.2 + 0.4 * common ? 1 : 0),
}

test.each(Object.entries(MATERIAL))(
  'of five comparisons in which nothing differs, any is found in at most one of twenty runs: %s',
  (name, draw) => {
    const unit = name === 'shares' ? 'share' : 'money'
    const study = armsStudy(unit)
    let [alone, byInterval, byP] = [0, 0, 0]
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      const uniform = (...parts: readonly (string | number)[]): number =>
        Math.min(1 - 1e-9, Math.max(1e-9, randomFrom(name, replicate, ...parts)()))
      const { reading } = read({
        run: `r${replicate}`,
        study,
        models: ['test/a'],
        values: ({ cell, task, seed }) => {
          const value = draw(uniform(task, seed), uniform(task, seed, cell['arm'] ?? ''))
          return { made: value, broken: unit === 'share' ? value : 0 }
        },
      })
      const found = reading.findings
      alone += Number(found.some(({ estimate }) => estimate.type === 'estimate' && leavesOut(estimate.interval)))
      byInterval += Number(found.some(({ corrected }) => corrected?.interval && leavesOut(corrected.interval)))
      byP += Number(found.some(({ corrected }) => (corrected?.holmP ?? 1) <= 0.05))
    }
    const rate = (times: number): number => times / REPLICATES
    console.log(
      `${name}: uncorrected ${rate(alone).toFixed(3)}, simultaneous intervals ${rate(byInterval).toFixed(3)}, Holm ${rate(byP).toFixed(3)} (${REPLICATES} runs)`,
    )
    const error = 3 * Math.sqrt((0.05 * 0.95) / REPLICATES)
    expect(rate(byInterval)).toBeLessThanOrEqual(0.05 + error)
    expect(rate(byP)).toBeLessThanOrEqual(0.05 + error)
    // Uncorrected it would be found far more often: the test tells the two apart.
    expect(rate(alone)).toBeGreaterThan(0.09)
  },
  300_000,
)

function leavesOut({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return low > 0 || high < 0
}
