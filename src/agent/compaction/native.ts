import type { Rules } from './rules.ts'
import { answer } from './summary.ts'
import { trimmed } from './trim.ts'

/** The oldest turns go, and what the model's own compaction makes of them stands in their place. */
export const native: Rules = { shrink: trimmed, needs: 'native', inPlace: answer('native', 'a shorter form of them') }
