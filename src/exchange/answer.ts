import fs from 'node:fs'
import { readEvents, type Event } from '../record/index.ts'

/** What a trial's journal ends with. */
export interface JournalEnd {
  /** The last reply of the main thread, its text alone. */
  readonly answer?: string
  /** Why it was graded so. */
  readonly why?: string
}

/** Events read from the end of a journal: a trial ends with its last reply, its grades and its end. */
const TAIL = 40

/** The answer of a trial, from the end of its journal; nothing where the journal is missing. */
export function answerIn(journal: string): JournalEnd {
  if (!fs.existsSync(journal)) return {}
  const { total } = readEvents(journal, { from: 0, to: 0 })
  const { events } = readEvents(journal, { from: Math.max(0, total - TAIL), to: total })
  const answer = events.findLast(isReply)
  const grade = events.findLast((event) => event.type === 'grade' && event.explanation !== undefined)
  return {
    ...(answer !== undefined && { answer: textOf(answer) }),
    ...(grade?.type === 'grade' && grade.explanation !== undefined && { why: grade.explanation }),
  }
}

type Reply = Extract<Event, { type: 'model.call' }>

function isReply(event: Event): event is Reply {
  return (
    event.type === 'model.call' && event.thread === undefined && event.aside === undefined && event.output !== undefined
  )
}

function textOf({ output }: Reply): string {
  return (output?.parts ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
}
