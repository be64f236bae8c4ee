import { AssayError } from '../assay-error.ts'
import { isObject, jsonObject, type ReplicationRecord, type RunRecord } from '../record/index.ts'
import { planRequest } from '../run/index.ts'
import type { PlanRequest } from '../study/index.ts'
import { judgeable, replicationRule, type ReplicationTerms } from './replicate.ts'
import type { RunRead } from './run-read.ts'

/** What a replication has otherwise than its original; what is absent stays as it was, but for the seed, which is always new. */
export interface ReplicationChange {
  /** One for each model of the original, in their order; none leaves them. */
  readonly models?: readonly string[]
  readonly tasks?: number | string
  readonly repeats?: number
  readonly seed?: string
  readonly maxDollars?: number
  readonly maxTokens?: number
  /** Quantities to judge; none judges all that can be. */
  readonly quantities?: readonly string[]
}

/** What a replication runs, and the rule that is written down before its first trial. */
export interface ReplicationPlan {
  readonly request: PlanRequest
  readonly replication: ReplicationRecord
}

/** Joint confidence over the findings of a replication. */
const LEVEL = 0.95

/** A prediction interval that holds this part of all shares tests nothing. */
const WHOLE = 0.8

/**
 * The plan of a run that repeats another: hand both parts to `startRun`.
 *
 * @param earlier replications of the original so far, so that each has worlds of its own
 * @throws AssayError `compare/unfinished`, `compare/no-finding`, `compare/replication` where a change does not fit
 */
export function planReplication(
  original: RunRead & { readonly record: RunRecord },
  earlier: number,
  change: ReplicationChange = {},
): ReplicationPlan {
  if (!original.reading.complete)
    throw new AssayError(
      'compare/unfinished',
      `${original.run} is unfinished, so there is no finding to replicate. Finish it first: assay resume ${original.run}`,
    )
  const request = requestFor(original, earlier, change)
  return { request, replication: recordOf(original, request, change.quantities ?? []) }
}

/** The terms of a rule as it was written down. */
export function recordedTerms({ terms }: ReplicationRecord): ReplicationTerms {
  const { agents } = terms
  return {
    level: Number(terms['level']),
    family: Number(terms['family']),
    ...(typeof terms['whole'] === 'number' && { whole: terms['whole'] }),
    agents: isObject(agents)
      ? Object.fromEntries(Object.entries(agents).flatMap(([from, to]) => (typeof to === 'string' ? [[from, to]] : [])))
      : {},
  }
}

function requestFor(
  { run, record }: RunRead & { readonly record: RunRecord },
  earlier: number,
  { models = [], tasks, repeats, seed: asked, maxDollars, maxTokens }: ReplicationChange,
): PlanRequest {
  const old = planRequest(record)
  if (models.length > 0 && models.length !== old.models.length)
    throw new AssayError(
      'compare/replication',
      `${run} ran ${old.models.length} models (${old.models.join(', ') || 'none'}); name one --model for each, in this order.`,
    )
  const seed = asked ?? `${old.seed}-replication-${earlier + 1}`
  if (seed === old.seed)
    throw new AssayError(
      'compare/replication',
      `${run} had the seed "${seed}" too: the same trials would run again. Choose another --seed.`,
    )
  return {
    ...old,
    ...(models.length > 0 && { models }),
    ...(tasks !== undefined && { tasks }),
    ...(repeats !== undefined && { repeats }),
    ...(maxDollars !== undefined && { maxDollars }),
    ...(maxTokens !== undefined && { maxTokens }),
    seed,
  }
}

function recordOf(
  { run, reading, record, designHash }: RunRead & { readonly record: RunRecord },
  request: PlanRequest,
  quantities: readonly string[],
): ReplicationRecord {
  const known = [...new Set(reading.findings.map((finding) => finding.quantity))]
  const unknown = quantities.find((quantity) => !known.includes(quantity))
  if (unknown !== undefined)
    throw new AssayError('compare/replication', `${run} has no quantity "${unknown}". Quantities: ${known.join(', ')}.`)
  const findings = judgeable(reading.findings, quantities)
  if (findings.length === 0)
    throw new AssayError('compare/no-finding', `${run} has no finding with an interval, so nothing can be replicated.`)
  const agents = Object.fromEntries(planRequest(record).models.map((model, i) => [model, request.models[i] ?? model]))
  const terms: ReplicationTerms = { level: LEVEL, family: findings.length, whole: WHOLE, agents }
  return {
    of: run,
    designHash,
    dataHash: reading.dataHash,
    rule: replicationRule(terms),
    terms: { ...terms, agents },
    findings: findings.map((finding) => jsonObject.parse(JSON.parse(JSON.stringify(finding)))),
  }
}
