// One trial of 20,000 turns whose context is summarised every 200 turns or so, with facts to watch: the last turns must cost
// what the first ones cost, and hold no more memory.
import path from 'node:path'
import v8 from 'node:v8'
import vm from 'node:vm'
import { z } from 'zod'
import { plainScaffold, runAgent } from '../src/agent/index.ts'
import { controlFrom } from '../src/model/index.ts'
import { Journal, redactor } from '../src/record/index.ts'
import { defineWorld } from '../src/world/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const TURNS = 20_000
/** The trial is read in so many parts; the first and the last are compared. */
const PARTS = 5
/** The first warms up. */
const ROUNDS = 10
const WINDOW = 11_000
const FACTS = 50

const counter = defineWorld<number>({
  name: 'counter',
  tools: [{ name: 'count', description: 'Count on.', input: z.object({ n: z.number() }) }],
  start: () => 0,
  act: (state) => ({ state: state + 1, result: { text: `You have counted to ${state + 1}.` } }),
  view: () => ({ counting: true }),
  days: (state) => state,
  ended: (state) => (state >= TURNS ? 'counted' : undefined),
  canary: [{ tool: 'count', input: { n: 1 } }],
})

const model = controlFrom('counter', 'Counts on, and sums up what it counted.', ({ messages, toolChoice }) => {
  if (toolChoice === 'none') return [{ type: 'text', text: `I saw ${messages.length} messages and counted on.` }]
  return [
    { type: 'text', text: 'I count on by one, as I was told to do.' },
    { type: 'tool-call', id: 'call', name: 'count', arguments: '{"n":1}' },
  ]
})

const facts = Array.from({ length: FACTS }, (_, index) => {
  const text = `counted to ${index * (TURNS / FACTS) + 7}.`
  return { id: `fact-${index}`, text, question: 'How far?', answer: text }
})

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/** Megabytes that live. */
function held(): number {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

interface Part {
  /** Of the processor, so that whoever else is at work on the machine does not count. */
  readonly seconds: number
  readonly held: number
}

async function trial(file: string): Promise<{ readonly parts: readonly Part[]; readonly compactions: number }> {
  const redact = redactor(new Map([['BENCH_API_KEY', 'sk-0123456789abcdef']]))
  const journal = new Journal(file, { durability: 'each-second', now: Date.now, redact })
  const parts: Part[] = []
  let turns = 0
  let compactions = 0
  let since = process.cpuUsage()
  const ending = await runAgent(
    {
      scaffold: { ...plainScaffold, compaction: { strategy: 'summary', at: 0.8, to: 0.4 }, window: WINDOW },
      sampling: {},
      limits: { turns: TURNS + 1 },
      prompt: 'Count.',
      world: counter,
      worldSeed: 's',
      modelSeed: 's',
      facts,
    },
    {
      journal,
      model,
      signal: new AbortController().signal,
      reserve: () => Promise.reject(new Error('nobody pays')),
      stopping: () => false,
      onCall({ aside }) {
        if (aside !== undefined) compactions++
        else if (++turns % (TURNS / PARTS) === 0) {
          const { user, system } = process.cpuUsage(since)
          const seconds = (user + system) / 1e6
          parts.push({ seconds, held: held() })
          since = process.cpuUsage()
        }
      },
    },
  )
  await journal.close()
  if (ending.stop !== 'counted') throw new Error(`it ended as ${ending.stop}`)
  if (ending.facts.some(({ first }) => first === undefined)) throw new Error('a fact was not seen')
  return { parts, compactions }
}

function name(rest: string): string {
  return `20,000 turns with summaries, ${rest}`
}

async function measure(): Promise<Measured> {
  return inScratch(async (folder) => {
    const rounds: Awaited<ReturnType<typeof trial>>[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await trial(path.join(folder, `${round}.jsonl`)))
    // The best of each part counts, since what disturbs a trial only slows it down.
    const rates = Array.from({ length: PARTS }, (_, part) =>
      Math.max(...rounds.slice(1).map(({ parts }) => TURNS / PARTS / (parts[part]?.seconds ?? NaN))),
    )
    const [last] = rounds.slice(-1)
    const compactions = last?.compactions ?? 0
    const grown = (last?.parts.at(-1)?.held ?? NaN) - (last?.parts[0]?.held ?? NaN)
    const apart = Math.abs((rates[0] ?? NaN) / (rates.at(-1) ?? NaN) - 1)
    return {
      type: 'figures',
      figures: [
        { name: name('turns a summary'), value: TURNS / compactions, unit: 'turns' },
        { name: name('first fifth'), value: rates[0] ?? NaN, unit: 'turns/processor s' },
        { name: name('last fifth'), value: rates.at(-1) ?? NaN, unit: 'turns/processor s' },
        { name: name('first and last apart'), value: 100 * apart, unit: '%', goal: { type: 'at-most', value: 20 } },
        {
          name: name('memory grown from first to last'),
          value: grown,
          unit: 'MB',
          goal: { type: 'at-most', value: 2 },
        },
      ],
    }
  })
}

export function compaction(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
