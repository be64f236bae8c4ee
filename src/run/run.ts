import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { bounded } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import {
  createRun,
  jsonObject,
  readOutcomes,
  readRun,
  RUN_FORMAT,
  type Durability,
  type JsonObject,
  type Outcome,
  type Redact,
  type ReplicationRecord,
  type RunRecord,
} from '../record/index.ts'
import { analyse, makePlan, type Plan, type PlanRequest, type Reading, type Study } from '../study/index.ts'
import { carryOut, type Watch } from './carry-out.ts'
import type { Spent } from './ledger.ts'
import type { Progress } from './progress.ts'
import { planRequest } from './request.ts'

/** What a run is given from outside. */
export interface RunEffects {
  /** Opens a model by its name; the run closes what it opened. `onLimit` is told when a provider's rate limit moved. */
  readonly open: (name: string, onLimit: (provider: string, change: JsonObject) => void) => Promise<Model>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly redact: Redact
  /** Asked to stop: calls in flight are finished, none is begun. */
  readonly stopping: AbortSignal
  /** Told to stop now: calls in flight are cut off. */
  readonly abort: AbortSignal
  readonly onStart?: (progress: Progress, plan: Plan, folder: string) => void
  readonly onProgress?: (progress: Progress, spent: Spent) => void
}

export interface RunOptions {
  /** Trials at once. */
  readonly concurrency: number
  readonly durability: Durability
  /** Run invalid trials anew, such as those that met a provider's outage. Default false. */
  readonly retryInvalid?: boolean
  /** Code version, for provenance. */
  readonly version: string
}

/** How a run ended, with what it says so far. */
export interface RunEnd {
  readonly type: 'done' | 'interrupted' | 'budget' | 'unreadable'
  readonly why: string
  readonly folder: string
  readonly run: string
  readonly plan: Plan
  readonly outcomes: readonly Outcome[]
  readonly reading: Reading
  readonly spent: Spent
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
  return withModels(request, effects, async (models, watch) => {
    assertPriced(request, models)
    const plan = makePlan(asked.study, request, models)
    const record: RunRecord = {
      format: RUN_FORMAT,
      run: asked.run,
      study: asked.study.name,
      ...(asked.studyFile !== undefined && { studyFile: path.resolve(asked.studyFile) }),
      question: asked.study.question,
      createdAt: new Date(effects.now()).toISOString(),
      versions: { assay: options.version, node: process.version, platform: `${process.platform}-${process.arch}` },
      design: plan.design,
      designHash: plan.hash,
      request: jsonObject.parse(JSON.parse(JSON.stringify(request))),
      ...(asked.replication !== undefined && { replication: asked.replication }),
    }
    createRun(asked.folder, record, effects.redact)
    return carryOut(plan, asked.folder, options, effects, models, watch)
  })
}

/**
 * Goes on with a run from wherever it stopped.
 *
 * @throws AssayError `run/design-changed` when study, models or Assay would now make another plan; `run/unbounded`,
 * `run/unknown-price` when a new cap cannot be kept
 */
export async function resumeRun(
  study: Study,
  folder: string,
  options: RunOptions,
  effects: RunEffects,
  caps: Pick<PlanRequest, 'maxDollars' | 'maxTokens'> = {},
): Promise<RunEnd> {
  const { record } = readRun(folder)
  const request = { ...planRequest(record), ...caps }
  assertBounded(request, record)
  return withModels(request, effects, async (models, watch) => {
    assertPriced(request, models)
    const plan = makePlan(study, request, models)
    assertSamePlan(record, plan)
    return carryOut(plan, folder, options, effects, models, watch)
  })
}

/** Findings of a run as it lies there, without taking it or asking any model. */
export function readingOf(
  study: Study,
  folder: string,
  version: string,
): {
  readonly plan: Plan
  readonly outcomes: readonly Outcome[]
  readonly reading: Reading
  readonly record: RunRecord
} {
  const { record, paths } = readRun(folder)
  // Models are not opened for reading, so what they are is as recorded: the hash that stands in run.json.
  const plan = { ...makePlan(study, planRequest(record), new Map()), hash: record.designHash }
  const outcomes = readOutcomes(paths)
  const reading = analyse(plan, outcomes, { ...record, version })
  return { plan, outcomes, reading, record }
}

async function withModels<T>(
  request: PlanRequest,
  effects: RunEffects,
  use: (models: ReadonlyMap<string, Model>, watch: Watch) => Promise<T>,
): Promise<T> {
  const models = new Map<string, Model>()
  // Limits move before there is a run folder to write to; the run puts itself here once it is open.
  const watch: Watch = { onLimit: () => undefined }
  try {
    const agents = request.controls === 'only' ? [] : request.models
    // A model that is agent and partner is opened once: its weights are loaded once, its calls share one limiter.
    for (const name of new Set([...agents, ...Object.values(request.partners ?? {})]))
      models.set(name, await effects.open(name, (provider, change) => watch.onLimit(provider, change)))
    return await use(models, watch)
  } finally {
    await Promise.all([...models.values()].map(async (model) => model.close?.()))
  }
}

/** A limit on money or tokens needs a bound on every reply: one is set where the user set none, and is part of the design. */
function withBound(request: PlanRequest): PlanRequest {
  return { ...request, sampling: bounded(request.sampling, [request.maxDollars, request.maxTokens]) }
}

/** A run that began without a limit began without that bound, and setting one now would change its agents. */
function assertBounded(request: PlanRequest, record: RunRecord): void {
  if (withBound(request).sampling.maxOutputTokens === request.sampling.maxOutputTokens) return
  throw new AssayError(
    'run/unbounded',
    `${record.run} began without a bound on its replies, so no cap can be kept now. Resume it without one, or start a new run with --max-output-tokens.`,
  )
}

/** `run.json` must say what was asked for, word for word, or the run could not be resumed. */
function assertNoSecret(request: PlanRequest, redact: Redact): void {
  const text = JSON.stringify(request)
  if (redact(text) === text) return
  throw new AssayError(
    'run/secret',
    'A model, level, task or seed that was asked for holds a secret of the environment, and run.json would keep it. Name the model without it; keys belong in variables of their own.',
  )
}

function assertPriced(request: PlanRequest, models: ReadonlyMap<string, Model>): void {
  if (request.maxDollars === undefined) return
  for (const model of models.values()) {
    if (model.metered && model.price === undefined) {
      throw new AssayError(
        'run/unknown-price',
        `The price of ${model.name} is unknown, so --max-cost cannot be kept. Give its price in assay.config.ts, or cap tokens with --max-tokens.`,
      )
    }
  }
}

function assertSamePlan(record: RunRecord, plan: Plan): void {
  if (record.designHash === plan.hash) return
  throw new AssayError(
    'run/design-changed',
    `${record.run} was planned as ${record.designHash}, but study, models or Assay now make ${plan.hash}. Go back to what it was planned with (see run.json), or start a new run.`,
  )
}
