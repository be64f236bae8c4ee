import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  NOTES_TOOL,
  plainScaffold,
  RECALL_REQUEST,
  recallPoints,
  SAVE_REQUEST,
  STRATEGIES,
  type Compaction,
  type Strategy,
} from '../../src/agent/index.ts'
import { openControl } from '../../src/model/index.ts'
import type { Message, Part } from '../../src/record/index.ts'
import { startRun } from '../../src/run/index.ts'
import { count, proportion } from '../../src/findings/index.ts'
import { defineStudy, levels, makePlan, type Policy, type Study } from '../../src/study/index.ts'
import { defineWorld } from '../../src/world/index.ts'
import { scripted, text } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options } from './effects.ts'
import { toyRequest } from './toy-study.ts'

/** A file with the password on its first line, read line by line; it is asked for at the end. */
const lines = 40
const file = defineWorld<{ readonly line: number; readonly word: string }>({
  name: 'file',
  tools: [
    { name: 'next', description: 'Read the next line.', input: z.object({}) },
    { name: 'open', description: 'Open the door.', input: z.object({ word: z.string() }) },
  ],
  start: () => ({ line: 0, word: '' }),
  act(state, tool, input) {
    if (tool === 'open') return { state: { ...state, word: String(input['word']) }, result: { text: 'Tried.' } }
    const line = state.line + 1
    const said = line === 1 ? fact.text : line === lines ? 'The door is here.' : `Line ${line}. ${'bla '.repeat(60)}`
    return { state: { ...state, line }, result: { text: said } }
  },
  view: ({ word }) => ({ word }),
  days: ({ line }) => line,
  ended: ({ word }) => (word === '' ? undefined : 'the door was tried'),
  canary: [{ tool: 'next', input: {} }],
})

const fact = { id: 'word', text: 'The password is sesame.', question: 'What is the password?', answer: 'sesame' }

function said(message: Message | undefined): string {
  return message === undefined || message.role === 'assistant' ? '' : message.text
}

function call(name: string, input: object): readonly Part[] {
  return [{ type: 'tool-call', id: `c${name}`, name, arguments: JSON.stringify(input) }]
}

/** Succeeds exactly while the password is in context; hands it on in summaries and notes if it is faithful. */
function reader(faithful: boolean): Policy {
  return (messages, tools) => {
    const last = said(messages.at(-1))
    const knows = messages.some((message) => said(message).includes(fact.text))
    const kept = faithful ? handedOn(messages) : 'Nothing of note.'
    if (last.startsWith(RECALL_REQUEST)) return [text(knows ? 'sesame' : 'I do not know.')]
    if (last.startsWith(SAVE_REQUEST)) return call(NOTES_TOOL, { text: kept })
    if (last.endsWith('answer with the summary alone.')) return [text(kept)]
    if (last === 'The door is here.') return call('open', { word: knows ? 'sesame' : 'open' })
    return tools.length === 0 ? [text('?')] : call('next', {})
  }
}

function handedOn(messages: readonly Message[]): string {
  return messages.some((message) => said(message).includes(fact.text)) ? fact.text : 'Nothing of note.'
}

function compactionOf(strategy: Strategy): Compaction {
  return strategy === 'none' ? { strategy } : { strategy, at: 0.8, to: 0.5 }
}

/** @param native whether the control has a compaction of its own */
function study(native = true, at = 0.8): Study {
  return defineStudy({
    name: 'long-file',
    question: 'Does the password survive?',
    factors: { compaction: levels(...STRATEGIES).default(...STRATEGIES) },
    outcome: { opened: proportion(), shown: count().optionally() },
    tasks: ({ compaction }) => [
      {
        id: 'file',
        prompt: 'Read the file and open the door.',
        world: file,
        scaffold: {
          ...plainScaffold,
          name: `plain, ${compaction}`,
          window: 1500,
          recall: 1,
          compaction: { ...compactionOf(compaction), ...(at !== 0.8 && { at }) },
        },
        limits: { turns: 200 },
        facts: [fact],
        measure: ({ views, facts }) => ({
          opened: views.at(-1)?.['word'] === 'sesame' ? 1 : 0,
          shown: facts[0]?.turns,
        }),
        points: ({ recall }) => ({ recall: recallPoints(recall, 'sinceShown') }),
      },
    ],
    controls: {
      faithful: {
        property: 'keeps the password wherever its compaction lets it',
        policy: reader(true),
        ...(native && { compact: (messages: readonly Message[]) => handedOn(messages) }),
        reads: {},
      },
      careless: {
        property: 'hands nothing on',
        policy: reader(false),
        ...(native && { compact: () => 'Nothing of note.' }),
        reads: {},
      },
    },
    findings: [],
    repeats: 1,
  })
}

