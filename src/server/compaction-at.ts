import { ThreadReader } from '../agent/index.ts'
import { AssayError } from '../assay-error.ts'
import { compactionSaid, type CompactionSaid } from '../project/index.ts'
import { allEvents } from '../record/index.ts'

/** Events read at a time, so that a long journal does not hold up other viewers. */
const PAGE = 1000

/**
 * What a compaction did to its thread. The journal is read from its beginning, since what stands where is told by all
 * that came before.
 *
 * @throws AssayError `server/unknown-event` where that event is not a compaction
 */
export async function compactionAt(journal: string, seq: number): Promise<CompactionSaid> {
  const reader = new ThreadReader()
  for (const { event } of allEvents(journal)) {
    reader.add(event)
    if (event.seq === seq && event.type === 'compaction') return compactionSaid(reader, event)
    if (event.seq >= seq) break
    if (event.seq % PAGE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  throw new AssayError('server/unknown-event', `There is no compaction ${seq} in this trial.`)
}
