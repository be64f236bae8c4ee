import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import type { Model } from '../model/index.ts'
import { createRun, jsonObject, readOutcomes, readRun, runPaths, writeWhole } from '../record/index.ts'
import type { ReplicationRecord, RunRecord } from '../record/index.ts'
import { analyse, assertHere, inOrder, findingsFile, INVALID_LIMIT, makePlan, taskFinder } from '../study/index.ts'
import { isMeasuredIn, isPlanOf, withRecordedControls } from '../study/index.ts'
import type { Plan, PlannedTrial, PlanRequest, Reading, Study, Task } from '../study/index.ts'
import type { OnLimit, RunEffects, RunOptions } from './effects.ts'
import { newRecord } from './new-record.ts'
import { atSpeed, controlOf, plantedModel } from './planted.ts'
import { assertBounded, assertNoSecret, assertPriced, assertSamePlan, planRequest, withBound } from './request.ts'
import { studyTrial } from './trial.ts'
import { carryOut, type Work, type WorkEnd } from './trials.ts'

/** How a run ended, with what it says so far. */
export interface RunEnd extends Omit<WorkEnd, 'record'> {
  readonly folder: string
  readonly run: string
  readonly plan: Plan
  readonly reading: Reading
}

/** What is asked for besides the plan. */
export interface RunAsked {
  readonly study: Study
  readonly studyFile?: string
  readonly request: PlanRequest
  readonly run: string
  readonly folder: string
  /** What it replicates, and by which rule. */
  readonly replication?: ReplicationRecord
}

/**
 * Starts a run: plan and `run.json` first, then the trials.
 *
 * @throws AssayError what {@link makePlan} and the record refuse; `run/unknown-price`, `run/secret`
 */
export async function startRun(asked: RunAsked, options: RunOptions, effects: RunEffects): Promise<RunEnd> {
  const request = withBound(asked.request)
  assertNoSecret(request, effects.redact)
  return withModels(request, effects, async (opened) => {
    assertPriced(request.maxDollars, opened.models.values())
    const plan = makePlan(asked.study, request, opened.models)
    assertHere(plan)
    const record = newRecord(
      {
        run: asked.run,
        study: asked.study.name,
        ...(asked.studyFile !== undefined && { studyFile: path.resolve(asked.studyFile) }),
        question: asked.study.question,
        design: plan.design,
        designHash: plan.hash,
        request: jsonObject.parse(JSON.parse(JSON.stringify(request))),
        ...(asked.replication !== undefined && { replication: asked.replication }),
      },
      options.version,
      effects.now,
      sandboxVersions(plan),
    )
    createRun(asked.folder, record, effects.redact)
    return carryOutPlan(plan, asked.folder, options, effects, opened)
  })
}

/**
 * Goes on with a run from wherever it stopped.
 *
 * @throws AssayError `run/design-changed` when study, models or Assay would now make another plan; `run/unbounded`,
 * `run/unknown-price` when a new budget cannot be kept
 */
export async function resumeRun(
  study: Study,
  folder: string,
  options: RunOptions,
  effects: RunEffects,
  budget: Pick<PlanRequest, 'maxDollars' | 'maxTokens'> = {},
): Promise<RunEnd> {
  const { record } = readRun(folder)
  const request = { ...planRequest(record), ...budget }
  assertBounded(request, record)
  return withModels(request, effects, async (opened) => {
    assertPriced(request.maxDollars, opened.models.values())
    const made = makePlan(withRecordedControls(study, record.design), request, opened.models)
    const plan = isPlanOf(record.design, made) ? { ...made, hash: record.designHash } : made
    assertSamePlan(record, plan)
    assertHere(plan)
    const later = Object.keys(study.outcome).filter((measure) => !isMeasuredIn(record.design, measure))
    return carryOutPlan(plan, folder, options, effects, opened, later)
  })
}

/** Findings of a run as it is on disk, without taking it or asking any model. */
export function readingOf(study: Study, folder: string, version: string): RecordedReading {
  const { record, paths } = readRun(folder)
  // Models are not opened for reading, so what they are is as recorded: the hash that stands in run.json.
  const known = withRecordedControls(study, record.design)
  const plan = { ...makePlan(known, planRequest(record), new Map()), hash: record.designHash }
  // Sums and draws depend on the order of rows, and trials end in another one each time.
  const outcomes = inOrder(readOutcomes(paths), plan)
  const at = (level?: number): Reading => analyse(plan, outcomes, { ...record, version }, [], level)
  return { plan, outcomes, reading: at(), record, findingsAt: readOnce((level) => at(level).findings) }
}

