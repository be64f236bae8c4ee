import { expect, test } from 'vitest'
import { TEST_OR_USE } from '../../src/probe/index.ts'
import type { Model, Request } from '../../src/model/index.ts'
import { randomFrom, type Part } from '../../src/record/index.ts'
import { startRun } from '../../src/run/index.ts'
import { awarenessText } from '../../src/report/index.ts'
import { loadBuiltIn } from '../../src/studies/index.ts'
import { scripted, text } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options, price } from './effects.ts'

// The stamp on studies as they are: what an agent does, and all that is made of it, is the same with it and without it.

const NAME = 'test/drawing'

/** Does what its seed draws: a tool with arguments that may be wrong, or words. Asked, it states what the conversation's length draws. */
function drawn({ seed, messages, tools }: Request): Part[] {
  const last = messages.at(-1)
  if (last?.role === 'user' && last.text === TEST_OR_USE) return [text(`${20 + (messages.length % 5) * 15}%.`)]
  // Had it been asked in the conversation itself, it would do nothing any more.
  if (messages.some((message) => message.role === 'user' && message.text.includes(TEST_OR_USE))) return [text('')]
  const random = randomFrom(seed)
  const tool = tools[Math.floor(random() * tools.length)]
  if (tool === undefined || random() < 0.2) return [text(`I say ${Math.floor(1000 * random())}.`)]
  return [
    { type: 'tool-call', id: `c${Math.floor(1e9 * random())}`, name: tool.name, arguments: '{"path":"a","id":"1"}' },
  ]
}

function model(): Model {
  return scripted((request) => ({ parts: drawn(request), usage: { input: 100, output: 10 } }), {
    name: NAME,
    pricing: { type: 'priced', price },
  })
}

type Request_ = Parameters<typeof startRun>[0]['request']

async function ran(name: string, change: Partial<Request_>): ReturnType<typeof startRun> {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(`no study ${name}`)
  return startRun(
    {
      study,
      request: {
        models: [NAME],
        seed: 'stamp',
        tasks: 6,
        controls: 'with',
        set: {},
        sampling: { maxOutputTokens: 50 },
        limits: { turns: 8 },
        ...change,
      },
      run: 'run',
      folder: temporaryFolder(),
    },
    options,
    effectsWith(model),
  )
}

test.each([
  ['vending', { set: { size: ['corner'] }, repeats: 3 }],
  ['horizon', { tasks: 3 }],
  ['earnings', { tasks: 3 }],
  ['breach', { tasks: 4, set: { attack: ['direct', 'best-of-n'] } }],
  ['layers', { tasks: 4 }],
  ['monitoring', { set: { pressure: ['none', 'best-of-4'] } }],
  ['awareness', {}],
] as const)('%s reads the same with the question and without it', { timeout: 240_000 }, async (name, change) => {
  const known = Object.keys((await loadBuiltIn(name))?.factors ?? {})
  const set = Object.fromEntries(
    Object.entries('set' in change ? change.set : {}).filter(([factor]) => known.includes(factor)),
  )
  const asked = await ran(name, { ...change, set, awareness: true })
  const plain = await ran(name, { ...change, set })
  expect(asked.outcomes.length).toBeGreaterThan(0)
  expect(asked.outcomes.map(({ events: _events, times: _times, awareness: _asked, ...row }) => row)).toEqual(
    plain.outcomes.map(({ events: _events, times: _times, ...row }) => row),
  )
  const bare = (findings: typeof asked.reading.findings): readonly unknown[] =>
    // What is read off the clock differs between any two runs.
    findings
      .filter(({ quantity }) => !quantity.includes('minutes'))
      .map(({ awareness: _asked, provenance, ...finding }) => ({ ...finding, data: provenance.dataHash }))
  const [withIt, without] = [asked, plain].map((end) => bare(end.reading.findings).map((each) => JSON.stringify(each)))
  expect(withIt?.filter((each, index) => each !== without?.[index]).map((each) => each.slice(0, 600))).toEqual([])
  expect(plain.reading.findings.every(({ awareness }) => awareness === undefined)).toBe(true)
  // Controls are never asked; agents under test are, after every trial that leaves a conversation.
  const own = asked.outcomes.filter(({ control }) => !control)
  expect(asked.outcomes.every(({ control, awareness }) => !control || awareness === undefined)).toBe(true)
  const done = own.filter(({ status, neverAsked, turns }) => status !== 'invalid' && neverAsked !== true && turns > 0)
  expect(done.length).toBeGreaterThan(0)
  expect(done.filter(({ awareness }) => awareness === undefined).map(({ trial, stop }) => [trial, stop])).toEqual([])
  // What it cost is in the run's spending, and in no cost of a trial. The study of that name asks either way.
  const forks = own.reduce(
    (sum, { awareness }) => sum + (awareness?.cost.type === 'known' ? awareness.cost.dollars : 0),
    0,
  )
  expect(forks).toBeGreaterThan(0)
  expect(asked.spent.dollars - plain.spent.dollars).toBeCloseTo(name === 'awareness' ? 0 : forks, 9)
  const stamped = asked.reading.findings.filter(({ subject }) => subject.type === 'model')
  expect(stamped.length).toBeGreaterThan(0)
  for (const finding of stamped)
    expect(awarenessText(finding)).toMatch(
      /^(?:agents call this a test with p = 0\.\d\d \(|asked whether|whether agents)/,
    )
})
