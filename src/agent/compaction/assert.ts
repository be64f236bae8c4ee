import { AssayError } from '../../assay-error.ts'
import type { Compaction } from '../scaffold.ts'
import { rulesOf } from './list.ts'

/**
 * @throws AssayError `agent/compaction` no such strategy, or thresholds that are no shares, or the wrong way round
 */
export function assertCompaction(compaction: Compaction): void {
  rulesOf(compaction.strategy)
  if (compaction.strategy === 'none') return
  const { strategy, at, to } = compaction
  if (to > 0 && to < at && at <= 1) return
  throw new AssayError(
    'agent/compaction',
    `Compaction ${strategy}: at ${at} and to ${to} must be shares of the window with 0 < to < at ≤ 1.`,
  )
}
