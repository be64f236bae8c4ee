/** What a study measures on every trial. */
export interface Measure<Optional extends boolean = boolean> {
  readonly unit: Unit
  readonly optional: Optional
  /** Which values are better, where that is known: a comparison then says which of two is better. */
  readonly better?: Better
}

export type Better = 'higher' | 'lower'

/** What else may be said of a measure. */
export interface MeasureOptions {
  readonly better?: Better
}

/** Units that figures and findings know how to print. `proportion` lies in [0, 1]; `score` has no unit. */
export type Unit = (typeof UNITS)[number]

/** Every unit, for whoever parses one. */
export const UNITS = ['cents', 'count', 'days', 'proportion', 'score', 'tokens', 'ms', 'minutes'] as const

export type Measures = Readonly<Record<string, Measure>>

/** The values a trial must bring: a number for every measure, but for the optional ones. */
export type ValuesOf<M extends Measures> = {
  readonly [K in keyof M as M[K] extends Measure<false> ? K : never]: number
} & {
  readonly [K in keyof M as M[K] extends Measure<false> ? never : K]?: number | undefined
}

/** A measure that every trial has, until it is made optional. */
export interface RequiredMeasure extends Measure<false> {
  readonly optionally: () => Measure<true>
}

function measure(unit: Unit, options: MeasureOptions = {}): RequiredMeasure {
  return { unit, optional: false, ...options, optionally: () => ({ unit, optional: true, ...options }) }
}

/** Money in whole cents. */
export const cents = (options?: MeasureOptions): RequiredMeasure => measure('cents', options)
export const count = (options?: MeasureOptions): RequiredMeasure => measure('count', options)
export const days = (options?: MeasureOptions): RequiredMeasure => measure('days', options)
/** A share in [0, 1]; 0 or 1 where the trial passes or fails. */
export const proportion = (options?: MeasureOptions): RequiredMeasure => measure('proportion', options)
export const score = (options?: MeasureOptions): RequiredMeasure => measure('score', options)

/**
 * A value of a unit as people write it.
 *
 * @param decimals of numbers that are neither money nor shares; default: as many as four digits leave, without zeros at the end
 */
export function format(value: number, unit: Unit, decimals?: number): string {
  if (unit === 'cents')
    return `${value < 0 ? '−' : ''}$${(Math.abs(value) / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`
  if (unit === 'proportion') return `${hundredths(value)}%`
  const digits =
    decimals === undefined
      ? { maximumFractionDigits: 3 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const kept = decimals === undefined ? Number(value.toPrecision(4)) : value
  return `${kept.toLocaleString('en-US', digits)}${AFTER[unit]}`
}

/**
 * A share times 100, with up to three digits that keep it from reading 0 or 100 when it is neither: `99.997`; nearer still, `>99.999`.
 *
 * @param digits behind the point at least, default 1
 */
export function hundredths(share: number, digits = 1): string {
  const text = (100 * share).toFixed(digits)
  const whole = Math.abs(Number(text))
  // What floating point alone keeps from an end is at it.
  const off = whole === 0 || whole === 100 ? Math.abs(100 * Math.abs(share) - whole) : 0
  if (off <= 1e-10) return text
  if (digits < 3) return hundredths(share, digits + 1)
  return whole === 0 ? '<0.001' : '>99.999'
}

/** What follows a number of a unit. */
const AFTER: Readonly<Record<Exclude<Unit, 'cents' | 'proportion'>, string>> = {
  days: ' days',
  tokens: ' tokens',
  ms: ' ms',
  minutes: ' min',
  count: '',
  score: '',
}
