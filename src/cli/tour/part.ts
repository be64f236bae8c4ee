import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import type { ClaimSpec } from '../../brief/index.ts'
import { version } from '../../project/index.ts'
import { startRun, type RunEffects, type RunEnd } from '../../run/index.ts'
import { loadBuiltIn } from '../../studies/index.ts'
import type { PlanRequest } from '../../study/index.ts'
import type { Terminal } from '../terminal.ts'

/** The weights that the tour fetches, and the model that they are. */
export const WEIGHTS = 'smollm2-135m'
export const MODEL = 'local/smollm2-135m'
/** When the claims' tests were fixed, with the studies that decide them: any run of the tour is later. */
export const SET_AT = '2026-11-23T00:00:00Z'

/** What a part of the tour is given. */
export interface TourContext {
  readonly terminal: Terminal
  /** Where runs lie. */
  readonly runs: string
  /** The real model by its name, or undefined where its weights cannot be had. */
  readonly model: string | undefined
  /** Behind every run's name, so that one tour's runs are known. */
  readonly stamp: string
  readonly effects: RunEffects
}

/** One stretch of the tour. Its claims are fixed here, before any run; the run decides them. */
export interface TourPart {
  readonly title: string
  /** What a newcomer is about to see, in two or three sentences. */
  readonly intro: string
  /** Seconds it may take on two cores: 60 for the first, 30 for every later one. */
  readonly seconds: number
  readonly claims: readonly ClaimSpec[]
  readonly run: (context: TourContext) => Promise<RunEnd>
  /** Said behind the findings, where a model ran and where none did: what they are, and what they are not. */
  readonly lesson: { readonly real: string; readonly planted: string }
}

/**
 * Carries out a built-in study on the tour's model, or on its controls alone.
 *
 * @param concurrency trials at once; 4 are two more than the local model has workers, so that planted agents are never in its way
 */
export async function tourRun(
  { model, stamp, runs, effects }: TourContext,
  name: string,
  asked: Pick<PlanRequest, 'set' | 'tasks' | 'repeats' | 'sampling'>,
  concurrency = 4,
): Promise<RunEnd> {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new AssayError('cli/tour', `The ${name} study is missing from this Assay.`)
  const run = `tour-${name}-${stamp}`
  const models = model === undefined ? [] : [model]
  const request: PlanRequest = { models, ...asked, seed: 'tour', controls: 'with', limits: {} }
  return startRun(
    { study, request, run, folder: path.join(runs, run) },
    { concurrency, durability: 'each-second', version: version() },
    effects,
  )
}
