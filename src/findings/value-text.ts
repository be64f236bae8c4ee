import type { Kind } from './kind.ts'
import { format, hundredths, type Unit } from './measure.ts'

/** A value as people write it; a change has its sign, and counts shares in percentage points. */
export function valueText(value: number, unit: Unit, kind: Kind = 'level', decimals?: number): string {
  const change = kind === 'change'
  const sign = value < 0 ? '−' : change && value > 0 ? '+' : ''
  if (!Number.isFinite(value)) return `${sign}∞`
  const size = Math.abs(value)
  if (change && unit === 'proportion') return `${sign}${hundredths(size)} points`
  return `${sign}${format(size, unit, decimals)}`
}
