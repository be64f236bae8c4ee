import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactElement } from 'react'
import type { TrialOverview } from '../../../src/server/api.ts'
import type { TrialName } from '../api.ts'
import { EventView } from './event.tsx'
import { useEvents } from './events.ts'

/** A guess of an event's height before it was drawn, pixels. */
const GUESS = 90

interface TranscriptProps {
  readonly name: TrialName
  readonly overview: TrialOverview
  readonly at: number
  readonly go: (seq: number) => void
  readonly units: Readonly<Record<string, string>>
  /** The address of the page at an event. */
  readonly linkTo: (seq: number) => string
}

/** A trial's events, of which only those in view are drawn. */
export function Transcript({ name, overview, at, go, units, linkTo }: TranscriptProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const events = useEvents(name, overview.total)
  const virtual = useVirtualizer({
    count: overview.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESS,
    overscan: 6,
    getItemKey: (index) => index,
  })
  const shown = virtual.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => events.want(first, last), [first, last, events.want])
  // Events above the one that was jumped to grow when they are read and drawn: it is held in its place until the reader
  // scrolls.
  const held = useRef<number>(undefined)
  const size = virtual.getTotalSize()
  const isThere = events.isThere(at)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current || at !== 0) held.current = at
    isFirst.current = false
  }, [at])
  useEffect(() => {
    if (held.current === at) virtual.scrollToIndex(at, { align: 'start' })
  }, [at, size, isThere, virtual])
  const letGo = (): void => {
    held.current = undefined
  }
  return (
    <div
      className="events"
      style={{ height: `min(75vh, ${size + 2}px)` }}
      ref={scroller}
      onWheel={letGo}
      onPointerDown={letGo}
      onTouchMove={letGo}
      onKeyDown={(event) => {
        if (event.key.startsWith('Arrow') || event.key.startsWith('Page') || event.key === ' ') letGo()
      }}
      tabIndex={0}
      role="feed"
      aria-busy={!events.isThere(first)}
      aria-label="Events"
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start }) => {
          const event = events.of(index)
          return (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              className="place"
              style={{ transform: `translateY(${start}px)` }}
            >
              {event === undefined ? (
                <div className="event quiet" style={{ minHeight: GUESS - 10 }}>
                  {index} {events.isLeftOut(index) ? 'is not in the exported copy' : '…'}
                </div>
              ) : (
                <EventView
                  units={units}
                  event={event}
                  isChosen={index === at}
                  href={linkTo(index)}
                  name={name}
                  go={go}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
