import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { readEvents, readOutcomes, runPaths, type Event } from '../record/index.ts'
import { levelsText, limitText, shortened, stopText, trialNames, trialsMeant } from '../report/index.ts'
import type { NamedTrial } from '../report/index.ts'
import { asideText, compactionTexts, factsText } from './compaction-text.ts'
import { fileChangeLines } from './file-changes.ts'
import type { Answer } from './command.ts'
import { partText, shown } from './shown-text.ts'
import type { Terminal } from './terminal.ts'

/** Events shown when no range is asked for. */
const PAGE = 200

/** One trial's transcript, a range of events of it. The trial is named by any part of its name that only it has, or by its id. */
export function showTrial(
  terminal: Terminal,
  folder: string,
  name: string,
  range: { readonly from: number; readonly to: number | undefined },
): Answer {
  const trials = trialsIn(folder)
  const trial = trialMeant(trials, name, path.basename(folder))
  const file = runPaths(folder).trial(trial)
  const called = trialNames(trials).get(trial) ?? trial
  const to = range.to ?? range.from + PAGE
  if (to <= range.from) throw new AssayError('cli/usage', `--to ${to} must be above --from ${range.from}.`)
  const { events, total } = readEvents(file, { from: range.from, to })
  if (events.length === 0 && range.from > 0)
    throw new AssayError('cli/usage', `--from ${range.from} is after the last of ${total} events.`)
  if (total === 0) terminal.note('This journal holds no whole event yet.')
  const compactions = compactionTexts(file, events)
  for (const event of events) terminal.quote(lineOf(terminal, event, { called, compactions }))
  if (range.from + events.length < total)
    terminal.note(
      `Events ${range.from} to ${range.from + events.length - 1} of ${total}; go on with --from ${range.from + events.length}`,
    )
  terminal.document({ trial, name: called, total, events })
  return 0
}

/** The id of the one trial that is meant. @throws AssayError `cli/unknown-trial`, with those that it may be */
function trialMeant(trials: readonly NamedTrial[], part: string, run: string): string {
  const meant = trialsMeant(part, trials)
  const [only] = meant
  if (only !== undefined && meant.length === 1) return only.trial
  const names = trialNames(trials)
  const candidates = (meant.length === 0 ? trials : meant).map(({ trial }) => names.get(trial) ?? trial)
  const some = candidates.toSorted().slice(0, CANDIDATES)
  const list = `${some.map((each) => shortened(each, 60)).join('; ')}${candidates.length > some.length ? '; …' : ''}`
  throw new AssayError(
    'cli/unknown-trial',
    trials.length === 0
      ? `${run} has no trials yet. Go on with: assay resume ${run}`
      : meant.length === 0
        ? `There is no trial "${shortened(part, 40)}" in ${run}. Trials: ${list}.`
        : `"${shortened(part, 40)}" may be ${meant.length} trials of ${run}: ${list}. Add a word of the one that you mean.`,
  )
}

/** Trials named where none or several are meant. */
const CANDIDATES = 3

/** Every trial that has a journal: those that ended by their rows, the others by how their journals begin. */
function trialsIn(folder: string): readonly NamedTrial[] {
  const paths = runPaths(folder)
  const rows = new Map(readOutcomes(paths).map((row) => [row.trial, row]))
  const journals = path.dirname(paths.trial(''))
  const ids = fs.existsSync(journals) ? fs.readdirSync(journals).map((file) => file.replace(/\.jsonl$/, '')) : []
  const open = ids.filter((id) => !rows.has(id)).map((id) => startOf(paths.trial(id), id))
  return [...[...rows.values()].filter(({ trial }) => ids.includes(trial)), ...open]
}

/** What a journal says of its trial; its id alone where a process died before the first event was whole. */
function startOf(journal: string, id: string): NamedTrial {
  const [start] = readEvents(journal, { from: 0, to: 1 }).events
  return start?.type === 'trial.start'
    ? namedStart(start)
    : { trial: id, task: id, agent: 'not begun', cell: {}, repeat: 0, control: false }
}

function namedStart({ trial, task, repeat, cell: { agent = '', ...cell } }: TrialStart): NamedTrial {
  return { trial, task, repeat, cell, agent, control: false }
}

type TrialStart = Extract<Event, { type: 'trial.start' }>

/** What an event alone does not say. */
interface Told {
  /** The trial's name. */
  readonly called: string
  readonly compactions: ReadonlyMap<number, string>
}

function lineOf(terminal: Terminal, event: Event, told: Told): string {
  const head = terminal.style('dim', String(event.seq).padStart(5))
  const thread = 'thread' in event && event.thread !== undefined ? `[${event.thread}] ` : ''
  // What a model or a journal calls something may hold a line feed, and must not look like the next event.
  return `${head} ${thread}${said(terminal, event, told)}`.replaceAll(/\r?\n(?! {6})/g, '\n      ')
}

/** How the record says that a model answered without calling a tool. */
const ANSWERED = 'stopped calling tools'

function said(terminal: Terminal, event: Event, { called, compactions }: Told): string {
  const tag = (text: string): string => terminal.style('bold', text)
  switch (event.type) {
    case 'trial.start':
      return `${tag('trial')} ${called}${terminal.style('dim', ` (${event.study}; ${levelsText(event.cell)}; id ${event.trial})`)}`
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
      return `${tag('grade')} ${event.explanation === undefined ? '' : `${shown(event.explanation)} `}${terminal.style('dim', `(${event.grader}: ${JSON.stringify(event.values)})`)}`
    case 'limit':
      return `${tag('limit')} ${shown(limitText(event.limit))}: ${event.used} of ${event.cap}`
    case 'trial.end':
      return `${tag('end')} ${event.status}: ${event.stop === ANSWERED ? 'the model gave its last answer' : shown(stopText(event.status, event.stop))}`
    case 'attempt':
      return `${tag('attempt')} ${shown(JSON.stringify(event.data))}`
    case 'note':
      return `${tag(event.topic)} ${factsText(event.topic, event.data) ?? shown(JSON.stringify(event.data))}`
    case 'error':
      return `${tag('error')} ${event.where}: ${shown(event.message)}`
  }
}
