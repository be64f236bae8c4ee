import { AssayError } from '../assay-error.ts'
import { canonical, hashOf, randomFrom, type Outcome } from '../record/index.ts'
import { armsOf, differenceIn, finding, holmFamily, subjectOf, valueOf, words } from '../findings/index.ts'
import type { Analysed, ControlReading, Finding, Measure, TestedInFamily } from '../findings/index.ts'
import { comparedControl } from './compared-controls.ts'
import { designDifferences, measuresApart, type DesignDifference } from './design-difference.ts'
import { inOrder, withEnds, type Study } from '../study/index.ts'
import { flipsIn, type Flip } from './flips.ts'
import type { RunRead } from './run-read.ts'

/** Two runs of one study, compared. Differences are `second` minus `first`. */
export interface Comparison {
  readonly first: string
  readonly second: string
  /** Cases that one run passed and the other did not, in the study's first share; those that fail now first. */
  readonly flipped: readonly Flip[]
  readonly findings: readonly Finding[]
  /** Checks of the controls of both runs, and of what they differ in; none where one of the runs had none. */
  readonly controls: readonly ControlReading[]
  /** In what the designs differ: what a difference may be due to. */
  readonly differs: readonly DesignDifference[]
  /** Agents and cells that only one of the runs has. */
  readonly unmatched: readonly string[]
}

export interface CompareOptions {
  /** Default: every measure of the study. */
  readonly measures?: readonly string[]
  /** Confidence of every interval. Default 0.95. */
  readonly level?: number
  /** Whether a record written before the second run says that this comparison will be made. Default false. */
  readonly planned?: boolean
}

/**
 * Differences between two runs for every measure and every agent and cell that both have. Paired by task and seed where
 * both runs have them; else by task where the study repeats within tasks; else two independent arms. Clustered as the study's own
 * mean of the measure is. Every p value is corrected by Holm over all differences of real agents (controls are a family apart); intervals are each at their own level.
 *
 * @throws AssayError `study/unlike-runs` when the runs answer different studies or measure in different units, or have no
 *   agent and cell in common, or are one run; `study/unknown-measure`
 */
export function compareRuns(first: RunRead, second: RunRead, options: CompareOptions = {}): Comparison {
  assertAlike(first, second)
  const measures = chosen(first, options.measures ?? [])
  const { pairs, unmatched } = match(first, second)
  const level = options.level ?? 0.95
  const drafts = measures.flatMap((measure) =>
    pairs.flatMap((pair): readonly Draft[] => {
      const draft = differenceOf(measure, pair, first, second, level)
      return draft === undefined ? [] : [{ ...draft, sides: [pair.from, pair.to] }]
    }),
  )
  // Controls check the instrument: they are a family of their own, and cost real agents no power.
  const corrected = new Map(
    [...Map.groupBy(drafts, ({ analysed }) => analysed.subject.type === 'control').values()].flatMap(correct),
  )
  const controls = [
    ...first.reading.controls,
    ...second.reading.controls,
    ...drafts.flatMap(
      ({ analysed, sides }) =>
        comparedControl(analysed, analysed.measure ?? '', first.plan.study.controls, sides) ?? [],
    ),
  ]
  const bothRead = first.reading.controls.length > 0 && second.reading.controls.length > 0
  const complete = first.reading.complete && second.reading.complete
  const findings = drafts.map((draft) =>
    finding(
      { ...draft.analysed, details: { ...draft.analysed.details, ...corrected.get(draft) } },
      {
        standing: complete ? (options.planned === true ? 'planned' : 'exploratory') : 'incomplete',
        // One run without controls leaves the comparison without them.
        controls: bothRead ? controls : [],
        provenance: {
          run: `${first.run} → ${second.run}`,
          study: first.plan.study.name,
          designHash: hashOf([first.designHash, second.designHash]),
          dataHash: hashOf([first.reading.dataHash, second.reading.dataHash]),
          version: versionOf(second),
        },
      },
    ),
  )
  const marked = measures.find((measure) => first.plan.study.outcome[measure]?.unit === 'proportion')
  const flipped = pairs
    .filter(({ subject }) => subject.type !== 'control')
    .flatMap(({ from, to, conditions: { agent = '', ...conditions } }) =>
      marked === undefined ? [] : flipsIn(from, to, marked, { agent, conditions }),
    )
    .toSorted((a, b) => Number(a.now === 'passes') - Number(b.now === 'passes'))
  return {
    first: first.run,
    second: second.run,
    flipped,
    findings,
    controls: bothRead ? controls : [],
    differs: designDifferences(first, second),
    unmatched,
  }
}

