import { AssayError } from '../../assay-error.ts'
import { clear } from './clear.ts'
import { native } from './native.ts'
import { none } from './none.ts'
import { notes } from './notes.ts'
import type { Rules } from './rules.ts'
import { summary } from './summary.ts'
import { trim } from './trim.ts'

/** Names of the strategies, in the order in which studies and pages name them. */
export const STRATEGIES = ['none', 'trim', 'clear', 'summary', 'notes', 'native'] as const

export type Strategy = (typeof STRATEGIES)[number]

const RULES: Readonly<Record<Strategy, Rules>> = { none, trim, clear, summary, notes, native }

/** @throws AssayError `agent/compaction` there is no such strategy */
export function rulesOf(strategy: Strategy): Rules {
  if (Object.hasOwn(RULES, strategy)) return RULES[strategy]
  throw new AssayError(
    'agent/compaction',
    `No compaction is called "${strategy}". Take one of ${STRATEGIES.join(', ')}.`,
  )
}
