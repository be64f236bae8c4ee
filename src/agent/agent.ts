import { z } from 'zod'
import { AssayError, reasonOf } from '../assay-error.ts'
import type { Journal, Json, Message, TrialStatus } from '../record/index.ts'
import type { Sampling } from '../model/index.ts'
import type { Checked, Fact, Files, World, WorldSession } from '../world/index.ts'
import { textOf } from './call.ts'
import { canary } from './canary.ts'
import type { Conduct, Effects } from './conduct.ts'
import type { Thread } from './context.ts'
import { askFork } from './fork.ts'
import { Interruption } from './interruption.ts'
import { bounded, type Limits } from './limits.ts'
import { memoryTools } from './memory.ts'
import { newMeters, type Meters, type Spend } from './meters.ts'
import { FactTracker, type FactTrace } from './recall/facts.ts'
import type { RecallRow } from './recall/row.ts'
import type { Scaffold } from './scaffold.ts'
import { subAgentTool } from './sub-agent.ts'
import { runThread, type Stop } from './thread.ts'
import type { Tool } from './tool.ts'
import { worldTools } from './world-tools.ts'

export type View = { readonly [key: string]: Json }

/** One piece of work for one agent. At least one of prompt and world. */
export interface AgentTask {
  readonly scaffold: Scaffold
  readonly sampling: Sampling
  readonly limits: Limits
  /** Said to the agent before anything else. */
  readonly prompt?: string
  readonly world?: World
  /** Seeds the world. */
  readonly worldSeed: string
  /** Seeds the model's sampling, hashed with the turn. */
  readonly modelSeed: string
  /** Its replies are not cut to what is left of a limit: a planted agent that counts its tokens says what it says. */
  readonly wholeReplies?: true
  /** What must be known later than it is shown: the record then tells when each stood in the main thread's context. */
  readonly facts?: readonly Fact[]
  /** Asked in a fork of the conversation once it is over; the reply is in the ending. */
  readonly fork?: string
}

/** How a trial of any kind ended. */
export interface Ended {
  readonly status: TrialStatus
  readonly stop: string
  /** The last thing said or submitted. */
  readonly text: string
  readonly meters: Meters
  /** What models other than the agent used, where the meters are without them. */
  readonly others?: Readonly<Spend>
  /** A limit, or the model's window, left no room for the first reply: it says nothing of the agent, and has no values. */
  readonly neverAsked?: true
  /** Questions that may have left and whose answer nobody heard, as a process died: they are charged at their most. */
  readonly lost?: number
}

/** How a trial ended that is not the agent's own loop, with what it saw. An invalid one need not have seen anything. */
export type CarriedEnding<Seen> = Ended &
  ({ readonly status: 'completed' | 'limit'; readonly seen: Seen } | { readonly status: 'invalid' })

/** How an agent's own loop ended. `views` are the world's views after each act that changed one, the opening first. */
export interface Ending extends Ended {
  readonly views: readonly View[]
  /** The files of a workspace as the agent left them. */
  readonly files?: Files
  /** What the world's own check found, where it has one. */
  readonly checked?: Checked
  /** When each of the task's facts was in context. */
  readonly facts: readonly FactTrace[]
  /** What was asked after compactions, where the scaffold says `recall`. */
  readonly recall: readonly RecallRow[]
  /** What was said in the fork, in words; absent where nothing was asked or no reply came. */
  readonly forked?: string
}

/** An ending before it is told what was known when. */
type Known = Omit<Ending, 'facts' | 'recall'>

/** A trial under way. */
interface Trial {
  readonly task: AgentTask
  readonly effects: Effects
  readonly meters: Meters
  readonly views: View[]
  readonly facts: FactTracker
}

/** Runs one agent on one task. What the model does wrong ends up in the journal; nothing of it throws. */
export async function runAgent(task: AgentTask, effects: Effects): Promise<Ending> {
  const facts = new FactTracker(task.facts ?? [])
  const trial: Trial = { task, effects, meters: newMeters(), views: [], facts }
  const known = (ended: Known): Ending => ({ ...ended, facts: facts.traces(), recall: facts.rows })
  try {
    return known(await act(trial))
  } catch (cause) {
    // An interruption writes nothing; a record that cannot be written or read is for the user. All else is our fault.
    if (cause instanceof Interruption || cause instanceof AssayError) throw cause
    const why = reasonOf(cause)
    effects.journal.record({ type: 'error', where: 'agent', message: why })
    return known(end(trial, 'invalid', `harness: ${why}`))
  }
}

async function act(trial: Trial): Promise<Known> {
  const { journal, contents } = trial.effects
  const { world, worldSeed } = trial.task
  if (world !== undefined) {
    const reading = await canary(world, worldSeed)
    const data = reading.type === 'passes' ? { passes: true } : { passes: false, why: reading.why }
    journal.record({ type: 'note', topic: 'canary', data })
    if (reading.type === 'fails') return end(trial, 'invalid', `canary: ${reading.why}`)
  }

  const session = await world?.open(worldSeed, contents)
  try {
    return await inWorld(trial, session)
  } finally {
    await session?.close?.()
  }
}

