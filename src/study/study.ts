import type { Inside, Price, ToolSchema } from '../model/index.ts'
import type { JsonObject, Message, Outcome, Part, Random } from '../record/index.ts'
import type { Analysis, Finding, Measure, MeasureChecks, Measures, ValuesOf } from '../findings/index.ts'
import type { Expectation } from './expectation.ts'
import type { CellOf, Factors, LevelRef } from './factor.ts'
import type { Task } from './task.ts'

/** What a control says next, from what it is shown; pure, since a resumed trial asks it nothing twice. */
export type Policy = (messages: readonly Message[], tools: readonly ToolSchema[], random: Random) => readonly Part[]

/** A control that must know its task: what it knows of the trial that it is made for. */
export interface PlantedTrial {
  readonly task: Task
  readonly cell: Readonly<Record<string, string>>
  /** Of this trial alone: what it draws once for the whole trial comes from here. */
  readonly seed: string
}

/** How the tokens of a control are counted and timed, as a model's would be. */
export interface PlantedTokens {
  /** Tokens it writes in each call. Default: estimated from what it says. */
  readonly output?: number
  /** How fast it writes where the task does not say; its working time is virtual. Default: at once. */
  readonly perSecond?: number
  /**
   * What it would cost. It is in the control's rows and counts against its trial's limits; no cap of the run is spent.
   * Default: nothing.
   */
  readonly price?: Price
}

/** A control: a scripted agent with a known property. */
export interface Control<F extends Factors = Factors, M extends Measures = Measures> {
  /** The planted property, in one sentence. */
  readonly property: string
  /** What it does; made anew for each trial where it must know its task. */
  readonly policy: Policy | { readonly madeFor: (trial: PlantedTrial) => Policy }
  /** Absent: its tokens are not counted, and it answers at once. */
  readonly tokens?: PlantedTokens
  /** What its own compaction makes of a conversation; a control without it cannot run under `native`. */
  readonly compact?: (messages: readonly Message[], random: Random) => string
  /** What is in it, for trials that look inside. */
  readonly inside?: Inside
  /** Factors that this control responds to; it runs at the first chosen level of all others. Default: all. */
  readonly varies?: readonly (keyof F & string)[]
  /** What each of its trials is known to read in a cell; undefined where nothing is known. */
  readonly reads: { readonly [K in keyof M & string]?: (cell: CellOf<F>) => Expectation | undefined }
  /**
   * What findings over its trials are known to be, by quantity, where their conditions leave it known and `reads` does not
   * say it already. A number is held against the interval at level 0.9999, since one that holds 95% of the time would call a
   * true instrument false each twentieth run; an expectation (`exactly`, `between`) against the estimate itself.
   */
  readonly finds?: Readonly<Record<string, Found<F>>>
}

/**
 * What a finding is known to be. `trials` are those of the control that it is over, at least one; when the plan is hashed,
 * those of one cell.
 */
export type Found<F extends Factors = Factors> = (
  conditions: Readonly<Record<string, string>>,
  trials: readonly { readonly task: string; readonly cell: CellOf<F> }[],
) => number | Expectation | undefined

/** A study as its author writes it. */
export interface StudySpec<F extends Factors, M extends Measures> {
  readonly name: string
  readonly question: string
  readonly factors: F
  /** The tasks of a cell. `seed` names the repeat: the same seed in another cell is the other half of a pair. */
  readonly tasks: (cell: CellOf<F>, seed: string) => readonly Task<ValuesOf<M>>[]
  readonly outcome: M
  /**
   * How each measure is known to be read: {@link exact}, or {@link validated} on a corpus; one for all, or one each. Findings of a measure
   * without one are `unvalidated` and decide nothing. It is not part of the plan's hash: what is known of a check may change after a run.
   */
  readonly checks?: MeasureChecks<keyof M & string>
  readonly controls: Readonly<Record<string, Control<F, M>>>
  readonly findings: readonly Analysis<keyof M & string, (keyof F & string) | 'agent', LevelRef<F>>[]
  /** Repeats when the user names none. */
  readonly repeats: number
  /** Series to draw over time, with axis labels. */
  readonly figures?: readonly SeriesFigure[]
  /** A figure of the findings, where no series over time says it: SVG text. */
  readonly draw?: (findings: readonly Finding[]) => Promise<string>
  /** Which findings are told first, where there are more than a screen holds; the others are asked for. Default: all. */
  readonly headline?: (finding: Finding) => boolean
  /** The run's trials as rows of a table that `assay audit` reads, by the kind of audit. */
  readonly rows?: Readonly<Record<string, RowsOf>>
}

/** A run's trials as rows of a table. */
export type RowsOf = (rows: readonly Outcome[]) => readonly JsonObject[]

/** A figure of one series, a line a trial. */
export interface SeriesFigure {
  readonly series: string
  readonly title: string
  readonly x: string
  readonly y: string
  readonly unit: Measure['unit']
}

/** A study whose factors and measures are its own business. */
export interface Study extends Omit<StudySpec<Factors, Measures>, 'tasks' | 'findings' | 'figures'> {
  readonly tasks: (cell: Readonly<Record<string, string>>, seed: string) => readonly Task[]
  readonly findings: readonly Analysis[]
  readonly figures: readonly SeriesFigure[]
}

/** Checks a study at compile time, and hides its types from the modules that run it. */
export function defineStudy<const F extends Factors, const M extends Measures>(spec: StudySpec<F, M>): Study {
  // A cell is built from the study's own factors by the plan, which is what makes these two shapes the same.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const erased = spec as unknown as Omit<Study, 'figures'>
  return { ...erased, figures: spec.figures ?? [] }
}
