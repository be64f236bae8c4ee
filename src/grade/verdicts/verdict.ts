/** What a judge was asked for. `rubric` is a score or a pass, by its format. */
export const ASKED = ['pair', 'score', 'binary', 'rubric'] as const
export type Asked = (typeof ASKED)[number]

export const PAIR_VERDICTS = ['A', 'B', 'tie', 'both-bad', 'none'] as const
export type PairVerdict = (typeof PAIR_VERDICTS)[number]

/** What a judge decided; null where its words decide nothing. */
export type ReadVerdict =
  | { readonly type: 'pair'; readonly verdict: PairVerdict }
  | { readonly type: 'score'; readonly score: number | null }
  | { readonly type: 'pass'; readonly pass: boolean | null }

/** One place where a judge says a verdict. */
export interface Said<Value> {
  readonly value: Value
  readonly start: number
  readonly end: number
}
