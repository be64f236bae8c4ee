import type { Progress, Spent } from '../run/index.ts'
import { drawingOn } from './drawing.ts'
import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

const EVERY_MS = 200
/** Where nobody watches, a line this often says that the run goes on. */
const LINE_EVERY_MS = 10_000

/** Shows a run while it goes on: a table on a terminal, a line now and then elsewhere. */
export interface LiveTable {
  readonly update: (progress: Progress, spent: Spent) => void
  readonly end: () => void
}

export function liveTable(terminal: Terminal, now: () => number): LiveTable {
  const started = now()
  const drawing = drawingOn(terminal)
  let drawnAt = drawing === undefined ? started : 0
  let last: (() => void) | undefined
  return {
    update(progress, spent) {
      last = () => drawing?.draw(tableOf(progress, spent, now() - started))
      if (now() - drawnAt < (drawing === undefined ? LINE_EVERY_MS : EVERY_MS)) return
      drawnAt = now()
      if (drawing === undefined) terminal.note(lineOf(progress, spent, now() - started))
      else last()
    },
    end() {
      last?.()
      drawing?.done()
    },
  }
}

function tableOf(progress: Progress, spent: Spent, elapsedMs: number): string {
  const table = linedTable({ head: ['agent', 'trials', 'invalid', 'turns', 'turns/s', 'tokens', 'world day'] })
  for (const agent of progress.agents.values()) {
    table.push([
      agent.agent,
      `${agent.done}/${agent.planned}`,
      agent.invalid,
      agent.turns,
      perSecond(agent.turns, elapsedMs),
      agent.tokens === 0 ? '' : agent.tokens.toLocaleString('en-US'),
      agent.day ?? '',
    ])
  }
  return `${table.toString()}\n${lineOf(progress, spent, elapsedMs)}`
}

function lineOf(progress: Progress, spent: Spent, elapsedMs: number): string {
  const { own, left } = pace(progress)
  const eta = own === 0 ? '' : ` • about ${duration((elapsedMs / own) * left)} left`
  const dollars = `${spent.unknown === undefined ? '' : 'at least '}$${spent.dollars.toFixed(2)}`
  return `${progress.done}/${progress.planned} trials • ${perSecond(progress.turns, elapsedMs)} turns/s • ${progress.tokens.toLocaleString('en-US')} tokens • ${dollars}${eta}`
}

/** Planted agents answer at once and end early: where real ones run, only these tell how long it takes. */
function pace(progress: Progress): { readonly own: number; readonly left: number } {
  const agents = [...progress.agents.values()]
  const real = agents.filter(({ control }) => !control)
  const counted = real.length > 0 ? real : agents
  const own = counted.reduce((sum, { done, before }) => sum + done - before, 0)
  return { own, left: counted.reduce((sum, { planned, done }) => sum + planned - done, 0) }
}

function perSecond(count: number, elapsedMs: number): string {
  return elapsedMs === 0 ? '' : (count / (elapsedMs / 1000)).toFixed(1)
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
