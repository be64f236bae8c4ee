import { AssayError, nearest } from '../assay-error.ts'
import { agree } from './agree.ts'
import type { AuditKind } from './audited.ts'
import { budget } from './budget.ts'
import { coded } from './coded.ts'
import { detect } from './detect.ts'
import { earnings } from './earnings.ts'
import { effect } from './effect.ts'
import { generality } from './generality.ts'
import { horizon } from './horizon.ts'
import { horizons } from './horizons.ts'
import { layers } from './layers.ts'
import { lead } from './lead.ts'
import { pairs } from './pairs.ts'
import { rate } from './rate.ts'

/** Every kind of rows that can be audited: a kind's file says the rest, its columns, its help and how it is audited. */
export const AUDIT_KINDS: readonly AuditKind[] = [
  rate,
  horizon,
  pairs,
  budget,
  layers,
  earnings,
  lead,
  generality,
  detect,
  horizons,
  effect,
  coded,
  agree,
]

/** @throws AssayError `audit/kind`, with the kind that was perhaps meant */
export function auditKind(name: string): AuditKind {
  const known = AUDIT_KINDS.find((each) => each.name === name)
  if (known !== undefined) return known
  const names = AUDIT_KINDS.map((each) => each.name)
  const meant = nearest(name, names)
  const hint = meant === undefined ? `the kinds are ${names.join(', ')}` : `did you mean ${meant}?`
  throw new AssayError('audit/kind', `There is no kind of rows called ${name}; ${hint}`)
}
