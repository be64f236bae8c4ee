import { type Audit, audit, type AuditOptions, readPublished } from '../../src/audit/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import type { JsonObject } from '../../src/record/index.ts'

/** The audit of rows at hand. */
export function auditRows(
  rows: readonly JsonObject[],
  options: Omit<AuditOptions, 'version' | 'published'>,
  published: readonly string[] = [],
): Promise<Audit> {
  return audit({ shown: 'made rows', rows }, { ...options, published: readPublished(published), version: 'test' })
}

/** @throws Error where no finding, or more than one, has the name under these conditions */
export function found({ findings }: Audit, quantity: string, where: Readonly<Record<string, string>> = {}): Finding {
  const own = findings.filter(
    (each) =>
      each.quantity === quantity &&
      Object.keys({ ...each.conditions, ...where }).every((key) => each.conditions[key] === where[key]),
  )
  const [only] = own
  if (only === undefined || own.length > 1) throw new Error(`${own.length} findings are called ${quantity}`)
  return only
}

/** Estimate, low, high. */
export function numbers({ estimate }: Finding): readonly [value: number, low: number, high: number] {
  if (estimate.type === 'not-estimable') throw new Error(estimate.reason)
  return [estimate.value, estimate.interval.low, estimate.interval.high]
}
