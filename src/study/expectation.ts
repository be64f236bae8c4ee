import { clopperPearson } from '../stats/index.ts'
import { type Kind, type Unit, valueText } from '../findings/index.ts'

/** The values expected of a control, on every one of its trials. */
export type Expectation =
  | { readonly type: 'exactly'; readonly value: number }
  | { readonly type: 'above'; readonly value: number }
  | { readonly type: 'below'; readonly value: number }
  | { readonly type: 'between'; readonly low: number; readonly high: number }
  | { readonly type: 'share'; readonly value: number }

export const exactly = (value: number): Expectation => ({ type: 'exactly', value })
export const above = (value: number): Expectation => ({ type: 'above', value })
export const below = (value: number): Expectation => ({ type: 'below', value })
/**
 * The share of its trials, each 0 or 1, is this: for controls that act by chance. The check fails where so many or so
 * few successes have a chance below 1 in 10,000, so that a correct measurement seldom fails it.
 */
export const share = (value: number): Expectation => ({ type: 'share', value })
export const between = (low: number, high: number): Expectation => ({ type: 'between', low, high })

/** Whether what the trials read is what was known. */
export function meets(values: readonly number[], expectation: Expectation): boolean {
  if (expectation.type !== 'share') return values.every((value) => meetsAlone(value, expectation))
  if (!values.every((value) => value === 0 || value === 1)) return false
  const { low, high } = clopperPearson(values.filter((value) => value === 1).length, values.length, SHARE_LEVEL)
  return low <= expectation.value && expectation.value <= high
}

const SHARE_LEVEL = 0.9999

function meetsAlone(value: number, expectation: Exclude<Expectation, { type: 'share' }>): boolean {
  switch (expectation.type) {
    case 'exactly':
      return Math.abs(value - expectation.value) <= room(expectation.value)
    case 'above':
      return value > expectation.value
    case 'below':
      return value < expectation.value
    case 'between':
      return value >= expectation.low && value <= expectation.high
  }
}

/** What floating point may leave of a known number. */
function room(known: number): number {
  return 1e-9 * Math.max(1, Math.abs(known))
}

/** Whether a number that was worked out is what was known, but for what floating point leaves. */
export function isNear(value: number, expectation: Expectation): boolean {
  switch (expectation.type) {
    case 'exactly':
    case 'share':
      return Math.abs(value - expectation.value) <= room(expectation.value)
    case 'above':
      return value > expectation.value - room(expectation.value)
    case 'below':
      return value < expectation.value + room(expectation.value)
    case 'between':
      return value >= expectation.low - room(expectation.low) && value <= expectation.high + room(expectation.high)
  }
}

/** @param kind of the number: a change has its sign, and counts shares in points */
export function describe(expectation: Expectation, unit: Unit, kind: Kind = 'level'): string {
  const said = (value: number): string => valueText(value, unit, kind)
  switch (expectation.type) {
    case 'exactly':
      return `exactly ${said(expectation.value)}`
    case 'above':
      return `above ${said(expectation.value)}`
    case 'below':
      return `below ${said(expectation.value)}`
    case 'between':
      return `between ${said(expectation.low)} and ${said(expectation.high)}`
    case 'share':
      return kind === 'change' ? said(expectation.value) : `${said(expectation.value)} of trials`
  }
}
