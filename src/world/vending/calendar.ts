import { randomFrom } from '../../record/index.ts'

// A plain year of 365 days that starts on Monday, 1 January; longer businesses run through it again. Factors multiply
// demand and average about 1 over a week, a year and the weather, so that a product's base demand is its usual demand.

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
/** The machine stands where people work: weekdays carry the trade and Friday most of it. */
const WEEKDAY_FACTOR = [1, 1.05, 1.05, 1.1, 1.2, 0.9, 0.7] as const

const MONTHS = [
  ['January', 31, 0.85],
  ['February', 28, 0.9],
  ['March', 31, 0.95],
  ['April', 30, 1],
  ['May', 31, 1.05],
  ['June', 30, 1.15],
  ['July', 31, 1.2],
  ['August', 31, 1.15],
  ['September', 30, 1.05],
  ['October', 31, 0.95],
  ['November', 30, 0.9],
  ['December', 31, 0.85],
] as const

/** Weather is drawn for each day by its own: name, probability, factor. Bad weather keeps people inside and away. */
const WEATHER = [
  ['sunny', 0.35, 1.15],
  ['cloudy', 0.35, 1],
  ['rain', 0.22, 0.85],
  ['storm', 0.08, 0.65],
] as const

export const YEAR_DAYS = 365

/** Day of the year as people say it: day 0 is `Monday 1 January`. */
export function dateOf(day: number): string {
  const { month, date } = monthOf(day)
  return `${WEEKDAYS[day % 7] ?? ''} ${date} ${MONTHS[month]?.[0] ?? ''}`
}

export function weekdayFactor(day: number): number {
  return WEEKDAY_FACTOR[day % 7] ?? 1
}

export function monthFactor(day: number): number {
  return MONTHS[monthOf(day).month]?.[2] ?? 1
}

export interface Weather {
  readonly name: string
  readonly factor: number
}

/** The weather of one day of one business; the same whatever the shopkeeper does. */
export function weatherOn(seed: string, day: number): Weather {
  let left = randomFrom(seed, 'weather', day)()
  for (const [name, share, factor] of WEATHER) {
    left -= share
    if (left < 0) return { name, factor }
  }
  return { name: 'cloudy', factor: 1 }
}

function monthOf(day: number): { readonly month: number; readonly date: number } {
  let left = day % YEAR_DAYS
  let month = 0
  for (const [, length] of MONTHS) {
    if (left < length) break
    left -= length
    month += 1
  }
  return { month, date: left + 1 }
}
