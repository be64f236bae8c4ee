import type { Outcome } from '../record/index.ts'

/** Whom or what a finding is about. Names are those of the rows: `local/smollm2-135m`, `control/idle`. */
export type Subject =
  /** An agent under test, or an agent of other people's rows. */
  | { readonly type: 'model'; readonly name: string }
  /** A scripted agent of the study, whose result is known in advance. */
  | { readonly type: 'control'; readonly name: string }
  /** A defence layer, an attack, a rater or a monitor of rows that are about these. */
  | { readonly type: 'layer' | 'attack' | 'rater' | 'monitor'; readonly name: string }
  /** Two agents under test against each other: what `to` has more than `from`. */
  | { readonly type: 'pair'; readonly from: string; readonly to: string }
  /** All rows of its conditions together, or several set against one another. */
  | { readonly type: 'all' }

/** What there is a name for. */
export const SUBJECTS = ['model', 'control', 'layer', 'attack', 'rater', 'monitor'] as const

/** Whose trial it was. */
export function subjectOf({ agent, control }: Pick<Outcome, 'agent' | 'control'>): Subject {
  return { type: control ? 'control' : 'model', name: agent }
}