async function inWorld(trial: Trial, session: WorldSession | undefined): Promise<Known> {
  const { task, effects, meters, views, facts } = trial
  const { journal } = effects
  const { world, scaffold } = task
  let shown = ''
  const observe = (): void => {
    const view = session?.view()
    if (view === undefined) return
    const text = JSON.stringify(view)
    if (text === shown) return
    shown = text
    views.push(view)
    journal.record({ type: 'world', view })
    effects.onDays?.(session?.days() ?? 0)
  }
  observe()

  // False after a call that was read back from the journal, or that never came to the world.
  let acted = false
  const conduct: Conduct = {
    seed: task.modelSeed,
    sampling: bounded(task.sampling, [task.limits.tokens, task.limits.outputTokens, task.limits.dollars]),
    ...(task.wholeReplies === true && { wholeReplies: true }),
    limits: task.limits,
    meters,
    days: () => session?.days() ?? 0,
    ended: () => session?.ended(),
    observe(act) {
      const { name } = act.result
      // A command may have done something outside the files also where it changed none of them.
      if (!acted && act.status === 'ok' && acts.get(name)?.effect === 'external')
        session?.replayed?.(name, act.changes ?? [])
      acted = false
      observe()
    },
  }
  const acts =
    world !== undefined && session !== undefined
      ? worldTools(world, session, () => (acted = true))
      : new Map<string, Tool>()
  const opening = [task.prompt, session?.opening()].filter((text) => text !== undefined && text !== '').join('\n\n')
  const messages: Message[] = [
    ...(scaffold.system === '' ? [] : [{ role: 'system', text: scaffold.system } satisfies Message]),
    ...(opening === '' ? [] : [{ role: 'user', text: opening } satisfies Message]),
  ]
  let thread: Thread | undefined
  const stop = await runThread(
    {
      scaffold,
      opening: messages,
      tools: toolsOf(task, acts, conduct, effects),
      ...(task.facts !== undefined && { facts }),
      opened: (opened) => (thread = opened),
    },
    conduct,
    effects,
  )
  const ended = ending(stop, trial)
  const known = session === undefined || ended.status === 'invalid' ? ended : await graded(ended, session, journal)
  if (task.fork === undefined || thread === undefined || known.status === 'invalid' || known.neverAsked === true)
    return known
  const call = await askFork(thread, task.fork)
  return call?.output === undefined ? known : { ...known, forked: textOf(call) }
}

/** What a measure is to read of the world, taken before it is closed. */
async function graded(ended: Known, session: WorldSession, journal: Journal): Promise<Known> {
  const files = session.files?.()
  const left = { ...ended, ...(files !== undefined && { files }) }
  const { check } = session
  if (check === undefined) return left
  const { values, explanation } = await journal.step('grade', async () => {
    const found = await check()
    return found.type === 'broken'
      ? { type: 'grade', grader: 'check', values: {}, explanation: found.why }
      : {
          type: 'grade',
          grader: 'check',
          values: { score: found.checked.score, parts: found.checked.parts },
          ...(found.explanation !== undefined && { explanation: found.explanation }),
        }
  })
  const read = checkedValues.safeParse(values)
  if (read.success) return { ...left, checked: read.data }
  return { ...left, status: 'invalid', stop: `check: ${explanation ?? 'it gave no score'}` }
}

const checkedValues: z.ZodType<Checked> = z.object({ score: z.number(), parts: z.record(z.string(), z.boolean()) })

/** All of the agent's tools by name. What is delegated belongs to another agent. */
function toolsOf(
  { scaffold, world }: AgentTask,
  acts: ReadonlyMap<string, Tool>,
  conduct: Conduct,
  effects: Effects,
): ReadonlyMap<string, Tool> {
  const tools = new Map(acts)
  const delegated = new Map([...acts].filter(([name]) => world?.delegation?.tools.includes(name)))
  const subAgent = scaffold.subAgent ?? world?.delegation?.subAgent
  if (scaffold.delegation === 'subagent' && subAgent !== undefined && delegated.size > 0) {
    for (const name of delegated.keys()) tools.delete(name)
    const { template, toolChoice, compaction, window, actsPerTurn } = scaffold
    const handOver = subAgentTool(
      {
        ...subAgent,
        tools: delegated,
        scaffold: {
          template,
          context: 'all',
          compaction,
          toolChoice: toolChoice === 'required' ? 'auto' : toolChoice,
          ...(window !== undefined && { window }),
          ...(actsPerTurn !== undefined && { actsPerTurn }),
        },
      },
      conduct,
      effects,
    )
    tools.set(handOver.schema.name, handOver)
  }
  for (const tool of memoryTools(scaffold.memory)) tools.set(tool.schema.name, tool)
  return tools
}

/** How a trial stops whose last reply the provider's filter ended. */
export const FILTERED = "stopped by the provider's filter"
/** How a trial stops whose last reply was as long as it may be, and not over. */
export const CUT = 'last reply cut at its token limit'

const SAID_ENDS = { filter: FILTERED, length: CUT } as const

function ending(stop: Stop, trial: Trial): Known {
  switch (stop.type) {
    case 'submitted':
      return end(trial, 'completed', 'submitted', stop.text)
    case 'said':
      return end(
        trial,
        'completed',
        stop.ended === undefined ? 'stopped calling tools' : SAID_ENDS[stop.ended],
        stop.text,
      )
    case 'world':
      return end(trial, 'completed', stop.why)
    case 'limit':
      return { ...end(trial, 'limit', stop.reached.limit), ...(stop.neverAsked === true && { neverAsked: true }) }
    case 'fault':
      return end(trial, 'invalid', stop.why)
  }
}

function end({ meters, views }: Trial, status: TrialStatus, stop: string, text = ''): Known {
  return { status, stop, text, meters, views }
}