/** A run as its folder holds it. */
export interface RecordedReading extends Pick<RunEnd, 'plan' | 'outcomes' | 'reading'> {
  readonly record: RunRecord
  /** The findings with their intervals at another level, in (0, 1). */
  readonly findingsAt: (level: number) => Reading['findings']
}

/** Each level is read once, and only when it is asked for. */
function readOnce(read: RecordedReading['findingsAt']): RecordedReading['findingsAt'] {
  const known = new Map<number, Reading['findings']>()
  return (level) => {
    const found = known.get(level) ?? read(level)
    known.set(level, found)
    return found
  }
}

/** Models that are open, and who is told when a provider's rate limit moved: nobody until the run folder is open. */
interface Opened {
  readonly models: ReadonlyMap<string, Model>
  onLimit: OnLimit
}

async function withModels<T>(
  request: PlanRequest,
  effects: RunEffects,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const models = new Map<string, Model>()
  const opened: Opened = { models, onLimit: () => undefined }
  try {
    const agents = request.controls === 'only' ? [] : request.models
    // A model that is agent and partner is opened once: its weights are loaded once, its calls share one limiter.
    for (const name of new Set([...agents, ...Object.values(request.partners ?? {})]))
      models.set(name, await effects.open(name, (provider, change) => opened.onLimit(provider, change)))
    return await use(opened)
  } finally {
    await Promise.all([...models.values()].map(async (model) => model.close?.()))
  }
}

/** Carries out what of a plan is not done yet, and reads its findings. */
async function carryOutPlan(
  plan: Plan,
  folder: string,
  options: RunOptions,
  effects: RunEffects,
  opened: Opened,
  later: readonly string[] = [],
): Promise<RunEnd> {
  const { study, request, trials } = plan
  const { maxDollars, maxTokens } = request
  const find = taskFinder(study)
  const partners = partnersOf(request, opened.models)
  const work: Work = {
    trials,
    later,
    budget: {
      ...(maxDollars !== undefined && { dollars: maxDollars }),
      ...(maxTokens !== undefined && { tokens: maxTokens }),
    },
    invalidLimit: INVALID_LIMIT,
    trial(trial) {
      const task = find(trial)
      return studyTrial(trial, task, modelOf(plan, trial, task, opened.models), plan, partners)
    },
    onOpen(session) {
      opened.onLimit = (provider, change) => session.noteLimit(provider, change)
      effects.onStart?.(session.progress, plan, folder)
    },
  }
  const { record, ...end } = await carryOut(folder, work, options, effects)
  const reading = analyse(plan, end.outcomes, { ...record, version: options.version })
  writeWhole(runPaths(folder).findings, effects.redact(findingsFile(reading)))
  return { ...end, folder, run: record.run, plan, reading }
}

/** Of what the agents' commands run in, by name. */
function sandboxVersions({ worlds }: Plan): RunRecord['versions'] {
  return Object.fromEntries(
    worlds.flatMap(({ sandbox }) => (sandbox === undefined ? [] : [[sandbox.name, sandbox.version?.() ?? 'unknown']])),
  )
}

/** Models beside the agents, by their role. */
function partnersOf({ partners = {} }: PlanRequest, models: ReadonlyMap<string, Model>): ReadonlyMap<string, Model> {
  return new Map(
    Object.entries(partners).flatMap(([role, name]) => {
      const model = models.get(name)
      return model === undefined ? [] : [[role, model] as const]
    }),
  )
}

/** The model that a trial is about, planted or real. @throws AssayError `run/unknown-agent` */
function modelOf(plan: Plan, trial: PlannedTrial, task: Task, models: ReadonlyMap<string, Model>): Model {
  const name = controlOf(trial)
  const control = name === undefined ? undefined : plan.study.controls[name]
  const model =
    name === undefined || control === undefined ? models.get(trial.agent) : plantedModel(name, control, trial, task)
  if (model === undefined)
    throw new AssayError('run/unknown-agent', `The plan names ${trial.agent}, which was not opened.`)
  return atSpeed(model, task.runner === undefined ? task.tokensPerSecond : undefined)
}
