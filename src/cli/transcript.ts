import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { readEvents, type Event } from '../record/index.ts'
import { levelsText, limitText, stopText } from '../report/index.ts'
import { asideText, compactionTexts, factsText } from './compaction-text.ts'
import { fileChangeLines } from './file-changes.ts'
import type { Answer } from './command.ts'
import { partText, shown } from './shown-text.ts'
import type { Terminal } from './terminal.ts'

/** Events shown when no range is asked for. */
const PAGE = 200

/** One trial's transcript, a range of events of it. The trial is named by its id or by the beginning of it. */
export function showTrial(
  terminal: Terminal,
  folder: string,
  name: string,
  range: { readonly from: number; readonly to: number | undefined },
): Answer {
  const file = path.join(folder, 'trials', `${trialNamed(folder, name)}.jsonl`)
  const to = range.to ?? range.from + PAGE
  if (to <= range.from) throw new AssayError('cli/usage', `--to ${to} must be above --from ${range.from}.`)
  const { events, total } = readEvents(file, { from: range.from, to })
  if (events.length === 0 && range.from > 0)
    throw new AssayError('cli/usage', `--from ${range.from} is after the last of ${total} events.`)
  const compactions = compactionTexts(file, events)
  for (const event of events) terminal.quote(lineOf(terminal, event, compactions))
  if (range.from + events.length < total)
    terminal.note(
      `Events ${range.from} to ${range.from + events.length - 1} of ${total}; go on with --from ${range.from + events.length}`,
    )
  terminal.document({ total, events })
  return 0
}

function trialNamed(folder: string, name: string): string {
  const trials = path.join(folder, 'trials')
  const known = fs.existsSync(trials) ? fs.readdirSync(trials).map((file) => file.replace(/\.jsonl$/, '')) : []
  const begun = known.filter((each) => each.startsWith(name))
  const [only] = begun
  if (only !== undefined && begun.length === 1) return only
  const why = begun.length === 0 ? `There is no trial "${name}"` : `${begun.length} trials begin with "${name}"`
  throw new AssayError(
    'cli/unknown-trial',
    `${why} in ${folder}. Trials: ${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}`,
  )
}

function lineOf(terminal: Terminal, event: Event, compactions: ReadonlyMap<number, string>): string {
  const head = terminal.style('dim', String(event.seq).padStart(5))
  const thread = 'thread' in event && event.thread !== undefined ? `[${event.thread}] ` : ''
  return `${head} ${thread}${said(terminal, event, compactions)}`
}

function said(terminal: Terminal, event: Event, compactions: ReadonlyMap<number, string>): string {
  const tag = (text: string): string => terminal.style('bold', text)
  switch (event.type) {
    case 'trial.start':
      return `${tag('trial')} ${event.trial}: ${event.study}, ${levelsText(event.cell)}, task ${event.task}, repeat ${event.repeat}`
    case 'message':
      return `${tag(event.message.role)} ${event.message.role === 'assistant' ? event.message.parts.map(partText).join(' ') : shown(event.message.text)}`
    case 'model.call': {
      const tokens =
        event.usage.input === undefined
          ? ''
          : terminal.style('dim', ` (${event.usage.input} in, ${event.usage.output ?? '?'} out)`)
      if (event.aside !== undefined) return `${tag(event.aside.purpose)} ${asideText(event)}${tokens}`
      if (event.failure !== undefined) return `${tag('failed')} ${event.failure.kind}: ${shown(event.failure.message)}`
      return `${tag('assistant')} ${(event.output?.parts ?? []).map(partText).join(' ')}${tokens}`
    }
    case 'tool.call':
      return [
        `${tag(event.result.name)} ${event.status === 'ok' ? '' : `${event.status}: `}${shown(event.result.text)}`,
        ...fileChangeLines(event.changes ?? [], shown),
      ].join('\n      ')
    case 'compaction':
      return `${tag('compaction')} ${compactions.get(event.seq) ?? event.strategy}`
    case 'world':
      return terminal.style(
        'dim',
        `world ${Object.entries(event.view)
          .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
          .join(' ')}`,
      )
    case 'grade':
      return `${tag('grade')} ${event.grader}: ${JSON.stringify(event.values)}`
    case 'limit':
      return `${tag('limit')} ${shown(limitText(event.limit))}: ${event.used} of ${event.cap}`
    case 'trial.end':
      return `${tag('end')} ${event.status}: ${shown(stopText(event.status, event.stop))}`
    case 'attempt':
      return `${tag('attempt')} ${shown(JSON.stringify(event.data))}`
    case 'note':
      return `${tag(event.topic)} ${factsText(event.topic, event.data) ?? shown(JSON.stringify(event.data))}`
    case 'error':
      return `${tag('error')} ${event.where}: ${shown(event.message)}`
  }
}
