import { AssayError } from '../assay-error.ts'
import type { Awareness } from './awareness.ts'
import { calibrationOf } from './calibration.ts'
import type { Json } from '../record/index.ts'
import type { Estimated, Interval } from '../stats/index.ts'
import { rangeOf, type Kind } from './kind.ts'
import type { Unit } from './measure.ts'
import type { Subject } from './subject.ts'
import type { Validation } from './validation.ts'

/** How many of what a number rests on. A number without this cannot be made into a finding. */
export interface Denominator {
  readonly trials: number
  readonly tasks: number
  readonly clusters: number
  readonly invalid: number
  /** Valid trials that lack the measure. */
  readonly missing: number
  /** Trials that a limit or the model's window left no room to ask anything: left out, and no failures. Absent: none. */
  readonly neverAsked?: number
  /** Valid trials that a limit ended, or whose last reply was cut at its longest: they are counted. Absent: none. */
  readonly cutShort?: number
  /** Valid trials whose last reply the provider's filter ended: they are counted. Absent: none. */
  readonly filtered?: number
}

/** What one control was expected to give and what was measured of it. */
export interface ControlReading {
  readonly control: string
  /** Whether each of its trials was looked at, or the study's own finding over them. */
  readonly of: 'trials' | 'finding'
  /** The measure, or of a finding its quantity. */
  readonly measure: string
  readonly cell: Readonly<Record<string, string>>
  readonly expected: string
  readonly measured: string
  readonly trials: number
  readonly passed: boolean
}

export interface Provenance {
  readonly run: string
  readonly study: string
  readonly designHash: string
  readonly dataHash: string
  readonly version: string
}

/** What a number rests its meaning on, said aloud: missing rows, ties, how invalid trials were treated, budgets. */
export type Policies = Readonly<Record<string, string>>

/**
 * Points for a figure: the finding's own data, small. `curve` is a share over time; `lengths` shares at lengths of task,
 * on a doubling scale; `ages` shares in windows of age, each up to the next; `interval` whatever else has intervals.
 */
export interface FigureData {
  readonly kind: 'interval' | 'curve' | 'lengths' | 'ages'
  readonly points: readonly (readonly [x: number, y: number, low?: number, high?: number])[]
  readonly x: string
  readonly y: string
  /** Of `lengths`: the logistic curve in log2 x that was fitted to them. */
  readonly fit?: { readonly intercept: number; readonly slope: number }
}

/** A number with its interval: all of an estimate that a finding keeps. */
export interface Estimate {
  readonly type: 'estimate'
  readonly value: number
  readonly interval: Interval
  /** Where the method has one; pooling and replication rest on it. */
  readonly standardError?: number
  /** Of the interval, where it is a t interval. */
  readonly df?: number
}

/**
 * What holds of a comparison together with the others of its family in the run: `interval` covers all of them at once at
 * the run's level (Bonferroni), `holmP` is Holm's adjusted p.
 */
