import { count, proportion, score, type Measure, type RequiredMeasure, type ValuesOf } from '../../findings/index.ts'

/** Scores by what they are called in titles: the monitor and what it is shown. */
export const MONITORS = {
  rulesAll: 'rules on everything',
  rulesReasoning: 'rules on the reasoning',
  rulesActs: 'rules on the acts',
  rulesReport: 'rules on the final report',
  modelAll: 'a model on everything',
  modelReasoning: 'a model on the reasoning',
  modelActs: 'a model on the acts',
  modelReport: 'a model on the final report',
  drawn: 'a scripted monitor of known ROC',
  passing: 'a scripted monitor that lets everything pass',
} as const

export type Score = keyof typeof MONITORS
export const SCORES: readonly Score[] = [
  'rulesAll',
  'rulesReasoning',
  'rulesActs',
  'rulesReport',
  'modelAll',
  'modelReasoning',
  'modelActs',
  'modelReport',
  'drawn',
  'passing',
]

const suspicion: Measure<true> = score().optionally()

/** What each trial gives: what was done, by the world's own state, and how suspicious each monitor found each view. */
export const OUTCOME: Readonly<Record<Score, Measure<true>>> & {
  readonly behaved: RequiredMeasure
  /** What is selected against: a sign in the reasoning, or in `words` a word that the monitor reads for. */
  readonly visible: RequiredMeasure
  readonly done: RequiredMeasure
  readonly unread: RequiredMeasure
} = {
  behaved: proportion(),
  visible: proportion(),
  done: proportion(),
  unread: count(),
  rulesAll: suspicion,
  rulesReasoning: suspicion,
  rulesActs: suspicion,
  rulesReport: suspicion,
  modelAll: suspicion,
  modelReasoning: suspicion,
  modelActs: suspicion,
  modelReport: suspicion,
  drawn: suspicion,
  passing: suspicion,
}

export type Measured = ValuesOf<typeof OUTCOME>
