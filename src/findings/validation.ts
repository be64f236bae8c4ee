import { correctedShare, wilson, type RightOf } from '../stats/index.ts'
import { agentOfControl, type Outcome } from '../record/index.ts'
import type { Analysed, Estimate } from './finding.ts'
import { average, valueOf } from './groups.ts'

/**
 * How well what a measure reads is known to be read.
 *
 * - `exact`: it reads a state, a ledger, a count or a hash, and can be wrong only by a fault of the program
 * - `validated`: it turns words or acts into a score; this often it agrees with careful people on a corpus
 * - `measured`: the same, on answers of the run's own controls whose mark the author knows
 * - none: nobody knows, so its findings are `unvalidated` and decide nothing
 */
export type MeasureCheck = ExactCheck | ValidatedCheck | MeasuredCheck

export interface ExactCheck {
  readonly type: 'exact'
  /** What it reads: "the shop's ledger". */
  readonly reads: string
}

export interface ValidatedCheck {
  readonly type: 'validated'
  /** Kind of corpus, as in `assay validate --as`. */
  readonly check: string
  /** Name of the corpus. */
  readonly corpus: string
  readonly sensitivity: RightOf
  readonly specificity: RightOf
  /** Whether rates are corrected by these: only those coded from free text. Default: they are said, and nothing is corrected. */
  readonly corrects?: { readonly reads?: string }
}

/** A check whose errors are measured in each run: without trials on both sides they are not known. */
export interface MeasuredCheck {
  readonly type: 'measured'
  /** What it is: `judge`. */
  readonly check: string
  /** What its errors are measured on, in words. */
  readonly corpus: string
  /** Whether shares are corrected by them: where every trial is marked by this check. Default: they are said alone. */
  readonly corrects?: boolean
  /** Trials of a control that must get 1. */
  readonly right: { readonly control: string; readonly tasks: readonly string[] }
  /** Trials of a control that must get 0. */
  readonly wrong: { readonly control: string; readonly tasks: readonly string[] }
}

/** A measure that reads a state, a ledger or a count. @param reads what it reads, in words */
export function exact(reads: string): ExactCheck {
  return { type: 'exact', reads }
}

/** A measure whose check was held against a corpus. */
export function validated(by: Omit<ValidatedCheck, 'type'>): ValidatedCheck {
  return { type: 'validated', ...by }
}

/** A measure whose check is held against answers of controls, in the run itself. */
export function measuredIn(by: Omit<MeasuredCheck, 'type'>): MeasuredCheck {
  return { type: 'measured', ...by }
}

/** What a run's own controls say of a check: undefined where no trial of one side has a value. */
function rates(
  { check, corpus, corrects, right, wrong }: MeasuredCheck,
  measure: string,
  rows: readonly Outcome[],
): ValidatedCheck | undefined {
  const [sensitivity, specificity] = ([right, wrong] as const).map(({ control, tasks }, side): RightOf => {
    const own = rows.filter((row) => row.agent === agentOfControl(control) && tasks.includes(row.task))
    const marks = own.flatMap((row) => valueOf(row, measure) ?? [])
    return { right: marks.filter((mark) => mark === 1 - side).length, of: marks.length }
  })
  if (!sensitivity?.of || !specificity?.of) return undefined
  return validated({ check, corpus, sensitivity, specificity, ...(corrects === true && { corrects: {} }) })
}

/** The checks of a study: one for all of its measures, or one each. */
export type MeasureChecks<M extends string = string> = MeasureCheck | { readonly [K in M]?: MeasureCheck }

/** How a measure is known to be read. @param rows of the whole run, controls too */
export function checkOf(
  checks: MeasureChecks | undefined,
  measure: string,
  rows: readonly Outcome[],
): ExactCheck | ValidatedCheck | undefined {
  if (checks === undefined) return undefined
  const check = isOne(checks) ? checks : Object.hasOwn(checks, measure) ? checks[measure] : undefined
  return check?.type === 'measured' ? rates(check, measure, rows) : check
}

function isOne(checks: MeasureChecks): checks is MeasureCheck {
  return typeof checks['type'] === 'string'
}

/** One side of a corpus, with its 95% interval (Wilson). */
export interface CheckRate extends RightOf {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** How well the measure that a finding reads is known to be read. */
export type Validation =
  | { readonly type: 'exact'; readonly reads: string }
  | { readonly type: 'unvalidated' }
  | {
      readonly type: 'validated'
      readonly check: string
      readonly corpus: string
      readonly sensitivity: CheckRate
      readonly specificity: CheckRate
      /** Where the estimate is corrected by these: as it was read. */
      readonly raw?: Estimate
      /** How many things the check read for each trial, on average, where that is not one. */
      readonly reads?: number
    }

/**
 * What is known of the check, and the estimate corrected by it: shares of models alone, since a control's words are the check's own.
 *
 * @param rows of the finding's own conditions
 */
export function withValidation(
  analysed: Analysed,
  check: ExactCheck | ValidatedCheck | undefined,
  rows: readonly Outcome[],
): Pick<Analysed, 'estimate'> & { readonly validation: Validation } {
  const { estimate, kind, unit, subject } = analysed
  if (check === undefined) return { estimate, validation: { type: 'unvalidated' } }
  if (check.type === 'exact') return { estimate, validation: { type: 'exact', reads: check.reads } }
  const { corpus, corrects } = check
  const known = {
    type: 'validated',
    check: check.check,
    corpus,
    sensitivity: rateOf(check.sensitivity),
    specificity: rateOf(check.specificity),
  } as const
  const isShare = kind === 'level' && unit === 'proportion' && subject.type !== 'control'
  if (corrects === undefined || !isShare || estimate.type !== 'estimate') return { estimate, validation: known }
  const reads = readsOf(corrects.reads, analysed, rows)
  const found = correctedShare({ ...estimate, sensitivity: check.sensitivity, specificity: check.specificity, reads })
  const { type, value, interval, standardError, df } = estimate
  const raw: Estimate = {
    type,
    value,
    interval,
    ...(standardError !== undefined && { standardError }),
    ...(df !== undefined && { df }),
  }
  return { estimate: found, validation: { ...known, raw, ...(reads !== 1 && { reads }) } }
}

/** How often the check had its say in a trial of which nothing was found; a point of a curve has no more than its place. */
function readsOf(measure: string | undefined, { at, measure: found }: Analysed, rows: readonly Outcome[]): number {
  if (measure === undefined) return 1
  const without = rows.filter((row) => found === undefined || valueOf(row, found) === 0)
  const mean = average((without.length > 0 ? without : rows).flatMap((row) => valueOf(row, measure) ?? []))
  return Math.max(1, Math.min(at ?? Infinity, mean))
}

function rateOf({ right, of }: RightOf): CheckRate {
  const { low, high } = wilson(right, of)
  return { right, of, share: right / of, low, high }
}
