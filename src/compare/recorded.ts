import { AssayError } from '../assay-error.ts'
import { canonical, isObject, type Json } from '../record/index.ts'
import { findingSchema, type Finding } from '../findings/index.ts'

/**
 * A finding as the record of a replication holds it. One that was written before findings said their kind takes kind and
 * subject from the same finding of its run as it is read now: the numbers stay those that were written.
 *
 * @param now the findings of the run that the record is about
 * @throws AssayError `study/old-finding` where that run has no such finding any more
 */
export function recordedFinding(written: Json, now: readonly Finding[]): Finding {
  if (!isObject(written) || 'kind' in written) return findingSchema.parse(written)
  const { quantity, conditions } = written
  const same = now.find(
    (each) =>
      each.quantity === quantity && isObject(conditions) && canonical({ ...each.conditions }) === canonical(conditions),
  )
  if (same === undefined)
    throw new AssayError(
      'study/old-finding',
      `The record holds ${JSON.stringify(quantity)} in an older form, and its run has no such finding any more. Replicate the run again: assay replicate <run>`,
    )
  const { kind, subject, at, measure } = same
  return findingSchema.parse({
    kind,
    subject,
    ...(at !== undefined && { at }),
    ...(measure !== undefined && { measure }),
    ...written,
  })
}
