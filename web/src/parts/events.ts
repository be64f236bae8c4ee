import { useCallback, useRef, useState } from 'react'
import type { SentEvent } from '../../../src/server/api.ts'
import { BLOCK } from '../../../src/server/export-name.ts'
import { get, isExport, type TrialName } from '../api.ts'

export interface Events {
  readonly of: (index: number) => SentEvent | undefined
  /** An exported copy holds a part of a long trial only. */
  readonly isLeftOut: (index: number) => boolean
  readonly isThere: (index: number) => boolean
  readonly want: (first: number, last: number) => void
}

/** Blocks of events, asked for when they are scrolled to. A block that was cut short by the journal's end is asked for again when it has grown. */
export function useEvents(name: TrialName, total: number): Events {
  const blocks = useRef(new Map<number, readonly SentEvent[]>())
  const asked = useRef(new Set<number>())
  const leftOut = useRef(new Set<number>())
  const [, setTurn] = useState(0)
  const want = useCallback(
    (first: number, last: number) => {
      for (let block = Math.floor(first / BLOCK); block <= Math.floor(last / BLOCK); block++) {
        const held = blocks.current.get(block)
        const due = Math.min(BLOCK, total - block * BLOCK)
        if (asked.current.has(block) || leftOut.current.has(block) || (held !== undefined && held.length >= due))
          continue
        asked.current.add(block)
        const read = async (): Promise<void> => {
          const range = { from: String(block * BLOCK), to: String((block + 1) * BLOCK) }
          try {
            const { events } = await get('/api/runs/:run/trials/:trial/events', { ...name, ...range })
            blocks.current.set(block, events)
            setTurn((old) => old + 1)
          } catch {
            if (isExport) leftOut.current.add(block)
            setTurn((old) => old + 1)
          } finally {
            asked.current.delete(block)
          }
        }
        void read()
      }
    },
    [name, total],
  )
  const of = (index: number): SentEvent | undefined => blocks.current.get(Math.floor(index / BLOCK))?.[index % BLOCK]
  return {
    of,
    isLeftOut: (index) => leftOut.current.has(Math.floor(index / BLOCK)),
    isThere: (index) => of(index) !== undefined,
    want,
  }
}
