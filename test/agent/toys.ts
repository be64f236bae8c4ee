import { z } from 'zod'
import {
  runThread,
  type Conduct,
  type Effects,
  type Scaffold,
  type Stop,
  type ThreadSpec,
  type Tool,
} from '../../src/agent/index.ts'
import { newMeters } from '../../src/agent/meters.ts'
import { defineTool } from '../../src/agent/tool.ts'
import { FREE, type Answer, type Model, type Request } from '../../src/model/index.ts'
import { Journal, type Part, type Usage } from '../../src/record/index.ts'
import { defineWorld, type World } from '../../src/world/index.ts'

/** A model that answers by a script, and keeps what it was asked. */
export interface Scripted extends Model {
  readonly asked: Request[]
}

export interface Line {
  readonly parts: readonly Part[]
  readonly usage?: Usage
  /** Milliseconds from first to last. */
  readonly took?: number
}

export function scripted(
  answer: (request: Request, turn: number) => Line | Answer | Promise<Line | Answer>,
  change: Partial<Model> = {},
): Scripted {
  const asked: Request[] = []
  return {
    name: 'test/scripted',
    provider: 'test',
    identity: {},
    pricing: FREE,
    templates: ['chat', 'completion'],
    asked,
    async ask(request) {
      // The live array is only lent.
      asked.push({ ...request, messages: [...request.messages] })
      const said = await answer(request, asked.length - 1)
      if ('type' in said) return said
      return {
        type: 'reply',
        parts: said.parts,
        finish: 'stop',
        usage: said.usage ?? {},
        timing: { sent: 0, lastToken: said.took ?? 0 },
        retries: [],
        ids: {},
      }
    },
    ...change,
  }
}

export const text = (said: string): Part => ({ type: 'text', text: said })

let ids = 0
export function calls(name: string, input: unknown = {}): Part {
  return {
    type: 'tool-call',
    id: `call-${ids++}`,
    name,
    arguments: typeof input === 'string' ? input : JSON.stringify(input),
  }
}

export const plain: Scaffold = {
  name: 'plain',
  system: 'Rules.',
  template: 'chat',
  context: 'all',
  compaction: { strategy: 'none' },
  toolChoice: 'auto',
  delegation: 'none',
  memory: [],
}

export function effectsOf(journal: Journal, model: Model, change: Partial<Effects> = {}): Effects {
  return {
    journal,
    model,
    signal: new AbortController().signal,
    reserve: () => Promise.reject(new Error('nothing is metered here')),
    stopping: () => false,
    ...change,
  }
}

export function conductOf(change: Partial<Conduct> = {}): Conduct {
  return {
    seed: 's',
    sampling: {},
    limits: {},
    meters: newMeters(),
    days: () => 0,
    ended: () => undefined,
    observe: () => undefined,
    ...change,
  }
}

/** Says back what it is told, adds it up, and hands in. */
export function desk(): ReadonlyMap<string, Tool> {
  let sum = 0
  const tools = [
    defineTool({
      name: 'add',
      description: 'Add a number.',
      input: z.object({ n: z.number() }),
      effect: 'deterministic',
      run: ({ n }) => ({ text: String((sum += n)) }),
    }),
    defineTool({
      name: 'echo',
      description: 'Say it back.',
      input: z.object({ text: z.string() }),
      effect: 'deterministic',
      run: (input) => ({ text: input.text }),
    }),
    defineTool({
      name: 'submit',
      description: 'Hand in.',
      input: z.object({ answer: z.string() }),
      effect: 'deterministic',
      run: ({ answer }) => ({ text: answer, submits: true }),
    }),
    defineTool({
      name: 'break',
      description: 'Breaks.',
      input: z.object({}),
      effect: 'deterministic',
      run: () => {
        throw new Error('a wire came loose')
      },
    }),
  ]
  return new Map(tools.map((tool) => [tool.schema.name, tool]))
}

export function thread(
  journal: Journal,
  model: Model,
  change: {
    readonly scaffold?: Partial<Scaffold>
    readonly tools?: ReadonlyMap<string, Tool>
    readonly opening?: ThreadSpec['opening']
    readonly facts?: ThreadSpec['facts']
    readonly conduct?: Partial<Conduct>
    readonly effects?: Partial<Effects>
  } = {},
): Promise<Stop> {
  return runThread(
    {
      scaffold: { ...plain, ...change.scaffold },
      opening: change.opening ?? [
        { role: 'system', text: 'Rules.' },
        { role: 'user', text: 'Begin.' },
      ],
      tools: change.tools ?? desk(),
      ...(change.facts !== undefined && { facts: change.facts }),
    },
    conductOf(change.conduct),
    effectsOf(journal, model, change.effects),
  )
}

/** Who collects eggs where the scaffold delegates it. */
export const COLLECTOR = { name: 'collector', description: 'Hand over the collecting.', system: 'You collect eggs.' }

interface Farm {
  readonly day: number
  readonly eggs: number
}

/** Eggs and days. `fault` breaks it where it says. */
export function farm(fault?: 'start' | 'act' | 'canary' | 'view', last = 10): World {
  return defineWorld<Farm>({
    name: 'farm',
    tools: [
      { name: 'sleep', description: 'Until tomorrow.', input: z.object({}) },
      { name: 'collect', description: 'Collect eggs.', input: z.object({ hens: z.number() }) },
      { name: 'look', description: 'Look around.', input: z.object({}) },
    ],
    delegation: { tools: ['collect'], subAgent: COLLECTOR },
    start() {
      if (fault === 'start') throw new Error('no farm')
      return { day: 0, eggs: 0 }
    },
    act(state, tool, input) {
      if (fault === 'act' && tool === 'collect') throw new Error('the barn burned down')
      if (tool === 'sleep')
        return { state: { ...state, day: state.day + 1 }, result: { text: `Day ${state.day + 1}.` } }
      if (tool === 'look') {
        const result = fault === 'canary' ? { text: 'Fog.', error: true } : { text: `${state.eggs} eggs.` }
        return { state, result }
      }
      const hens = Number(input['hens'])
      return { state: { ...state, eggs: state.eggs + hens }, result: { text: `${hens} eggs.` } }
    },
    opening: () => 'You keep a farm.',
    view(state) {
      if (fault === 'view' && state.day === 2) throw new Error('no view')
      return { day: state.day, eggs: state.eggs }
    },
    days: (state) => state.day,
    ended: (state) => (state.day >= last ? 'winter came' : undefined),
    canary: [{ tool: 'look', input: {} }],
  })
}