export interface Corrected {
  readonly family: string
  /** How many there are in the family. */
  readonly comparisons: number
  /** `level` is the one that this comparison alone has: 1 − 0.05/comparisons. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number }
  readonly p?: number
  readonly holmP?: number
}

/** A difference that found nothing, and could not have found what the field reports; both in the finding's unit. */
export interface TooSmall {
  /** The effect that a run with this spread sees with 80% chance. */
  readonly couldSee: number
  /** The effect that the study expects, as the field reports it. */
  readonly reported: number
  readonly source: string
}

/** An estimate with all that it needs to be believed or refuted. Made only by {@link finding}. */
export interface Finding {
  /** Stable within a study: `mean(netWorth)`. */
  readonly quantity: string
  /** In words: "mean net worth". */
  readonly title: string
  readonly kind: Kind
  /** Whom it is about; conditions say under what. */
  readonly subject: Subject
  /** Its place on a curve that was measured, in the unit of the curve's foot: success@5 stands at 5, h50 at 0.5. */
  readonly at?: number
  /** The study's measure that it reads; absent where nothing says, as in audits of other people's rows. */
  readonly measure?: string
  readonly unit: Unit
  readonly conditions: Readonly<Record<string, string>>
  /** Infinite bounds are `null` in JSON, which has no infinity. */
  readonly estimate: Estimated<Estimate>
  readonly n: Denominator
  readonly method: string
  readonly policies: Policies
  readonly details: Readonly<Record<string, Json>>
  /** `incomplete` comes from an unfinished run and decides nothing. */
  readonly standing: 'planned' | 'exploratory' | 'incomplete'
  readonly calibration: 'calibrated' | 'uncalibrated'
  /** How well the check that its measure rests on is known to read; absent where nothing says, as in audits of other people's rows. */
  readonly validation?: Validation
  /** Why it is uncalibrated, in words: `no control has a known value for bankBalance`. */
  readonly whyUncalibrated?: string
  /** Which control reads it: checks of this quantity under these conditions, and whatever failed. */
  readonly controls: readonly ControlReading[]
  readonly provenance: Provenance
  readonly caveats: readonly string[]
  readonly wrongIf: string
  readonly figure?: FigureData
  readonly published?: number
  /** Of one of several comparisons: absent where it is alone. */
  readonly corrected?: Corrected
  /** Says that no difference found means nothing here: absent where one was found, or could have been. */
  readonly tooSmall?: TooSmall
  /** Whether agents call its trials a test; absent where the run asks nobody. */
  readonly awareness?: Awareness
}

/** What an analysis brings; the rest of a finding is the same for all findings of a run. */
export type Analysed = Omit<Finding, 'standing' | 'calibration' | 'whyUncalibrated' | 'controls' | 'provenance'>

/** What all findings of a run share. */
export interface RunStanding {
  readonly standing: Finding['standing']
  /** All control checks; a finding keeps those that bear on it. */
  readonly controls: readonly ControlReading[]
  readonly provenance: Provenance
}

/**
 * The one constructor. Refuses a number without a denominator, an interval that does not hold its own estimate, and
 * anything that is not a number. Findings are uncalibrated when a control failed, or when none reads them. What only its own
 * method knows of an estimate (replicates, curves) is dropped: seed and method draw it again.
 *
 * @throws AssayError `study/not-a-finding`: an analysis is broken, which is ours to mend
 */
export function finding(analysed: Analysed, run: RunStanding): Finding {
  const { estimate, n, quantity } = analysed
  if (estimate.type === 'estimate') {
    const { value, interval } = estimate
    if (![value, interval.low, interval.high].every((number) => !Number.isNaN(number)))
      throw broken(quantity, 'its estimate is not a number')
    if (n.trials < 1) throw broken(quantity, 'it has an estimate but no trials')
    if (value < interval.low - 1e-9 || value > interval.high + 1e-9)
      throw broken(quantity, 'its interval does not hold its estimate')
  }
  if (Object.values(n).some((number) => !Number.isInteger(number) || number < 0))
    throw broken(quantity, 'its denominator is not a count')
  return {
    ...analysed,
    estimate: bare(estimate, rangeOf(analysed.kind, analysed.unit)),
    standing: run.standing,
    ...calibrationOf(analysed, run.controls),
    provenance: run.provenance,
  }
}

/** The estimate without what only its method knows, its interval within all that the number can be. */
function bare(estimate: Finding['estimate'], [least, most]: ReturnType<typeof rangeOf>): Finding['estimate'] {
  if (estimate.type === 'not-estimable') return estimate
  const { type, value, interval, standardError, df } = estimate
  const low = Math.max(interval.low, Math.min(least, value))
  const high = Math.min(interval.high, Math.max(most, value))
  return {
    type,
    value,
    interval: { ...interval, low, high },
    ...(standardError !== undefined && { standardError }),
    ...(df !== undefined && { df }),
  }
}

function broken(quantity: string, why: string): AssayError {
  return new AssayError('study/not-a-finding', `${quantity} is not a finding: ${why}. Fix the analysis.`)
}
