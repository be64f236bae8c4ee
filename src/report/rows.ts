import type { Finding } from '../findings/index.ts'
import { plain } from './plain.ts'
import { conditionsText } from './values.ts'

/** One value, or the two ends of a range. */
export type Threshold = readonly number[]

/**
 * Names of findings that stand below one another: agent and what differs between them, with the title where titles
 * differ.
 */
export function rowLabels(findings: readonly Finding[]): readonly string[] {
  const titles = new Set(findings.map((finding) => finding.title)).size
  const differs = (name: string): boolean =>
    name === 'agent' || new Set(findings.map((finding) => finding.conditions[name])).size > 1
  return findings.map((finding) => {
    const told = Object.entries(finding.conditions).filter(([name]) => findings.length === 1 || differs(name))
    const where = conditionsText(Object.fromEntries(told))
    if (where === '') return plain(finding.title)
    return titles > 1 ? `${plain(finding.title)}, ${where}` : where
  })
}

/** A finding's value with its bounds; both bounds are the value where there is no interval, and undefined where nothing is known. */
export function placeOf({
  estimate,
}: Finding): { readonly value: number; readonly low: number; readonly high: number } | undefined {
  if (estimate.type === 'estimate') {
    return { value: estimate.value, low: estimate.interval.low, high: estimate.interval.high }
  }
  const { value } = estimate
  return value === undefined ? undefined : { value, low: value, high: value }
}

/** An axis that holds every finite estimate, bound and threshold, with a little room, and more where a bound has no end. */
export function axisOf(
  findings: readonly Finding[],
  threshold: Threshold = [],
): { readonly low: number; readonly high: number } {
  const all = findings
    .flatMap((finding) => {
      const place = placeOf(finding)
      return place === undefined ? [] : [place.value, place.low, place.high]
    })
    .concat(threshold)
  const values = all.filter((value) => Number.isFinite(value))
  if (values.length === 0) return { low: 0, high: 1 }
  const low = Math.min(...values)
  const high = Math.max(...values)
  const span = high === low ? Math.max(1, Math.abs(high)) : high - low
  const bottom = low - span * (all.includes(-Infinity) ? OPEN_ROOM : ROOM)
  const top = high + span * (all.includes(Infinity) ? OPEN_ROOM : ROOM)
  const shares = findings.every((finding) => finding.unit === 'proportion') && low >= 0 && high <= 1
  return shares ? { low: Math.max(0, bottom), high: Math.min(1, top) } : { low: bottom, high: top }
}

/** Shares of an axis left beyond the last value. */
const ROOM = 0.05
const OPEN_ROOM = 0.4

/** Round values across an axis, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(low: number, high: number, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count)
  if (!(rough > 0) || !Number.isFinite(rough)) return [low]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const tick = Number(((first + index) * step).toPrecision(12))
    return tick === 0 ? 0 : tick
  })
}
