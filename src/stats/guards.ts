import { AssayError } from '../assay-error.ts'

/** @throws AssayError `stats/not-a-level` unless 0 < level < 1 */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new AssayError(
      'stats/not-a-level',
      `A confidence level must be between 0 and 1. You gave ${level}. Write 0.95 for 95%.`,
    )
  }
}

/** @throws AssayError `stats/not-a-proportion` unless both are whole and 0 ≤ successes ≤ n, n ≥ 1 */
export function requireCounts(successes: number, n: number): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(n)
  if (!whole || n < 1 || successes < 0 || successes > n) {
    throw new AssayError(
      'stats/not-a-proportion',
      `${successes} of ${n} is not a proportion: whole numbers, 0 ≤ successes ≤ n, n ≥ 1.`,
    )
  }
}

/** @throws AssayError `stats/not-finite` if a value is NaN or infinite */
export function requireFinite(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new AssayError(
        'stats/not-finite',
        `${name}[${i}] is ${values[i]}; leave missing values out and count them.`,
      )
    }
  }
}

/** @throws AssayError `stats/length` if two arrays that go together differ in length */
export function requireSameLength(names: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length) {
    throw new AssayError('stats/length', `${names} go together but have ${a.length} and ${b.length} entries.`)
  }
}

/** @throws AssayError `stats/not-a-probability` unless 0 ≤ value ≤ 1 */
export function requireProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new AssayError('stats/not-a-probability', `${name} must lie in [0, 1], got ${value}.`)
  }
}

/** @throws AssayError `stats/not-positive` unless value is finite and above 0 */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new AssayError('stats/not-positive', `${name} must be a finite number above 0, got ${value}.`)
  }
}

/** @throws AssayError `stats/not-a-count` unless value is whole and at least `least` */
export function requireCount(name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new AssayError('stats/not-a-count', `${name} must be a whole number of at least ${least}, got ${value}.`)
  }
}
