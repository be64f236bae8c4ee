import { NOTES_TOOL, RECALL_REQUEST, SAVE_REQUEST, SUMMARY_REQUEST } from '../../agent/index.ts'
import type { ToolSchema } from '../../model/index.ts'
import { jsonObject, type Message, type Part, type Random } from '../../record/index.ts'
import type { Control, PlantedTokens, PlantedTrial } from '../../study/index.ts'
import { SHELL, type Fact, type WorkspaceTask } from '../../world/index.ts'
import { byShell } from './by-shell.ts'
import { workBehind } from './task.ts'

/** One tool call. */
interface Act {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a worker knows when it takes a step. */
export interface Step {
  /** From 0. */
  readonly at: number
  readonly work: WorkspaceTask
  /** True while the fact's text stands in what it is shown. */
  readonly sees: (fact: string) => boolean
}

/** What makes one planted worker another. Drawn once for a trial. */
export interface Mind {
  /** The act of a step, or undefined to hand the work in as it is. */
  readonly next: (step: Step) => Act | undefined
  /** Puts what it sees and will need into summaries and notes. Default: false. */
  readonly keeps?: boolean
}

/** A price that nobody asks, so that cost per success has a known answer. Dollars for a million tokens. */
const PRICE = { input: 1, output: 10, asOf: '2026-01-01', source: 'made up for scripted workers' }

/**
 * A planted worker: it takes the known solution's steps one a turn and counts them in its own words, so that it knows
 * where it is when everything but its latest turn was dropped. Under a scaffold with a helper it has the helper do each step.
 *
 * @param mind made for a trial from its task and seed
 * @param tokens how they are counted, where not by what it says
 */
export function worker(
  mind: (work: WorkspaceTask, trial: PlantedTrial) => Mind,
  tokens: PlantedTokens = {},
): Required<Pick<Control, 'policy' | 'tokens' | 'compact'>> {
  return {
    policy: {
      madeFor(trial) {
        const work = workBehind(trial.task)
        const own = mind(work, trial)
        return (messages, offered, random) => said(work, own, messages, offered, random)
      },
    },
    tokens: { price: PRICE, ...tokens },
    // A native compaction that keeps nothing: these workers' own words hold all they need, but for facts.
    compact: () => '',
  }
}

function said(
  work: WorkspaceTask,
  mind: Mind,
  messages: readonly Message[],
  tools: readonly ToolSchema[],
  random: Random,
): readonly Part[] {
  const asked = lastWords(messages)
  const sees = (id: string): boolean => shows(messages, work.facts.find((fact) => fact.id === id)?.text)
  if (asked.startsWith(RECALL_REQUEST)) return [{ type: 'text', text: recalled(work, asked, sees) }]
  if (isHelper(tools)) return helping(messages, tools, random)
  const at = stepsTaken(messages)
  if (asked.startsWith(SUMMARY_REQUEST)) {
    const kept = mind.keeps === true ? needed(work, at, sees).join('\n') : ''
    return [{ type: 'text', text: kept === '' ? `Steps taken: ${at}.` : kept }]
  }
  const notes =
    asked.startsWith(SAVE_REQUEST) && mind.keeps === true
      ? [{ tool: NOTES_TOOL, input: { text: needed(work, at, sees).join('\n') } }]
      : []
  const act = at < work.steps ? mind.next({ at, work, sees }) : undefined
  if (act === undefined) return calling([{ tool: 'submit', input: {} }], random)
  return [
    { type: 'text', text: `Step ${at + 1} of ${work.steps}.` },
    ...calling([...notes, ...byHand(act, tools)], random),
  ]
}

/** The texts of facts that steps still to come need and that can be seen now. */
function needed(work: WorkspaceTask, at: number, sees: (id: string) => boolean): readonly string[] {
  const ids = new Set(work.solution.slice(at).flatMap(({ needs = [] }) => needs))
  return work.facts.filter(({ id }) => ids.has(id) && sees(id)).map(({ text }) => text)
}

function recalled(work: WorkspaceTask, asked: string, sees: (id: string) => boolean): string {
  const fact: Fact | undefined = work.facts.find(({ question }) => asked.includes(question))
  return fact !== undefined && sees(fact.id) ? fact.answer : 'I do not know.'
}

function lastWords(messages: readonly Message[]): string {
  const last = messages.at(-1)
  return last?.role === 'user' ? last.text : ''
}

/** Looks from the end, where most of what a step needs stands. */
function shows(messages: readonly Message[], text: string | undefined): boolean {
  if (text === undefined) return false
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at]
    if (message === undefined) continue
    if (message.role !== 'assistant' ? message.text.includes(text) : message.parts.some((part) => holds(part, text)))
      return true
  }
  return false
}

function holds(part: Part, text: string): boolean {
  return (part.type === 'tool-call' ? part.arguments : part.text).includes(text)
}

const STEP = /^Step (\d+) of \d+\.$/m

function stepsTaken(messages: readonly Message[]): number {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at]
    if (message?.role !== 'assistant') continue
    for (const part of message.parts) {
      const taken = part.type === 'text' ? STEP.exec(part.text)?.[1] : undefined
      if (taken !== undefined) return Number(taken)
    }
  }
  return 0
}

function calling(acts: readonly Act[], random: Random): readonly Part[] {
  const turn = Math.floor(random() * 2 ** 32).toString(36)
  return acts.map(({ tool, input }, index) => ({
    type: 'tool-call',
    id: `${turn}-${index}`,
    name: tool,
    arguments: JSON.stringify(input),
  }))
}

/** The acts with the tools at hand: a shell where there is one, the tools for files, or a helper, who is given them one a line. */
function byHand(act: Act, tools: readonly ToolSchema[]): readonly Act[] {
  if (tools.some(({ name }) => name === act.tool || name === SHELL)) return [spoken(act, tools)]
  return [{ tool: 'helper', input: { task: `${act.tool} ${JSON.stringify(act.input)}` } }]
}

/** Whoever has a shell works through it. */
function spoken(act: Act, tools: readonly ToolSchema[]): Act {
  const command = tools.some(({ name }) => name === SHELL) ? byShell(act) : undefined
  return command === undefined ? act : { tool: SHELL, input: { command } }
}

/** A helper has tools for files and cannot hand the work in. */
function isHelper(tools: readonly ToolSchema[]): boolean {
  return tools.some(({ name }) => name === 'read') && !tools.some(({ name }) => name === 'submit')
}

/** The helper does what it is told and reports what came of it, word for word. */
function helping(messages: readonly Message[], tools: readonly ToolSchema[], random: Random): readonly Part[] {
  const last = messages.at(-1)
  if (last?.role === 'tool') return [{ type: 'text', text: last.text === '' ? 'Done.' : last.text }]
  const [, tool = '', input = ''] = /^(\w+) (\{.*\})$/s.exec(last?.role === 'user' ? last.text : '') ?? []
  if (!tools.some(({ name }) => name === tool)) return [{ type: 'text', text: 'There was nothing to do.' }]
  const turn = Math.floor(random() * 2 ** 32).toString(36)
  const act = spoken({ tool, input: jsonObject.parse(JSON.parse(input)) }, tools)
  return [{ type: 'tool-call', id: turn, name: act.tool, arguments: JSON.stringify(act.input) }]
}