export function versionOf({ reading }: RunRead): string {
  return reading.findings[0]?.provenance.version ?? ''
}

function assertAlike(first: RunRead, second: RunRead): void {
  if (first.run === second.run) throw unlike(`${first.run} is compared with itself: name two runs.`)
  if (first.plan.study.name !== second.plan.study.name)
    throw unlike(
      `${first.run} is a run of ${first.plan.study.name}, ${second.run} of ${second.plan.study.name}. Compare runs of one study.`,
    )
  const unlikeMeasure = measuresApart(first.design, second.design)
  if (unlikeMeasure !== undefined)
    throw unlike(`${first.run} and ${second.run} measured ${unlikeMeasure} differently. Run one of them again.`)
}

function chosen({ plan: { study } }: RunRead, measures: readonly string[]): readonly string[] {
  const known = Object.keys(study.outcome)
  const unknown = measures.find((measure) => !known.includes(measure))
  if (unknown !== undefined)
    throw new AssayError(
      'study/unknown-measure',
      `${study.name} has no measure "${unknown}". Measures: ${known.join(', ')}.`,
    )
  return measures.length === 0 ? known : measures
}

/** The rows of one agent in one cell, in both runs. */
interface Pair {
  readonly subject: Analysed['subject']
  readonly conditions: Readonly<Record<string, string>>
  readonly from: readonly Outcome[]
  readonly to: readonly Outcome[]
}

/** The same agent in the same cell; where each run has one real agent of its own, those two. */
function match(
  first: RunRead,
  second: RunRead,
): { readonly pairs: readonly Pair[]; readonly unmatched: readonly string[] } {
  const renamed = soleAgents(first, second)
  const keyOf = (row: Outcome, from: boolean): string =>
    JSON.stringify([from && row.agent === renamed?.from ? renamed.to : row.agent, canonical(row.cell)])
  const before = Map.groupBy(inOrder(first.outcomes, first.plan), (row) => keyOf(row, true))
  const after = Map.groupBy(inOrder(second.outcomes, second.plan), (row) => keyOf(row, false))
  const varied = new Set([...first.plan.varied, ...second.plan.varied])
  const pairs: Pair[] = []
  for (const [key, from] of before) {
    const to = after.get(key)
    const [row] = from
    const [other] = to ?? []
    if (to === undefined || row === undefined || other === undefined) continue
    const agent = row.agent === other.agent ? row.agent : `${row.agent} → ${other.agent}`
    const levels = Object.entries(row.cell).filter(([factor]) => varied.has(factor))
    pairs.push({
      subject: subjectOf({ agent, control: row.control }),
      conditions: { agent, ...Object.fromEntries(levels) },
      from,
      to,
    })
  }
  if (pairs.length === 0)
    throw unlike(`${first.run} and ${second.run} have no agent and cell in common, so there is nothing to compare.`)
  return { pairs, unmatched: [...alone(before, after, first.run), ...alone(after, before, second.run)] }
}

/** Groups that the other run lacks, in words. */
function alone(
  rows: ReadonlyMap<string, readonly Outcome[]>,
  others: ReadonlyMap<string, unknown>,
  run: string,
): readonly string[] {
  return [...rows].flatMap(([key, [row]]) => {
    if (others.has(key) || row === undefined) return []
    const levels = Object.entries(row.cell).map((each) => each.join('='))
    return [`${run}: ${row.agent}, ${levels.join(', ')}`]
  })
}

