/** A two-sided interval: bounds, the confidence it was built for, in (0, 1), and how it was built. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly level: number
  readonly method: string
}

/** A number with its uncertainty. `df` are the degrees of freedom of the interval where it is a t interval. */
export interface Estimate {
  readonly type: 'estimate'
  readonly value: number
  readonly standardError: number
  readonly interval: Interval
  readonly df?: number
}

/** What the data cannot say, and why. `value` is there when the number itself is known and only its uncertainty is not. */
export interface NotEstimable {
  readonly type: 'not-estimable'
  readonly reason: string
  readonly value?: number
}

export type Estimated<T = Estimate> = T | NotEstimable

export function notEstimable(reason: string, value?: number): NotEstimable {
  return value === undefined ? { type: 'not-estimable', reason } : { type: 'not-estimable', reason, value }
}
