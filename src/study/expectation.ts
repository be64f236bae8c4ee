import { format, type Unit } from './measure.ts'

/** What a control is known to read, on every one of its trials. */
export type Expectation =
  | { readonly type: 'exactly'; readonly value: number }
  | { readonly type: 'above'; readonly value: number }
  | { readonly type: 'below'; readonly value: number }
  | { readonly type: 'between'; readonly low: number; readonly high: number }

export const exactly = (value: number): Expectation => ({ type: 'exactly', value })
export const above = (value: number): Expectation => ({ type: 'above', value })
export const below = (value: number): Expectation => ({ type: 'below', value })
export const between = (low: number, high: number): Expectation => ({ type: 'between', low, high })

export function meets(value: number, expectation: Expectation): boolean {
  switch (expectation.type) {
    case 'exactly':
      return value === expectation.value
    case 'above':
      return value > expectation.value
    case 'below':
      return value < expectation.value
    case 'between':
      return value >= expectation.low && value <= expectation.high
  }
}

export function describe(expectation: Expectation, unit: Unit): string {
  switch (expectation.type) {
    case 'exactly':
      return `exactly ${format(expectation.value, unit)}`
    case 'above':
      return `above ${format(expectation.value, unit)}`
    case 'below':
      return `below ${format(expectation.value, unit)}`
    case 'between':
      return `between ${format(expectation.low, unit)} and ${format(expectation.high, unit)}`
  }
}
