import type { Outcome } from '../record/index.ts'
import {
  instrumentOf,
  valueOf,
  valueText,
  type Analysed,
  type Analysis,
  type AnalysisInput,
  type Arms,
  type ControlReading,
} from '../findings/index.ts'
import { describe, isNear, type Expectation } from './expectation.ts'
import { knownBetween, knownOf } from './known.ts'
import type { Control, Study } from './study.ts'

/** So wide that a true instrument misreads one control in ten thousand. */
const LEVEL = 0.9999

/**
 * Clusters below which chance alone may leave a finding without a number or an interval: all alike, or on one side of a lot
 * but for one. Of sixteen draws of a half, one in 2,000 falls so.
 */
const FEW = 16

/** Whether something of this chance is all but sure to be seen in so many independent draws. */
export function isAllButSure(chance: number, draws: number): boolean {
  return draws * Math.log1p(-chance) <= Math.log1p(-LEVEL)
}

/**
 * What the study's findings say of controls whose numbers are known: what `finds` says of a quantity, such as a half-life,
 * and what follows from what each trial is known to read. A finding that `finds` knows and that many clusters leave without a
 * number fails: it shows nothing. Of one that few leave so, nothing is known, and no control shows it.
 */
export function readFoundControls(study: Study, input: AnalysisInput): readonly ControlReading[] {
  return Object.entries(study.controls).flatMap(([name, control]) => {
    const rows = input.rows.filter((row) => row.control && row.agent === `control/${name}` && row.neverAsked !== true)
    if (rows.length === 0) return []
    return study.findings.flatMap((analysis) => {
      // What nothing can be known of is not worked out again.
      if (analysis.derives === undefined && control.finds === undefined) return []
      return analysis
        .run({ ...input, rows, level: LEVEL })
        .flatMap((found) => checkOf(name, control, analysis, found, rows) ?? [])
    })
  })
}

/**
 * What the comparison of each two agents says of each two controls whose trials are known to read a value: the same
 * arithmetic must find what they differ by.
 */
export function readPairedControls(study: Study, pairs: Analysis, input: AnalysisInput): readonly ControlReading[] {
  const rows = input.rows.filter((row) => row.control).map((row) => ({ ...row, control: false }))
  const known = (agent: string): Control | undefined => study.controls[agent.replace(/^control\//, '')]
  const read = rows.filter((row) => known(row.agent)?.reads[pairs.measure]?.(row.cell) !== undefined)
  return pairs.run({ ...input, rows: read, level: LEVEL }).flatMap((found): ControlReading[] => {
    if (found.subject.type !== 'pair') return []
    const sides = [found.subject.from, found.subject.to].map((agent) => ({
      control: known(agent) ?? { reads: {} },
      rows: under(read, found.conditions).filter(
        (row) => row.agent === agent && valueOf(row, pairs.measure) !== undefined,
      ),
    }))
    const [from, to] = sides
    if (from === undefined || to === undefined) return []
    const expected = knownBetween(pairs.measure, pairOf(found), [from, to])
    const [first, second] = [found.subject.from, found.subject.to].map((agent) => agent.replace(/^control\//, ''))
    const check = expected === undefined ? undefined : heldAgainst(second ?? '', found, expected, false)
    return check === undefined ? [] : [{ ...check, cell: { against: first ?? '', ...check.cell } }]
  })
}

function pairOf({ policies }: Analysed): Arms['pair'] {
  const { pair } = policies
  return pair === 'task and seed' || pair === 'task' ? pair : 'none'
}

function checkOf(
  name: string,
  control: Control,
  analysis: Analysis,
  found: Analysed,
  rows: readonly Outcome[],
): ControlReading | undefined {
  const { quantity, conditions } = found
  const declared = control.finds?.[quantity]?.(conditions, under(rows, conditions))
  const known =
    declared ??
    knownOf(
      analysis,
      found,
      control,
      rows.filter((row) => valueOf(row, analysis.measure) !== undefined),
    )
  return known === undefined ? undefined : heldAgainst(name, found, known, declared !== undefined)
}

/** @param isDeclared whether the study itself says what is known of this quantity, so that it must have a number */
function heldAgainst(
  name: string,
  found: Analysed,
  known: Expectation | number,
  isDeclared: boolean,
): ControlReading | undefined {
  const { conditions, estimate, unit, kind, n } = found
  const said = (value: number): string => valueText(value, unit, kind)
  const interval = estimate.type === 'estimate' ? estimate.interval : undefined
  const byInterval = typeof known === 'number' || known.type === 'share'
  const shows = byInterval ? interval !== undefined : estimate.value !== undefined
  // Few trials have no interval; what each is known to read, each of them was held against all the same.
  const mayBeFew = isDeclared ? n.clusters < FEW : byInterval
  if (!shows && mayBeFew && n.trials > 0) return undefined
  const { agent: _agent, ...cell } = conditions
  return {
    control: name,
    of: 'finding',
    measure: instrumentOf(found),
    cell,
    expected: typeof known === 'number' ? `exactly ${said(known)}` : describe(known, unit, kind),
    measured:
      byInterval && interval !== undefined
        ? `between ${said(interval.low)} and ${said(interval.high)}`
        : estimate.value === undefined
          ? 'nothing'
          : said(estimate.value),
    trials: n.trials,
    passed: holds(typeof known === 'number' ? { type: 'share', value: known } : known, estimate.value, interval),
  }
}

/** The rows of these conditions; what a finding tells apart beside the rows' own columns (a layer, a stack) takes none away. */
function under(rows: readonly Outcome[], conditions: Analysed['conditions']): readonly Outcome[] {
  return rows.filter((row) =>
    Object.entries(conditions).every(([name, level]) => name === 'agent' || (row.cell[name] ?? level) === level),
  )
}

/** Whether the interval holds a number that is known but for chance, or the estimate is what it must be. */
function holds(
  known: Expectation,
  value: number | undefined,
  interval: { readonly low: number; readonly high: number } | undefined,
): boolean {
  if (known.type === 'share' && interval !== undefined)
    return interval.low <= known.value && known.value <= interval.high
  return value !== undefined && isNear(value, known)
}
