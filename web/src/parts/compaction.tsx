import type { ReactElement } from 'react'
import type { SentEvent } from '../../../src/server/api.ts'
import type { TrialName } from '../api.ts'
import { number, visible } from '../say.ts'
import { useAsked } from '../use.ts'
import { Jump } from './jump.tsx'

interface CompactionProps {
  readonly event: Extract<SentEvent, { type: 'compaction' }>
  readonly name: TrialName
  readonly go: (seq: number) => void
}

/** What went, what stands in its place, and what the model sees next; read only when it is in view. */
export function Compaction({ event, name, go }: CompactionProps): ReactElement {
  const { data } = useAsked('/api/runs/:run/trials/:trial/compactions/:seq', { ...name, seq: String(event.seq) })
  const jump = (seq: number): ReactElement => <Jump seq={seq} go={go} />
  return (
    <div>
      <p>
        {event.strategy}: {number(event.tokensBefore)}
        {event.window === undefined ? '' : ` of ${number(event.window)}`} tokens before, {number(event.tokensAfter)}{' '}
        after{event.forced === true ? ', since the provider said that the context was too long' : ''}.
        {event.cleared !== undefined &&
          ` ${number(event.cleared.results)} tool results cleared: a mark is in place of each.`}
        {event.warning !== undefined && ` Warning: ${visible(event.warning)}`}
      </p>
      {data !== undefined && (
        <>
          {data.between !== undefined && (
            <p>
              Dropped {data.gone.map(({ who, count }) => `${number(count)} ${visible(who)}`).join(', ')} (events{' '}
              {jump(data.between[0])} to {jump(data.between[1])}).
            </p>
          )}
          {data.cut.map(({ seq, from, to }) => (
            <p key={seq}>
              Cut the result in event {jump(seq)} from {number(from)} to {number(to)} characters.
            </p>
          ))}
          {data.entered !== undefined && <p>In its place is event {jump(data.entered)}.</p>}
          <details>
            <summary>the model sees next {number(data.sees)} messages</summary>
            <ol className="plain">
              {data.next.map(({ seq, who, glance }) => (
                <li key={seq}>
                  {jump(seq)} {visible(who)} <span className="quiet">{visible(glance)}</span>
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </div>
  )
}
