import { memo, type ReactElement, type ReactNode } from 'react'
import type { SentEvent } from '../../../src/server/api.ts'
import { limitText, stopText } from '../../../src/report/limit-text.ts'
import { urlOf } from '../../../src/server/url-of.ts'
import { isExport, type TrialName } from '../api.ts'
import { inUnit, labelOf, number, visible } from '../say.ts'
import { Compaction } from './compaction.tsx'
import { Fact } from './fact.tsx'

interface EventProps {
  readonly event: SentEvent
  readonly href: string
  /** Of the trial. */
  readonly name: TrialName
  readonly go: (seq: number) => void
  readonly isChosen: boolean
  /** Of measures and of the world's money, by name. */
  readonly units: Readonly<Record<string, string>>
}

/** One event of a transcript. Whatever a model wrote is text. */
export const EventView = memo(function EventView({ event, href, name, go, isChosen, units }: EventProps): ReactElement {
  return (
    <article className={`event ${event.type.replace('.', '-')} ${isChosen ? 'chosen' : ''}`} aria-current={isChosen}>
      <header>
        <a className="seq" href={href} title="Link to this event">
          {event.seq}
        </a>{' '}
        <strong>{nameOf(event)}</strong>{' '}
        {'thread' in event && event.thread !== undefined && <span>[{event.thread}]</span>}{' '}
        <span className="quiet">{asideOf(event)}</span>
        {event.shortened !== undefined && (
          <span className="flag">
            shortened: {number(event.shortened)} characters
            {!isExport && (
              <>
                {' '}
                <a
                  href={urlOf('/api/runs/:run/trials/:trial/events/:seq/text', { ...name, seq: String(event.seq) })}
                  download
                >
                  all of it
                </a>
              </>
            )}
          </span>
        )}
      </header>
      {event.type === 'compaction' ? <Compaction event={event} name={name} go={go} /> : bodyOf(event, units)}
    </article>
  )
})

function nameOf(event: SentEvent): string {
  if (event.type === 'message') return event.message.role
  if (event.type === 'model.call' && event.aside !== undefined)
    return `${event.aside.purpose}, outside the conversation`
  if (event.type === 'model.call') return event.failure === undefined ? 'assistant' : 'failed call'
  if (event.type === 'tool.call') return event.result.name
  return event.type === 'note' ? event.topic : event.type
}

function asideOf(event: SentEvent): string {
  if (event.type === 'model.call') {
    const { usage, cost, timing } = event
    const tokens =
      usage.input === undefined
        ? undefined
        : `${number(usage.input)} in, ${usage.output === undefined ? '?' : number(usage.output)} out`
    const money = cost.type === 'known' && cost.dollars > 0 ? `$${cost.dollars.toPrecision(2)}` : undefined
    const time = timing.working > 0 ? `${(timing.working / 1000).toFixed(2)} s` : undefined
    return [tokens, money, time].filter((part) => part !== undefined).join(', ')
  }
  if (event.type === 'tool.call') return event.status === 'ok' ? '' : event.status
  return ''
}

