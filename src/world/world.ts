import type { z } from 'zod'
import type { ContentStore, FileChange, Json } from '../record/index.ts'
import type { SandboxKind } from './sandbox/sandbox.ts'
import type { Checked, Files } from './workspace/task.ts'

/** A tool that acts on a world. */
export interface WorldTool {
  readonly name: string
  readonly description: string
  readonly input: z.ZodObject
  /** It acts on a mailbox: the viewer shows what was done with it beside the transcript. */
  readonly mailbox?: true
  /** True where acting again could end otherwise: a resumed trial reads the journal's answer and does not act again. */
  readonly outside?: boolean
}

/** Another agent that the agent can hand a task to; it does not see the agent's conversation. */
export interface SubAgent {
  /** Of the tool that hands a task over. */
  readonly name: string
  /** Of that tool, for the agent to read. */
  readonly description: string
  /** The sub-agent's own rules. */
  readonly system: string
}

/** Tools that a scaffold may give to a sub-agent in place of the agent, and who that is. */
export interface Delegation {
  readonly tools: readonly string[]
  readonly subAgent: SubAgent
}

/** What the agent reads after an act. `error` is for the agent to read (no such product), never for the harness. */
export interface ActResult {
  readonly text: string
  readonly error?: boolean
  /** The agent hands its work in with this act. */
  readonly submits?: boolean
  /** What the act did to files. */
  readonly changes?: readonly FileChange[]
}

/**
 * A world as its author writes it: data and pure functions. The same seed and the same acts give the same states and
 * the same texts, for ever: resume rebuilds a world by acting again.
 */
export interface WorldSpec<State> {
  readonly name: string
  readonly tools: readonly WorldTool[]
  /** Absent: all tools are the agent's own. */
  readonly delegation?: Delegation
  start(seed: string): State
  /** `input` was parsed with the tool's schema. */
  act(
    state: State,
    tool: string,
    input: Readonly<Record<string, unknown>>,
  ): { readonly state: State; readonly result: ActResult }
  /** What the agent is shown before its first act, or undefined where the instructions say all. */
  opening?(state: State): string
  /** Small facts for figures and limits, written to the journal whenever they changed after an act. */
  view(state: State): { readonly [key: string]: Json }
  /** Names of the view that are money, in cents; a viewer writes them as dollars. */
  readonly money?: readonly string[]
  /** World time in days since the start, for the world-time limit. */
  days(state: State): number
  /** Why the world is over, or undefined while it goes on. */
  ended(state: State): string | undefined
  /** Acts that must succeed in a fresh world if its tools work at all; run in a scratch copy before a scored trial. */
  readonly canary: readonly { readonly tool: string; readonly input: Readonly<Record<string, unknown>> }[]
}

/** What a check of the work found, or why it could not be made: then the trial says nothing about the agent. */
export type WorldCheck =
  | { readonly type: 'checked'; readonly checked: Checked; readonly explanation?: string }
  | { readonly type: 'broken'; readonly why: string }

/** A world in use. Holds the state; one trial each. */
export interface WorldSession {
  readonly act: (tool: string, input: Readonly<Record<string, unknown>>) => ActResult | Promise<ActResult>
  readonly opening: () => string | undefined
  readonly view: () => { readonly [key: string]: Json }
  readonly days: () => number
  readonly ended: () => string | undefined
  /** Told of each act that a resumed trial read back and did not do again: brings files to where that act left them. */
  readonly replayed?: (tool: string, changes: readonly FileChange[]) => void
  /** The files as they are, for a measure that reads them. */
  readonly files?: () => Files
  /** Grades the work where it stands, for a measure that cannot be computed from its files. Asked once, at the end. */
  readonly check?: () => Promise<WorldCheck>
  readonly close?: () => Promise<void>
}

/** A session of a world that is computed at once. */
export interface PureSession extends WorldSession {
  readonly act: (tool: string, input: Readonly<Record<string, unknown>>) => ActResult
}

/** A world whose state's type is its own business. */
export interface World {
  readonly name: string
  readonly tools: readonly WorldTool[]
  readonly delegation?: Delegation
  readonly canary: WorldSpec<unknown>['canary']
  /** See {@link WorldSpec}. */
  readonly money?: readonly string[]
  /** Where its agent's commands run; absent where there are none. */
  readonly sandbox?: Pick<SandboxKind, 'name' | 'version' | 'ready'>
  /** @param contents keeps what files hold, for worlds that acting again would not rebuild */
  readonly open: (seed: string, contents?: ContentStore) => WorldSession | Promise<WorldSession>
}

/** A world that is computed at once. */
export interface PureWorld extends World {
  readonly open: (seed: string) => PureSession
}

/** Closes a {@link WorldSpec} over its state, so that rooms below need not know its type. */
export function defineWorld<State>(spec: WorldSpec<State>): PureWorld {
  return {
    name: spec.name,
    tools: spec.tools,
    ...(spec.delegation !== undefined && { delegation: spec.delegation }),
    canary: spec.canary,
    ...(spec.money !== undefined && { money: spec.money }),
    open(seed) {
      let state = spec.start(seed)
      return {
        act(tool, input) {
          const step = spec.act(state, tool, input)
          state = step.state
          return step.result
        },
        opening: () => spec.opening?.(state),
        view: () => spec.view(state),
        days: () => spec.days(state),
        ended: () => spec.ended(state),
      }
    },
  }
}
