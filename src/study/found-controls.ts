import { agentOfControl, controlNamed, type Outcome } from '../record/index.ts'
import {
  agentPairs,
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
import { knownBetween, knownOf, type KnownTrials } from './known.ts'
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
    const rows = input.rows.filter(
      (row) => row.control && row.agent === agentOfControl(name) && row.neverAsked !== true,
    )
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
export function readPairedControls(study: Study, input: AnalysisInput): readonly ControlReading[] {
  const pairs = agentPairs(study.findings, 'controls')
  if (pairs === undefined) return []
  const { measure } = pairs
  const known = (agent: string): Control['reads'] => study.controls[controlNamed(agent)]?.reads ?? {}
  const rows = input.rows.filter((row) => row.control && known(row.agent)[measure]?.(row.cell) !== undefined)
  return pairs.run({ ...input, rows, level: LEVEL }).flatMap((found): ControlReading[] => {
    const { subject, conditions } = found
    if (subject.type !== 'pair') return []
    const side = (agent: string): KnownTrials => ({
      reads: known(agent),
      rows: under(rows, conditions).filter((row) => row.agent === agent && valueOf(row, measure) !== undefined),
    })
    const expected = knownBetween(measure, pairOf(found), [side(subject.from), side(subject.to)])
    const check = expected && heldAgainst(controlNamed(subject.to), found, expected, false)
    return check === undefined ? [] : [{ ...check, cell: { against: controlNamed(subject.from), ...check.cell } }]
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