function bodyOf(event: SentEvent, units: EventProps['units']): ReactNode {
  switch (event.type) {
    case 'trial.start':
      return (
        <p>
          {[
            ...Object.entries(event.cell).map((level) => level.join(' = ')),
            `task ${event.task}`,
            `seed ${event.seed}`,
          ].join(', ')}
        </p>
      )
    case 'message':
      return event.message.role === 'assistant' ? (
        <Parts parts={event.message.parts} />
      ) : (
        <Text text={event.message.text} />
      )
    case 'model.call':
      return (
        <>
          {event.aside !== undefined && <Text text={event.aside.text} />}
          {event.failure === undefined ? (
            <Parts parts={event.output?.parts ?? []} />
          ) : (
            <p className="failure">
              {event.failure.kind}: {visible(event.failure.message)}
            </p>
          )}
        </>
      )
    case 'tool.call':
      return (
        <>
          <details open={event.result.text.length < 400}>
            <summary>result, {number(event.result.text.length)} characters</summary>
            <Text text={event.result.text} />
          </details>
          {event.changes !== undefined && event.changes.length > 0 && <Changes changes={event.changes} />}
        </>
      )
    case 'compaction':
      return null
    case 'world':
      return <Values values={event.view} units={units} />
    case 'attempt':
      return <Values values={event.data} isLong />
    case 'grade':
      return (
        <>
          <p>by {visible(event.grader)}</p>
          {event.explanation !== undefined && <Text text={event.explanation} />}
          <Values values={event.values} units={units} />
        </>
      )
    case 'limit':
      return (
        <p>
          {visible(limitText(event.limit))}: {number(event.used)} of {number(event.cap)}
        </p>
      )
    case 'note':
      return <Text text={JSON.stringify(event.data)} />
    case 'error':
      return (
        <p className="failure">
          {event.where}: {visible(event.message)}
        </p>
      )
    case 'trial.end':
      return (
        <p>
          {event.status}: {visible(stopText(event.status, event.stop))}
        </p>
      )
  }
}

type ToolCallEvent = Extract<SentEvent, { type: 'tool.call' }>

type AssistantPart = Extract<SentEvent, { type: 'model.call' }>['output'] extends infer Output
  ? Output extends { readonly parts: readonly (infer Part)[] }
    ? Part
    : never
  : never

function Parts({ parts }: { readonly parts: readonly AssistantPart[] }): ReactElement {
  return (
    <>
      {parts.map((part, index) => {
        if (part.type === 'text') return <Text key={index} text={part.text} />
        if (part.type === 'reasoning')
          return (
            <details key={index} className="reasoning">
              <summary>reasoning, {number(part.text.length)} characters</summary>
              <Text text={part.text} />
            </details>
          )
        return (
          <details key={index} open={part.arguments.length < 400}>
            <summary>
              calls <code>{visible(part.name)}</code>
            </summary>
            <Text text={pretty(part.arguments)} />
          </details>
        )
      })}
    </>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}

function Text({ text }: { readonly text: string }): ReactElement {
  return <pre dir="ltr">{visible(text)}</pre>
}

interface ValuesProps {
  readonly values: Readonly<Record<string, unknown>>
  /** Texts that are read, not numbers that are looked at: each has a line of its own. */
  readonly isLong?: true
  /** Of measures, by name. */
  readonly units?: Readonly<Record<string, string>>
}

export function Values({ values, isLong, units = {} }: ValuesProps): ReactElement {
  return (
    <dl className={isLong === true ? 'values long' : 'values'}>
      {Object.entries(values).map(([name, value]) => (
        <Fact key={name} name={visible(labelOf(name))}>
          {isLong === true && typeof value === 'string' ? <Text text={value} /> : visible(textOf(value, units[name]))}
        </Fact>
      ))}
    </dl>
  )
}

function textOf(value: unknown, unit?: string): string {
  // A share of one trial is a yes or a no.
  if (unit === 'proportion' && (value === 0 || value === 1)) return value === 1 ? 'yes' : 'no'
  if (typeof value === 'number') return inUnit(value, unit)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Files told one by one, of one act. */
const MOST_FILES = 50

function Changes({ changes }: { readonly changes: NonNullable<ToolCallEvent['changes']> }): ReactElement {
  return (
    <ul className="changes">
      {changes.slice(0, MOST_FILES).map(({ path, before, after, kind, bytes, edit }) => (
        <li key={path}>
          {after === undefined ? 'removed' : before === undefined ? 'made' : 'changed'} {kind}{' '}
          <code>{visible(path)}</code>{' '}
          <span className="quiet">{bytes === undefined ? '' : `${number(bytes)} bytes`}</span>
          {edit !== undefined && (
            <details>
              <summary>
                at character {number(edit.at)}: {number(edit.cut)} gone, {number(edit.put.length)} put
              </summary>
              <Text text={edit.put} />
            </details>
          )}
        </li>
      ))}
      {changes.length > MOST_FILES && <li>… {number(changes.length - MOST_FILES)} more</li>}
    </ul>
  )
}