test('six compactions are levels of one factor, whose effect on a planted agent is exactly what is known', async () => {
  const request = toyRequest([], { controls: 'only' })
  const folder = path.join(temporaryFolder(), 'long')
  const { outcomes } = await startRun(
    { study: study(), request, run: 'long', folder },
    options,
    effectsWith(() => {
      throw new Error('no model here')
    }),
  )
  const opened = (agent: string): object =>
    Object.fromEntries(
      STRATEGIES.map((strategy) => {
        const row = outcomes.find((each) => each.agent === `control/${agent}` && each.cell['compaction'] === strategy)
        return [strategy, row?.stop === 'context' ? 'context' : row?.values['opened']]
      }),
    )
  // The password is a short result, which `clear` leaves alone; but calls and marks add up until the window is full.
  expect(opened('faithful')).toEqual({ none: 'context', trim: 0, clear: 1, summary: 1, notes: 1, native: 1 })
  expect(opened('careless')).toEqual({ none: 'context', trim: 0, clear: 1, summary: 0, notes: 0, native: 0 })
  for (const { series, cell, agent } of outcomes) {
    if (cell['compaction'] === 'none') continue
    const known = (series?.['recall'] ?? []).map(([, recalled]) => recalled)
    expect(known.length).toBeGreaterThan(0)
    const kept = cell['compaction'] === 'clear' || (agent === 'control/faithful' && cell['compaction'] !== 'trim')
    expect(new Set(known)).toEqual(new Set([kept ? 1 : 0]))
  }
})

describe('a plan refuses', () => {
  test('native on a model that has none, and takes one that has it', () => {
    const without = new Map([['test/a', scripted(() => ({ parts: [] }), { name: 'test/a' })]])
    const set = { compaction: ['native'] }
    expect(() => makePlan(study(), toyRequest(['test/a'], { controls: 'off', set }), without)).toThrow(
      /test\/a has no compaction of its own, which the scaffold plain, native asks for \(native\)/,
    )
    const compacting = new Map([['test/a', { ...openControl('control/compacting'), name: 'test/a' }]])
    expect(makePlan(study(), toyRequest(['test/a'], { controls: 'off', set }), compacting).trials).toHaveLength(1)
    expect(() => makePlan(study(false), toyRequest([], { set, controls: 'only' }), new Map())).toThrow(
      /control\/faithful has no compaction of its own/,
    )
  })

  test('thresholds that are no shares, or the wrong way round', () => {
    for (const at of [0.4, 1.2, NaN])
      expect(() => makePlan(study(true, at), toyRequest([], { controls: 'only' }), new Map())).toThrow(
        /must be shares of the window with 0 < to < at ≤ 1/,
      )
  })
})

test('control/compacting says the last line of each result in place of what is dropped', async () => {
  const model = openControl('control/compacting')
  const messages: readonly Message[] = [
    { role: 'user', text: 'Begin.' },
    { role: 'tool', callId: '1', name: 't', text: 'one\ntwo' },
    { role: 'tool', callId: '2', name: 't', text: 'three' },
  ]
  const request = { messages, tools: [], toolChoice: 'none', template: 'chat', sampling: {}, seed: 1 } as const
  const answer = await model.compact?.(request, { signal: new AbortController().signal })
  expect(answer).toMatchObject({ type: 'reply', parts: [{ type: 'text', text: 'two\nthree' }] })
})
