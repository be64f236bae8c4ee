// How often the intervals of the horizon study hold what its planted workers are known to be:
//   node bench/recovered.ts [seeds]     default 1,000
import type { Outcome } from '../src/record/index.ts'
import { chanceAt, lengthCurve, lengthHorizon } from '../src/stats/index.ts'
import { horizon } from '../src/studies/horizon/index.ts'
import { erring, logistic } from '../src/studies/work/index.ts'
import type { Study, Task } from '../src/study/index.ts'
import type { WorkspaceTask } from '../src/world/index.ts'

const LENGTHS = [1, 2, 4, 8, 16, 32]
const TASKS = 20

/** One planted worker's trials of one seed, as the study would have them: 6 lengths of 20 tasks. */
function trialsOf(worker: 'logistic' | 'erring', seed: string): readonly Outcome[] {
  const maker = { logistic: logistic(8), erring: erring(0.05) }[worker]
  return LENGTHS.flatMap((steps) => {
    const work: WorkspaceTask = {
      id: '',
      family: 'references',
      steps,
      instruction: '',
      files: {},
      facts: [],
      solution: Array.from({ length: steps }, () => ({ tool: 'read', input: {} })),
      check: () => ({ score: 0, parts: {} }),
    }
    return Array.from({ length: TASKS }, (_, task): Outcome => {
      const mind = maker(work, { task: horizonTask, cell: {}, seed: `${seed}/${steps}/${task}` })
      let done = 0
      while (done < steps && mind.next({ at: done, work, sees: () => true }) !== undefined) done++
      return {
        trial: '',
        agent: `control/${worker}`,
        control: true,
        cell: { ...standardCell(horizon), family: work.family, length: String(steps) },
        task: `${steps}/${task}`,
        repeat: 0,
        seed,
        status: 'completed',
        stop: 'submitted',
        values: { success: done === steps ? 1 : 0, score: done / steps, steps, price: 0 },
        turns: done + 1,
        usage: {},
        cost: { type: 'known', dollars: 0 },
        snapshots: [],
        events: 0,
        times: { startedAt: 0, wallMs: 0, workingMs: 0 },
      }
    })
  })
}

const horizonTask = taskOf(horizon)

function standardCell({ factors }: Study): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(factors).map(([name, { standard }]) => [name, standard[0] ?? '']))
}

/** Some task of the study: a worker must be made for one. */
function taskOf(study: Study): Task {
  const [task] = study.tasks(standardCell(study), 'bench')
  if (task === undefined) throw new Error('the study has no task in its standard cell')
  return task
}

/** Share of seeds whose interval holds the known value, by quantity. A seed without an interval counts as a miss. */
export function recovered(seeds: number): ReadonlyMap<string, { readonly known: number; readonly held: number }> {
  const found = new Map<string, { known: number; held: number }>()
  for (const worker of ['logistic', 'erring'] as const) {
    const finds = horizon.controls[worker]?.finds ?? {}
    const analyses = horizon.findings.filter(({ name }) => /^(horizon\(success by steps|hazard)/.test(name))
    for (let seed = 0; seed < seeds; seed++) {
      const rows = trialsOf(worker, `recovered ${seed}`)
      for (const analysis of analyses) {
        const made = analysis.run({ rows, measures: horizon.outcome, varied: ['length'], level: 0.95, seed: 's' })
        for (const { quantity, conditions, estimate } of made) {
          const said = finds[quantity]?.(conditions, rows)
          const known = typeof said === 'object' && said.type === 'exactly' ? said.value : said
          if (typeof known !== 'number') continue
          const key = `${worker}: ${quantity}`
          const entry = found.get(key) ?? { known, held: 0 }
          found.set(key, entry)
          const { low, high } = estimate.type === 'estimate' ? estimate.interval : { low: NaN, high: NaN }
          if (low <= known && known <= high) entry.held++
        }
      }
    }
  }
  return new Map([...found].map(([key, { known, held }]) => [key, { known, held: held / seeds }]))
}

/** What the logistic curve says of a worker with a constant hazard, had it endless tasks, beside what is true. */
export function misfit(hazard: number): { readonly rate: number; readonly true: number; readonly logistic: number }[] {
  const curve = lengthCurve(LENGTHS.map((length) => ({ length, score: (1 - hazard) ** length, task: length })))
  return [0.5, 0.8].map((rate) => {
    const found = lengthHorizon(curve, rate)
    return { rate, true: Math.log(rate) / Math.log1p(-hazard), logistic: found.value ?? NaN }
  })
}

/** The furthest that the logistic curve strays from the truth at any of the lengths. */
export function worstMisfit(hazard: number): number {
  const { fit } = lengthCurve(LENGTHS.map((length) => ({ length, score: (1 - hazard) ** length, task: length })))
  return fit === undefined ? NaN : Math.max(...LENGTHS.map((at) => Math.abs(chanceAt(fit, at) - (1 - hazard) ** at)))
}

if (import.meta.main) {
  const seeds = Number(process.argv[2] ?? 1_000)
  console.log(
    `${seeds} seeds, ${LENGTHS.length} lengths of ${TASKS} tasks; share of 95% intervals that hold the known value`,
  )
  for (const [name, { known, held }] of recovered(seeds))
    console.log(`  ${held.toFixed(3)}  ${name}, known ${Number(known.toPrecision(4))}`)
  console.log('What a logistic curve makes of a constant hazard, lengths 1 to 32')
  for (const hazard of [0.02, 0.05, 0.1, 0.2]) {
    const said = misfit(hazard).map(
      (each) => `h${100 * each.rate} ${each.true.toFixed(2)} read as ${each.logistic.toFixed(2)}`,
    )
    console.log(
      `  hazard ${hazard}: ${said.join(', ')}; furthest from the truth ${(100 * worstMisfit(hazard)).toFixed(1)} points`,
    )
  }
}
