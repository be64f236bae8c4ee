import { accounts } from './accounts.ts'
import { circulars } from './circulars.ts'
import { handover } from './handover.ts'
import type { Script } from './text.ts'

export const PATTERNS: Readonly<Record<string, Script>> = { circulars, accounts, handover }
