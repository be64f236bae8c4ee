import { type Finding, format, type Unit } from '../findings/index.ts'
import { plain } from './plain.ts'

/** A value as people write it; `change` gives it a sign, and counts shares in percentage points. */
export function valueText(value: number, unit: Unit, change = false): string {
  const sign = value < 0 ? '−' : change && value > 0 ? '+' : ''
  if (!Number.isFinite(value)) return `${sign}∞`
  const size = Math.abs(value)
  if (change && unit === 'proportion') return `${sign}${(100 * size).toFixed(1)} points`
  return `${sign}${format(size, unit)}`
}

/** A value beside an axis, where the unit stands once at its end. */
export function tickText(value: number, unit: Unit): string {
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  if (unit === 'cents') return `${sign}$${short(size / 100)}`
  if (unit === 'proportion') return `${sign}${short(100 * size)}%`
  return `${sign}${short(size)}`
}

function short(size: number): string {
  const notation = size >= 10_000 ? 'compact' : 'standard'
  return new Intl.NumberFormat('en-US', { notation, maximumSignificantDigits: 4 }).format(size).toLowerCase()
}

/** Whether a finding says how much something changes, not how much of it there is. */
export function isChange({ quantity }: Pick<Finding, 'quantity'>): boolean {
  return quantity.startsWith('difference(')
}

export function findingValue(finding: Finding, value: number): string {
  return valueText(value, finding.unit, isChange(finding))
}

/** `$13.10`, or why there is none. */
export function estimateText(finding: Finding): string {
  const { estimate } = finding
  if (estimate.type === 'estimate') return findingValue(finding, estimate.value)
  const known = estimate.value === undefined ? '' : `${findingValue(finding, estimate.value)}, no interval: `
  return `${known}not estimable (${plain(estimate.reason)})`
}

/** `95% interval $12.00 to $14.20`; empty where there is none. */
export function intervalText(finding: Finding): string {
  if (finding.estimate.type !== 'estimate') return ''
  const { low, high, level } = finding.estimate.interval
  return `${Number((100 * level).toPrecision(4))}% interval ${findingValue(finding, low)} to ${findingValue(finding, high)}`
}

/** `local/smollm2-135m, scaffold=shown`. */
export function conditionsText(conditions: Readonly<Record<string, string>>): string {
  return Object.entries(conditions)
    .map(([name, level]) => (name === 'agent' ? plain(level) : `${plain(name)}=${plain(level)}`))
    .join(', ')
}
