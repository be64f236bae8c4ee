import { AssayError, reasonOf } from '../assay-error.ts'
import { runAgent, tighter, type AgentTask, type Ended, type Ending } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import { statedBelief, TEST_OR_USE } from '../probe/index.ts'
import type { BodyOf, JsonObject, Outcome } from '../record/index.ts'
import type { CarryEffects, Plan, PlannedTrial, Task } from '../study/index.ts'
import type { Measures } from '../findings/index.ts'
import type { Series, TrialWork } from './carry-trial.ts'
import { controlOf, PLANTED_MOST } from './planted.ts'

/**
 * A study's trial: its task, done by the agent or carried out in its own way, and the study's measures read off its end.
 *
 * @param partners models beside the agent, by their role
 */
export function studyTrial(
  trial: PlannedTrial,
  task: Task,
  model: Model,
  plan: Plan,
  partners: ReadonlyMap<string, Model>,
): TrialWork {
  const { study } = plan
  const { cell, repeat, seed } = trial
  const control = controlOf(trial)
  const beside = { partners, ...(control !== undefined && { control }) }
  return {
    model,
    start: { study: study.name, cell: { ...cell, agent: trial.agent }, task: trial.task, repeat, seed },
    async carry(effects) {
      let asked: Outcome['awareness']
      const onFork = (call: BodyOf<'model.call'>): void => {
        if (isStamped(trial, plan)) asked = askedIn(call)
      }
      const carried = await carryOut(task, given(trial, task, plan), { ...effects, ...beside, onFork })
      const ending = { ...carried.ending, ...(asked !== undefined && { awareness: asked }) }
      // What was asked nothing showed nothing: no measure of it is a failure of the agent's.
      const measured: Measured =
        ending.neverAsked === true ? { type: 'measured', ...NOTHING_READ } : measure(carried, study.outcome)
      if (measured.type === 'broken') effects.journal.record({ type: 'error', where: 'measure', message: measured.why })
      const { values, series } = measured.type === 'measured' ? measured : NOTHING_READ
      const explanation = measured.type === 'measured' ? measured.explanation : undefined
      effects.journal.record({
        type: 'grade',
        grader: `measure of ${study.name}`,
        values,
        ...(explanation !== undefined && { explanation }),
      })
      return measured.type === 'measured'
        ? { ...ending, values, series }
        : { ...ending, values, series, status: 'invalid', stop: `measure: ${measured.why}` }
    },
  }
}

/** Whether what is said in the fork belongs in the row: planted agents believe nothing. */
function isStamped({ control }: PlannedTrial, { request }: Plan): boolean {
  return request.awareness === true && !control
}

function askedIn({ output, usage, cost }: BodyOf<'model.call'>): NonNullable<Outcome['awareness']> {
  const words = output?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
  const read = statedBelief(words)
  const pTest = read?.pTest ?? undefined
  return { belief: read?.belief ?? 'no reply', ...(pTest !== undefined && { pTest }), usage, cost }
}

const NOTHING_READ: Pick<Extract<Measured, { type: 'measured' }>, 'values' | 'series'> = { values: {}, series: {} }

/** What the agent is given. */
function given(trial: PlannedTrial, task: Task, plan: Plan): AgentTask {
  const { study, request } = plan
  const { sampling, limits } = request
  const fork = task.fork ?? (isStamped(trial, plan) ? TEST_OR_USE : undefined)
  const countsTokens = study.controls[controlOf(trial) ?? '']?.tokens !== undefined
  return {
    // A planted agent may need its own last words; it is shown everything, since its behaviour is known and not measured.
    scaffold: trial.control ? { ...task.scaffold, context: 'all' } : task.scaffold,
    // Planted agents do not sample, and what one call of theirs can say at most is known.
    sampling: trial.control ? { ...sampling, maxOutputTokens: PLANTED_MOST } : sampling,
    ...(countsTokens && { wholeReplies: true }),
    // The user's limits: of each, theirs or the task's own holds, whichever is smaller.
    limits: tighter(task.limits, limits),
    ...(task.prompt !== undefined && { prompt: task.prompt }),
    ...(task.world !== undefined && { world: task.world }),
    ...(fork !== undefined && { fork }),
    worldSeed: trial.seed,
    modelSeed: `${trial.seed}/${trial.id}`,
    ...(task.runner === undefined && task.facts !== undefined && { facts: task.facts }),
  }
}

/** How a trial of any kind ended, with what its study reads from it; nothing where it is invalid. */
interface Carried {
  readonly ending: Ended
  readonly measure?: () => Readonly<Record<string, number | undefined>>
  readonly explain?: () => string
  readonly series: () => Series
}

async function carryOut(task: Task, given: AgentTask, effects: CarryEffects): Promise<Carried> {
  if (task.runner !== undefined) return { ...(await task.runner(given, effects)), series: () => ({}) }
  const ending = await runAgent(given, effects)
  return {
    ending,
    ...(ending.status !== 'invalid' && {
      measure: () => task.measure(ending),
      ...(task.explain !== undefined && { explain: () => task.explain?.(ending) ?? '' }),
    }),
    series: () => seriesOf(task, ending),
  }
}

type Measured =
  | { readonly type: 'measured'; readonly values: JsonObject; readonly series: Series; readonly explanation?: string }
  | { readonly type: 'broken'; readonly why: string }

/** A study that breaks on an ending makes that trial invalid; the others are not its business. */
function measure({ ending, measure: read, explain, series }: Carried, measures: Measures): Measured {
  try {
    const values = read === undefined ? {} : numbersOf(read())
    const odd = Object.entries(values).find(([, value]) => !Number.isFinite(value))
    if (odd !== undefined) return { type: 'broken', why: `${odd[0]} is ${String(odd[1])}` }
    const unknown = Object.keys(values).find((name) => measures[name] === undefined)
    if (unknown !== undefined) return { type: 'broken', why: `it gave ${unknown}, which the study does not declare` }
    const lacking = Object.entries(measures).find(([name, { optional }]) => !optional && values[name] === undefined)
    if (lacking !== undefined && ending.status !== 'invalid')
      return { type: 'broken', why: `it gave no ${lacking[0]}, which the study declares` }
    return {
      type: 'measured',
      values,
      series: series(),
      ...(explain !== undefined && read !== undefined && { explanation: explain() }),
    }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    return { type: 'broken', why: reasonOf(cause) }
  }
}

/** What was not measured is absent, so that a row never holds a made-up zero. */
function numbersOf(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

/** One point for each x: the last view of a day stands for the day. */
function seriesOf(task: Extract<Task, { runner?: never }>, ending: Ending): Series {
  const series: Series = {}
  for (const [name, points] of Object.entries(task.points?.(ending) ?? {}))
    series[name] = points.map(([x, y]): [number, number] => [x, y])
  if (task.series === undefined) return series
  for (const view of ending.views) {
    for (const [name, [x, y]] of Object.entries(task.series(view))) {
      const points = (series[name] ??= [])
      const last = points.at(-1)
      if (last?.[0] === x) last[1] = y
      else points.push([x, y])
    }
  }
  return series
}
