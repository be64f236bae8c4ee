import type { TaskFamily } from '../../world/index.ts'
import { accounts } from './accounts/accounts.ts'
import { circulars } from './circulars/circulars.ts'
import { configurations } from './configurations.ts'
import { form } from './form.ts'
import { handover } from './handover/handover.ts'
import { ledgers } from './ledgers.ts'
import { logs } from './logs.ts'
import { references } from './references.ts'
import { repairs } from './repairs.ts'

/** The families that Assay brings, in the order in which they are documented. */
export const workspaceFamilies: readonly TaskFamily[] = [
  references,
  ledgers,
  configurations,
  logs,
  repairs,
  form,
  circulars,
  accounts,
  handover,
]

export { defineFamily } from './job.ts'
export type { FamilySpec } from './job.ts'
export { rehearse } from './rehearsal.ts'
export type { Rehearsal, Slip, Workplace } from './rehearsal.ts'
