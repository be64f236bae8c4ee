import fs from 'node:fs'
import { AssayError } from '../../assay-error.ts'
import { plainScaffold, runAgent } from '../../agent/index.ts'
import type { Model, Sampling } from '../../model/index.ts'
import {
  allEvents,
  createRun,
  jsonObject,
  readRun,
  runPaths,
  trialId,
  type JsonObject,
  type TrialKey,
} from '../../record/index.ts'
import {
  assertPriced,
  carryOut,
  newRecord,
  type RunBudget,
  type Spent,
  type TrialWork,
  type WorkEffects,
} from '../../run/index.ts'
import type { PlannedTrial } from '../../study/index.ts'
import type { World } from '../../world/index.ts'

/** A reply that cannot be used may be mended once. */
export const TURNS = 2

/** Why a draft is not whole: what to do next is the caller's to say. */
export interface DraftStop {
  readonly type: 'budget' | 'interrupted' | 'unanswered'
  readonly why: string
}

/** What reading by a model is given from outside. */
export interface ModelEffects extends Omit<WorkEffects, 'onProgress'> {
  readonly model: Model
  /** Where the record of this draft is; the same sources and model lead to the same folder. */
  readonly folder: string
  readonly version: string
  readonly onPart?: (done: number, of: number) => void
}

/** One question of a draft: a window to read, or all quotes to compose. */
export interface DraftTrial extends PlannedTrial {
  readonly prompt: string
  readonly system: string
  readonly world: World
  readonly maxOutputTokens: number
  /** What its row counts. */
  readonly count: (view: unknown) => number
}

/** How a model is asked; absent means the provider's default. */
export type DraftSampling = Pick<Sampling, 'temperature' | 'effort' | 'maxOutputTokens'>

export function draftTrial(
  model: Model,
  key: Omit<TrialKey, 'study'>,
  rest: Pick<DraftTrial, 'prompt' | 'system' | 'world' | 'maxOutputTokens' | 'count'>,
): DraftTrial {
  return { id: trialId({ study: 'draft', ...key }), agent: model.name, control: false, ...key, ...rest }
}

/** Makes the record of a draft, or finds it. @throws AssayError `brief/other-draft` the folder holds another draft */
export function beginDraft(hash: string, design: JsonObject, { folder, version, now, redact }: ModelEffects): void {
  if (!fs.existsSync(runPaths(folder).record)) {
    const record = {
      run: `draft-${hash}`,
      study: 'draft',
      question: 'Which claims do these sources make?',
      design: jsonObject.parse(JSON.parse(JSON.stringify(design))),
      designHash: hash,
      request: {},
    }
    createRun(folder, newRecord(record, version, now), redact)
    return
  }
  if (readRun(folder).record.designHash !== hash)
    throw new AssayError('brief/other-draft', `${folder} holds the record of another draft. Move it away.`)
}

export interface Carried {
  readonly spent: Spent
  readonly stopped?: DraftStop
  /** What was on the desk at the end of each trial that was answered. */
  readonly view: (trial: DraftTrial) => unknown
}

/**
 * Asks what is not answered yet. What was answered before a break is not asked again: it is read off the journals.
 *
 * @throws AssayError `run/unknown-price`; what the record refuses
 */
export async function askAll(
  trials: readonly DraftTrial[],
  budget: RunBudget,
  sampling: DraftSampling,
  concurrency: number,
  effects: ModelEffects,
): Promise<Carried> {
  const { folder, model } = effects
  assertPriced(budget.dollars, [model])
  let told = 0
  const end = await carryOut(
    folder,
    {
      trials,
      budget,
      // A model that does not answer one question will not answer the next.
      invalidLimit: 0,
      trial: (trial) => asking(trial, model, sampling),
    },
    { concurrency, durability: 'each-second', retryInvalid: true },
    {
      ...effects,
      onProgress({ done, planned }) {
        if (done > told) effects.onPart?.(done, planned)
        told = done
      },
    },
  )
  const read = new Set(end.outcomes.flatMap(({ trial, status }) => (status === 'invalid' ? [] : [trial])))
  const stop = end.type === 'done' ? undefined : end.type
  return {
    spent: end.spent,
    ...(stop !== undefined && {
      stopped:
        stop === 'unreadable'
          ? {
              type: 'unanswered',
              why: end.outcomes.find(({ status }) => status === 'invalid')?.stop ?? end.why,
            }
          : { type: stop, why: end.why },
    }),
    view: ({ id }) => (read.has(id) ? lastView(folder, id) : undefined),
  }
}

function asking(
  { id, cell, task, repeat, seed, prompt, system, world, maxOutputTokens, count }: DraftTrial,
  model: Model,
  { temperature, effort, maxOutputTokens: most }: DraftSampling,
): TrialWork {
  return {
    model,
    start: { study: 'draft', cell, task, repeat, seed },
    async carry(effects) {
      const { views, ...ending } = await runAgent(
        {
          scaffold: { ...plainScaffold, system, toolChoice: 'required' },
          sampling: {
            maxOutputTokens: most ?? maxOutputTokens,
            ...(temperature !== undefined && { temperature }),
            ...(effort !== undefined && { effort }),
          },
          limits: { turns: TURNS },
          prompt,
          world,
          worldSeed: 'desk',
          modelSeed: id,
        },
        effects,
      )
      return { ...ending, values: { parts: count(views.at(-1)) } }
    },
  }
}

function lastView(folder: string, trial: string): unknown {
  let view: unknown
  for (const { event } of allEvents(runPaths(folder).trial(trial))) if (event.type === 'world') view = event.view
  return view
}
