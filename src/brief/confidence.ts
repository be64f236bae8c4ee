import type { Brief, Confidence } from './brief.ts'
import { counted } from '../report/index.ts'
import { isDecided, type Verdict } from './verdict.ts'

/** What a level asks for; all of it. */
interface Demand {
  readonly level: Confidence
  /** Share of all claims that are supported or contradicted. */
  readonly decided: number
  /** Independent sources: runs with data of their own, and sources that say what a run supported. */
  readonly sources: number
  /** Clusters under every deciding finding. */
  readonly clusters: number
  /** Distance of the interval from the threshold, over the interval's width, for every decided claim. */
  readonly margin: number
}

/** The rule. No level above Low is given while any claim is uncalibrated. */
export const CONFIDENCE_RULE: readonly Demand[] = [
  { level: 'High', decided: 0.8, sources: 2, clusters: 8, margin: 0.5 },
  { level: 'Medium', decided: 0.5, sources: 1, clusters: 3, margin: 0.1 },
]

/** A level with what went into the rule, and what keeps the brief from the next one. */
export interface ConfidenceReading {
  readonly level: Confidence
  readonly decided: number
  readonly claims: number
  readonly uncalibrated: number
  readonly sources: number
  /** Fewest under any deciding finding; 0 when nothing is decided. */
  readonly clusters: number
  /** Least of any decided claim; 0 when nothing is decided. */
  readonly margin: number
  /** What the next level needs, beside what there is; empty at High. */
  readonly short: readonly string[]
}

/** The confidence of a brief by {@link CONFIDENCE_RULE}. */
export function confidenceOf(brief: Brief, verdicts: readonly Verdict[]): ConfidenceReading {
  const decided = verdicts.filter(isDecided)
  const reading = {
    decided: decided.length,
    claims: verdicts.length,
    uncalibrated: verdicts.filter(({ status }) => status === 'uncalibrated').length,
    sources: independentSources(brief, decided),
    clusters: least(decided.map(({ finding }) => finding?.n.clusters ?? 0)),
    margin: least(decided.map(({ margin }) => margin ?? 0)),
  }
  let short: readonly string[] = []
  for (const demand of CONFIDENCE_RULE) {
    const lacking = lacks(reading, demand)
    if (lacking.length === 0) return { ...reading, level: demand.level, short }
    short = lacking
  }
  return { ...reading, level: 'Low', short }
}

function independentSources(brief: Brief, decided: readonly Verdict[]): number {
  const data = new Set(decided.flatMap(({ finding }) => finding?.provenance.dataHash ?? []))
  const titles = new Map(brief.sources.map(({ id, title, url }) => [id, url ?? title]))
  const named = decided.flatMap(({ status, claim }) =>
    status === 'supported' ? (claim.quotes ?? []).flatMap(({ source }) => titles.get(source) ?? []) : [],
  )
  return data.size + new Set(named).size
}

type Inputs = Omit<ConfidenceReading, 'level' | 'short'>

function lacks(inputs: Inputs, demand: Demand): readonly string[] {
  const share = inputs.claims === 0 ? 0 : inputs.decided / inputs.claims
  return [
    ...(inputs.uncalibrated > 0 ? [`no claim uncalibrated (${inputs.uncalibrated} now)`] : []),
    ...(share < demand.decided
      ? [`${percent(demand.decided)} of the claims decided (${inputs.decided} of ${inputs.claims} now)`]
      : []),
    ...(inputs.sources < demand.sources
      ? [`${counted(demand.sources, 'independent source')} (${inputs.sources} now)`]
      : []),
    ...(inputs.clusters < demand.clusters
      ? [`${counted(demand.clusters, 'cluster')} under every deciding finding${now(inputs, String(inputs.clusters))}`]
      : []),
    ...(inputs.margin < demand.margin
      ? [`a safety margin of ${demand.margin} interval widths${now(inputs, inputs.margin.toFixed(2))}`]
      : []),
  ]
}

/** With nothing decided there is no finding whose sample or margin could be named. */
function now({ decided }: Inputs, value: string): string {
  return decided === 0 ? '' : ` (${value} now)`
}

/** The level above each; nothing is above High. */
const NEXT: Readonly<Record<Confidence, Confidence>> = { Low: 'Medium', Medium: 'High', High: 'High' }

/** In one sentence, for those who read the brief. */
export function confidenceText(reading: ConfidenceReading): string {
  const { level, decided, claims, short } = reading
  const needs = short.length === 0 ? '' : ` ${NEXT[level]} needs ${short.join(', ')}.`
  return `${level}: ${decided} of ${counted(claims, 'claim')} decided.${needs}`
}

/** One input of the rule: what the brief has, and what each level of {@link CONFIDENCE_RULE} asks for. */
export interface ConfidenceRow {
  readonly what: string
  readonly has: string
  readonly asked: readonly { readonly text: string; readonly met: boolean }[]
}

/** The rule with its inputs, a row an input. */
export function confidenceTable(reading: ConfidenceReading): readonly ConfidenceRow[] {
  const { decided, claims, uncalibrated, sources, clusters, margin } = reading
  const share = claims === 0 ? 0 : decided / claims
  return [
    {
      what: 'claims decided',
      has: `${decided} of ${claims}`,
      asked: CONFIDENCE_RULE.map((demand) => ({
        text: `at least ${percent(demand.decided)}`,
        met: share >= demand.decided,
      })),
    },
    {
      what: 'claims uncalibrated',
      has: String(uncalibrated),
      asked: CONFIDENCE_RULE.map(() => ({ text: 'none', met: uncalibrated === 0 })),
    },
    {
      what: 'independent sources',
      has: String(sources),
      asked: CONFIDENCE_RULE.map((demand) => ({ text: `at least ${demand.sources}`, met: sources >= demand.sources })),
    },
    {
      what: 'fewest clusters under a deciding finding',
      has: decided === 0 ? 'no claim decided' : String(clusters),
      asked: CONFIDENCE_RULE.map((demand) => ({
        text: `at least ${demand.clusters}`,
        met: clusters >= demand.clusters,
      })),
    },
    {
      what: 'smallest safety margin (gap between interval and threshold, in interval widths)',
      has: decided === 0 ? 'no claim decided' : Number.isFinite(margin) ? margin.toFixed(2) : '∞',
      asked: CONFIDENCE_RULE.map((demand) => ({ text: `at least ${demand.margin}`, met: margin >= demand.margin })),
    },
  ]
}

function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values)
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`
}
