import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { judgeable, replicationRule, type ReplicationTerms } from '../compare/index.ts'
import { runNames, type OneRun } from '../project/index.ts'
import { jsonObject, readRun, type ReplicationRecord } from '../record/index.ts'
import { planRequest } from '../run/index.ts'
import type { PlanRequest } from '../study/index.ts'

/** Joint confidence over the findings of a replication. */
const LEVEL = 0.95

/** A prediction interval that holds this part of all shares tests nothing. */
const WHOLE = 0.8

/** What a replication may have of its own. */
export interface Renewed {
  /** In place of the run's models, one for each, in their order. */
  readonly model?: readonly string[]
  /** How many tasks (`"12"`), or which (a glob). */
  readonly tasks?: string | undefined
  readonly repeats?: number | undefined
  /** Default: the run's own with the number of this replication behind it. */
  readonly seed?: string | undefined
  /** Quantities to judge; default all. */
  readonly quantity?: readonly string[]
  /** Dollars. */
  readonly maxCost?: number | undefined
  readonly maxTokens?: number | undefined
}

/** A replication before it runs: give both to `startRun`. */
export interface ReplicationPlan {
  readonly request: PlanRequest
  readonly replication: ReplicationRecord
}

/**
 * Plans the replication of a run: its own request with new seeds, and with new models, tasks or repeats where they are
 * named.
 *
 * @param folder where runs live: the seed counts the replications that are there already
 * @throws AssayError `cli/unfinished`, `cli/no-finding`; `cli/usage` where what is renewed does not fit the run
 */
export function planReplication(original: OneRun, renewed: Renewed, folder: string): ReplicationPlan {
  if (!original.reading.complete)
    throw new AssayError(
      'cli/unfinished',
      `${original.run} is unfinished, so there is no finding to replicate. Go on with it first: assay resume ${original.run}`,
    )
  const request = requestFor(original, renewed, folder)
  return { request, replication: recordOf(original, request, renewed.quantity ?? []) }
}

/** The original's request with what is to be new; the seed always is. */
function requestFor(original: OneRun, options: Renewed, folder: string): PlanRequest {
  const old = planRequest(original.record)
  const { model = [], tasks, repeats } = options
  if (model.length > 0 && model.length !== old.models.length)
    throw new AssayError(
      'cli/usage',
      `${original.run} ran ${old.models.length} models (${old.models.join(', ') || 'none'}); name one --model for each, in this order.`,
    )
  const seed = options.seed ?? freshSeed(old.seed, original.run, folder)
  if (seed === old.seed)
    throw new AssayError(
      'cli/usage',
      `${original.run} had the seed "${seed}" too: the same trials would run again. Choose another --seed.`,
    )
  return {
    ...old,
    ...(model.length > 0 && { models: model }),
    ...(tasks !== undefined && { tasks: /^\d+$/.test(tasks) ? Number(tasks) : tasks }),
    ...(repeats !== undefined && { repeats }),
    ...(options.maxCost !== undefined && { maxDollars: options.maxCost }),
    ...(options.maxTokens !== undefined && { maxTokens: options.maxTokens }),
    seed,
  }
}

/** The old seed with the number of this replication behind it: each replication of a run has worlds of its own. */
function freshSeed(seed: string, run: string, folder: string): string {
  const before = runNames(folder).filter((name) => {
    try {
      return readRun(path.join(folder, name)).record.replication?.of === run
    } catch {
      // A folder that cannot be read replicates nothing.
      return false
    }
  })
  return `${seed}-replication-${before.length + 1}`
}

/** What is written down before the first trial: the findings to be judged, and the rule that judges them. */
function recordOf(original: OneRun, request: PlanRequest, quantities: readonly string[]): ReplicationRecord {
  const { reading, record } = original
  const known = [...new Set(reading.findings.map((finding) => finding.quantity))]
  const unknown = quantities.find((quantity) => !known.includes(quantity))
  if (unknown !== undefined)
    throw new AssayError('cli/usage', `${original.run} has no quantity "${unknown}". Quantities: ${known.join(', ')}.`)
  const findings = judgeable(reading.findings, quantities)
  if (findings.length === 0)
    throw new AssayError(
      'cli/no-finding',
      `${original.run} has no finding with an interval, so nothing can be replicated.`,
    )
  const agents = Object.fromEntries(planRequest(record).models.map((model, i) => [model, request.models[i] ?? model]))
  const terms: ReplicationTerms = { level: LEVEL, family: findings.length, whole: WHOLE, agents }
  return {
    of: original.run,
    designHash: original.designHash,
    dataHash: reading.dataHash,
    rule: replicationRule(terms),
    terms: { ...terms, agents },
    findings: findings.map((finding) => jsonObject.parse(JSON.parse(JSON.stringify(finding)))),
  }
}
