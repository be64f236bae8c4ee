import { AssayError } from '../assay-error.ts'
import { canonical, hashOf, isObject, jsonObject, type Json, type JsonObject } from '../record/index.ts'
import { makePlan } from '../study/index.ts'
import type { RunRead } from './run-read.ts'

/** One thing in which two designs differ. */
export interface DesignDifference {
  /** `scaffolds`, `limits`, `model local/m`. */
  readonly what: string
  readonly values: readonly string[]
  /** Whether quantities of the two are not the same quantity, so that they must not be pooled. */
  readonly grave: boolean
}

/** Parts of a design that say how much was run, not what: two runs of one quantity may differ in them. */
const AMOUNT = new Set(['seed', 'repeats', 'tasks', 'trials', 'factors', 'agents', 'comparisons', 'controls'])

/** Parts that tasks may draw from the seed, as authors are advised to: two runs of one study differ in them by their seeds alone. */
const DRAWN = new Set(['keys', 'facts', 'drawn'])

/**
 * In what the designs of two runs differ. Everything that is not the amount of it is grave: study, question, scaffolds,
 * limits, worlds, measures, analyses, judges, and whatever a later version adds. Agents are compared where both ran them. Prompts
 * that are made from the seed differ between seeds by themselves, so they count only where seed, tasks and levels are the same; so do
 * answer keys and facts, and whatever else differs between runs that were asked for alike but for the seed, where the study of one run
 * gives the other's from the other's seed.
 */
export function designDifferences(a: RunRead, b: RunRead): readonly DesignDifference[] {
  const keys = [...new Set([...Object.keys(a.design), ...Object.keys(b.design)])]
  const amounts = ['seed', 'repeats', 'tasks', 'factors']
  const sameAmount = amounts.every((key) => same(a.design[key], b.design[key]))
  return [
    ...keys.flatMap((key): readonly DesignDifference[] => {
      if (key === 'measures' && measuresApart(a.design, b.design) === undefined) return []
      if (key === 'agents' || key === 'comparisons' || key === 'trials' || same(a.design[key], b.design[key])) return []
      const grave = key === 'prompts' ? sameAmount : !AMOUNT.has(key) && (sameAmount || !bySeed(key, a, b))
      return [{ what: key, values: [told(a.design[key]), told(b.design[key])], grave }]
    }),
    ...agentDifferences(a.design, b.design),
  ]
}

/** Whether the seeds explain a difference: the study of either gives the other what it was planned with, from the other's seed. */
function bySeed(key: string, a: RunRead, b: RunRead): boolean {
  if (!DRAWN.has(key) && canonical(askedFor(a)) !== canonical(askedFor(b))) return false
  return same(plannedWith(a, b)?.[key], b.design[key]) && same(plannedWith(b, a)?.[key], a.design[key])
}

/** The design of another run by this run's study; undefined where it cannot be made. */
function plannedWith({ plan }: RunRead, other: RunRead): JsonObject | undefined {
  try {
    return makePlan(plan.study, other.plan.request, new Map()).design
  } catch (cause) {
    if (cause instanceof AssayError) return undefined
    throw cause
  }
}

/** All that a run was asked for but how much of it, and by what seed. */
function askedFor({ plan }: RunRead): Json {
  const {
    seed: _seed,
    repeats: _repeats,
    tasks: _tasks,
    maxDollars: _dollars,
    maxTokens: _tokens,
    ...rest
  } = plan.request
  return jsonObject.parse(JSON.parse(JSON.stringify(rest)))
}

/** A measure that two designs do not mean the same by, or `everything` where they share none; measures of one alone are no matter. */
export function measuresApart({ measures: a }: JsonObject, { measures: b }: JsonObject): string | undefined {
  if (!isObject(a) || !isObject(b)) return same(a, b) ? undefined : 'everything'
  const shared = Object.keys(a).filter((name) => b[name] !== undefined)
  return shared.length === 0 ? 'everything' : shared.find((name) => !same(a[name], b[name]))
}

function agentDifferences(a: JsonObject, b: JsonObject): readonly DesignDifference[] {
  const first = agentsOf(a)
  const second = agentsOf(b)
  return [...first].flatMap(([name, identity]) => {
    const other = second.get(name)
    if (other === undefined || same(identity, other)) return []
    return [{ what: `model ${name}`, values: [told(identity), told(other)], grave: true }]
  })
}

function agentsOf(design: JsonObject): ReadonlyMap<string, Json> {
  const { agents } = design
  if (!Array.isArray(agents)) return new Map()
  return new Map(
    agents.flatMap((agent: Json) =>
      isObject(agent) && typeof agent['name'] === 'string' ? [[agent['name'], agent] as const] : [],
    ),
  )
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b)
}

/** A value short enough for a line; long ones by their hash. */
function told(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? value : canonical(value)
  return text.length <= 60 ? text : `#${hashOf(value)}`
}
