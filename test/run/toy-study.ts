import { createHash } from 'node:crypto'
import { z } from 'zod'
import { plainScaffold, type Limits } from '../../src/agent/index.ts'
import type { Message, Part } from '../../src/record/index.ts'
import { count, exact, mean, pairedDifference } from '../../src/findings/index.ts'
import { defineStudy, exactly, levels, type PlanRequest, type Study } from '../../src/study/index.ts'
import { defineWorld, type World } from '../../src/world/index.ts'

/** A sum that grows by what is added; over once it is closed. */
const tally: World = defineWorld<{ readonly total: number; readonly adds: number; readonly closed: boolean }>({
  name: 'tally',
  tools: [
    { name: 'add', description: 'Add a number to the total.', input: z.object({ n: z.number() }) },
    { name: 'finish', description: 'Close the tally.', input: z.object({}) },
  ],
  start: () => ({ total: 0, adds: 0, closed: false }),
  act(state, tool, input) {
    if (tool === 'finish') return { state: { ...state, closed: true }, result: { text: 'Closed.' } }
    const total = state.total + Number(input['n'])
    return { state: { ...state, total, adds: state.adds + 1 }, result: { text: `The total is ${total}.` } }
  },
  view: ({ total, adds }) => ({ total, adds }),
  days: ({ adds }) => adds,
  ended: ({ closed }) => (closed ? 'closed' : undefined),
  canary: [{ tool: 'add', input: { n: 1 } }],
})

/** A whole number below `below` that belongs to these words. */
export function numberFrom(below: number, ...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('\u0000')).digest().readUInt32LE(0) % below
}

/** What a model says in a turn of a trial that it knows by its prompt alone. */
export function partsFor(prompt: string, turn: number): readonly Part[] {
  const last = 8 + numberFrom(8, prompt, 'last')
  const id = `call-${turn}`
  if (turn >= last) return [{ type: 'tool-call', id, name: 'finish', arguments: '{}' }]
  const n = numberFrom(100, prompt, turn)
  return [
    { type: 'text', text: `I add ${n}.` },
    { type: 'tool-call', id, name: 'add', arguments: JSON.stringify({ n }) },
  ]
}

export function promptAndTurn(messages: readonly Message[]): { readonly prompt: string; readonly turn: number } {
  const first = messages.find(({ role }) => role === 'user')
  return {
    prompt: first?.role === 'user' ? first.text : '',
    turn: messages.filter(({ role }) => role === 'assistant').length,
  }
}

export interface ToyOptions {
  readonly tasks?: number
  readonly limits?: Limits
  /** What the control is said to read; the truth is 10. */
  readonly known?: number
}

/** Trials that add numbers; each is known by its prompt. One control, which adds ten and closes. */
export function toyStudy({ tasks = 2, limits = { turns: 40 }, known = 10 }: ToyOptions = {}): Study {
  return defineStudy({
    name: 'toy',
    question: 'How much is added?',
    factors: { size: levels('small', 'middle', 'large').default('small', 'middle', 'large') },
    outcome: { total: count(), adds: count(), extra: count().optionally() },
    checks: exact('the sum'),
    repeats: 5,
    tasks: ({ size }, seed) =>
      Array.from({ length: tasks }, (_, number) => ({
        id: `task-${number}`,
        prompt: `Size ${size}, task ${number}, seed ${seed}.`,
        world: tally,
        scaffold: plainScaffold,
        limits,
        measure(ending) {
          const last = ending.views.at(-1)
          return { total: Number(last?.['total']), adds: Number(last?.['adds']) }
        },
        series: (view) => ({ total: [Number(view['adds']), Number(view['total'])] }),
      })),
    controls: {
      ten: {
        property: 'Adds ten once and closes the tally.',
        policy: (messages) => [
          messages.at(-1)?.role === 'tool'
            ? { type: 'tool-call', id: 'b', name: 'finish', arguments: '{}' }
            : { type: 'tool-call', id: 'a', name: 'add', arguments: '{"n":10}' },
        ],
        varies: [],
        reads: { total: () => exactly(known) },
      },
    },
    findings: [
      mean('total', { by: ['agent', 'size'], cluster: 'seed', worst: true }),
      pairedDifference('total', { factor: 'size', from: 'small', to: 'large', pair: 'seed' }),
    ],
    figures: [{ series: 'total', title: 'Total', x: 'adds', y: 'total', unit: 'count' }],
  })
}

export function toyRequest(models: readonly string[], change: Partial<PlanRequest> = {}): PlanRequest {
  return {
    models,
    set: {},
    seed: 's',
    controls: 'with',
    sampling: { maxOutputTokens: 100 },
    limits: {},
    ...change,
  }
}
