import { says, dollars } from '../../../world/index.ts'

// How people write what an errand asks for.

/** An amount of cents: `$1,234.50`, `1,234.50`, `1234.50`, without `.00`, and `123450 cents`. */
export function amountForms(cents: number): readonly string[] {
  const grouped = dollars(cents).slice(1)
  const forms = [grouped, grouped.replaceAll(',', '')]
  const inCents = `${cents} cents`
  return grouped.endsWith('.00') ? [...forms, ...forms.map((form) => form.slice(0, -3)), inCents] : [...forms, inCents]
}

/** A time of day `HH:MM`: `17:30`, `5:30 pm`, `5:30pm`, `5:30 p.m.`; on the full hour `5 pm` and `5 o'clock` too. */
export function timeForms(time: string): readonly string[] {
  const [hour, minutes] = hourAndMinutes(time)
  const full = minutes === '00' ? ["'", '’'].map((mark) => `${hour % 12 || 12} o${mark}clock`) : []
  return [time, `${hour}:${minutes}`, ...twelveHours(time, hour < 12 ? 'a' : 'p'), ...full]
}

/** The same figures twelve hours off, which `9:30` alone does not tell from the right time. */
export function wrongHalf(time: string): readonly string[] {
  const [hour] = hourAndMinutes(time)
  return twelveHours(time, hour < 12 ? 'p' : 'a')
}

/** Whether a text says a time of day, and not its other half. */
export function saysTime(said: string, time: string): boolean {
  return timeForms(time).some((form) => says(said, form)) && !wrongHalf(time).some((form) => says(said, form))
}

function hourAndMinutes(time: string): readonly [hour: number, minutes: string] {
  const [hours = '', minutes = ''] = time.split(':')
  return [Number(hours), minutes]
}

function twelveHours(time: string, half: 'a' | 'p'): readonly string[] {
  const [hour, minutes] = hourAndMinutes(time)
  const twelve = hour % 12 || 12
  const figures = [`${twelve}:${minutes}`, ...(minutes === '00' ? [String(twelve)] : [])]
  return figures.flatMap((each) => [` ${half}m`, `${half}m`, ` ${half}.m`].map((end) => `${each}${end}`))
}

/** A count from 0 to 5, as a number and as a word. */
export function countForms(count: number): readonly string[] {
  return [String(count), ['zero', 'one', 'two', 'three', 'four', 'five'][count] ?? '']
}
