import type { Outcome } from '../record/index.ts'
import type { Analysed } from './finding.ts'
import type { Measure } from './measure.ts'

/** What an analysis sees: the study's rows and what its measures are. */
export interface AnalysisInput {
  /** Rows of real agents and, apart, of controls; each analysis takes both and tells them apart by `agent`. */
  readonly rows: readonly Outcome[]
  readonly measures: Readonly<Record<string, Measure>>
  /** Factors with more than one level in this run: what must be told apart. */
  readonly varied: readonly string[]
  readonly level: number
  /** Seeds whatever an analysis draws. */
  readonly seed: string
  /** Conditions under the names that seeds are made of, where a study's names changed since. Default: as they are. */
  readonly key?: (conditions: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
}

/**
 * A planned reading of a study's rows. The type parameters are what it names, so that a measure, factor or level that
 * the study does not have fails to compile.
 */
export interface Analysis<M extends string = string, F extends string = string, L extends string = string> {
  readonly name: string
  readonly measure: M
  /**
   * What it makes of the measure, one finding a group under the analysis's own name: a mean (`level`), a difference
   * within pairs (`change`), a time until it happens (`time`). `assay power` plans for these; absent: it plans for none.
   */
  readonly kind?: 'level' | 'change' | 'time'
  /**
   * What its findings are of what each trial reads, so that what controls are known to read is held against the findings
   * over them too. Absent: controls say in `finds` what they are known to give.
   */
  readonly derives?: Derived
  readonly factors: readonly F[]
  readonly levels: readonly L[]
  /** Options as data: they enter the design hash. */
  readonly options: Readonly<Record<string, string | number | boolean | readonly string[]>>
  readonly run: (input: AnalysisInput) => readonly Analysed[]
}

/**
 * What a finding is of the values of its trials: their plain mean, the difference between two levels of a factor, which
 * are asked for by the quantity, or that of two measures of the same trials.
 */
export type Derived =
  | { readonly type: 'mean' }
  | {
      readonly type: 'levels'
      readonly factor: string
      readonly sides: (quantity: string, levels: readonly string[]) => Sides | undefined
    }
  | { readonly type: 'measures'; readonly from: string; readonly to: string }

/** Two levels of a factor. */
export type Sides = readonly [from: string, to: string]

/** What {@link AnalysisInput.key} is where no name changed. */
export function asTheyAre(conditions: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return conditions
}