function agentsIn({ plan }: RunRead): readonly string[] {
  return [...new Set(plan.trials.flatMap((trial) => (trial.control ? [] : [trial.agent])))]
}

function soleAgents(first: RunRead, second: RunRead): { readonly from: string; readonly to: string } | undefined {
  const [from, ...more] = agentsIn(first)
  const [to, ...others] = agentsIn(second)
  if (from === undefined || to === undefined || from === to || more.length + others.length > 0) return undefined
  return { from, to }
}

interface Draft {
  readonly analysed: Analysed
  readonly sides: readonly [from: readonly Outcome[], to: readonly Outcome[]]
  readonly p?: number
}

/** Of one family those that were tested. */
function correct(drafts: readonly Draft[]): readonly (readonly [Draft, TestedInFamily])[] {
  const tested = holmFamily(drafts.map(({ p }) => p))
  return drafts.flatMap((draft, i) => (tested[i] === undefined ? [] : [[draft, tested[i]] as const]))
}

function differenceOf(
  measure: string,
  { subject, conditions, from, to }: Pair,
  first: RunRead,
  second: RunRead,
  level: number,
): Omit<Draft, 'sides'> | undefined {
  const { unit = 'score', better }: Partial<Measure> = first.plan.study.outcome[measure] ?? {}
  const rows = [...from, ...to]
  const cluster = clusterFor(first.plan.study, measure, rows)
  const a = from.filter((row) => valueOf(row, measure) !== undefined)
  const b = to.filter((row) => valueOf(row, measure) !== undefined)
  const invalid = rows.filter((row) => row.status === 'invalid').length
  const design = armsOf(a, b, measure, cluster)
  const { estimate, p } = differenceIn(design, unit, level, randomFrom('compare', measure, conditions['agent'] ?? ''))
  const counted = {
    trials: design.used,
    tasks: new Set([...a, ...b].map((row) => row.task)).size,
    clusters: design.clusters,
    invalid,
    missing: rows.length - invalid - design.used,
  }
  return {
    ...(p !== undefined && { p }),
    analysed: withEnds(
      {
        quantity: `difference(${measure}: ${first.run} → ${second.run})`,
        title: `${titleOf(first.plan.study, measure)}: ${second.run} minus ${first.run}`,
        kind: 'change',
        subject,
        measure,
        unit,
        conditions,
        estimate,
        n: counted,
        method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
        policies: {
          invalid: 'left out and counted',
          missing: 'trials without a partner are left out and counted',
          pair: design.pair,
          cluster,
          multiplicity:
            'p by Holm over all differences of real agents, and apart over those of controls; intervals each at their own level',
        },
        details: { ...design.means, ...(better !== undefined && { better }) },
        caveats: design.pair === 'none' ? ['the runs share no tasks and seeds, so nothing is paired'] : [],
        wrongIf: `something other than what the runs are compared for differed between ${first.run} and ${second.run}`,
      },
      rows,
    ),
  }
}

/** The cluster of the study's own mean of the measure; tasks cannot be clusters where there is one. */
function clusterFor(study: Study, measure: string, rows: readonly Outcome[]): 'task' | 'seed' {
  const several = new Set(rows.map((row) => row.task)).size > 1
  const own = study.findings.find((analysis) => analysis.measure === measure && 'cluster' in analysis.options)
  return several && own?.options['cluster'] !== 'seed' ? 'task' : 'seed'
}

/** A measure as the study's own mean of it is called. */
function titleOf(study: Study, measure: string): string {
  return (
    study.findings.find((each) => each.measure === measure && each.kind !== 'change' && each.title !== undefined)
      ?.title ?? words(measure)
  )
}

export function unlike(message: string): AssayError {
  return new AssayError('study/unlike-runs', message)
}
