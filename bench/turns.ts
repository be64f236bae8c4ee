// Turns a second of the tool loop with full journals on disk: one model call, one tool call, no latency.
import path from 'node:path'
import { z } from 'zod'
import { plainScaffold, runAgent } from '../src/agent/index.ts'
import { controlFrom } from '../src/model/index.ts'
import { Journal, readEvents, redactor } from '../src/record/index.ts'
import { defineWorld } from '../src/world/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Figure, Measured } from './table.ts'

const SIZES = [200, 2_000, 20_000]
/** Turns of each size in a round; rounds are mixed, so that a busy moment or a cold compiler hits all sizes alike. */
const TURNS = 20_000
const ROUNDS = 5
const GOAL = 5_000

const input = z.object({ n: z.number() })

const counter = (turns: number) =>
  defineWorld<number>({
    name: 'counter',
    tools: [{ name: 'count', description: 'Count on.', input }],
    start: () => 0,
    act: (state) => ({ state: state + 1, result: { text: `You have counted to ${state + 1}.` } }),
    view: () => ({ counting: true }),
    days: (state) => state,
    ended: (state) => (state >= turns ? 'counted' : undefined),
    canary: [{ tool: 'count', input: { n: 1 } }],
  })

const model = controlFrom('counter', 'Counts on.', () => [
  { type: 'text', text: 'I count on by one, as I was told to do.' },
  { type: 'tool-call', id: 'call', name: 'count', arguments: '{"n":1}' },
])

/** Seconds in the loop of one trial of so many turns; making the file and the last sync, once a trial, are not in it. */
async function trial(turns: number, file: string): Promise<number> {
  // Redaction has something to look for, as in a real run.
  const redact = redactor(new Map([['BENCH_API_KEY', 'sk-0123456789abcdef']]))
  const journal = new Journal(file, { durability: 'each-second', now: Date.now, redact })
  journal.record({ type: 'note', topic: 'bench', data: null })
  const started = performance.now()
  await runAgent(
    {
      scaffold: plainScaffold,
      sampling: {},
      limits: { turns: turns + 1 },
      prompt: 'Count.',
      world: counter(turns),
      worldSeed: 's',
      modelSeed: 's',
    },
    {
      journal,
      model,
      signal: new AbortController().signal,
      reserve: () => Promise.reject(new Error('nobody pays')),
      stopping: () => false,
    },
  )
  const seconds = (performance.now() - started) / 1000
  await journal.close()
  const { total } = readEvents(file, { from: 0, to: 0 })
  if (total < 2 * turns) throw new Error(`only ${total} events`)
  return seconds
}

async function measure(): Promise<Measured> {
  return inScratch(async (folder) => {
    let file = 0
    const next = (): string => path.join(folder, `${file++}.jsonl`)
    const rounds: number[][] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const rates: number[] = []
      for (const turns of SIZES) {
        let seconds = 0
        for (let done = 0; done < TURNS; done += turns) seconds += await trial(turns, next())
        rates.push(TURNS / seconds)
      }
      rounds.push(rates)
    }
    // The first round warms up. The best of the others counts, since a busy machine only slows down.
    const rates = SIZES.map((_, size) => Math.max(...rounds.slice(1).map((round) => round[size] ?? 0)))
    const figures: Figure[] = SIZES.map((turns, index) => ({
      name: `tool loop, ${turns.toLocaleString('en-US')} turns`,
      value: rates[index] ?? 0,
      unit: 'turns/s',
      goal: { type: 'at-least', value: GOAL },
    }))
    const spread = Math.max(...rates) / Math.min(...rates) - 1
    figures.push({
      name: 'tool loop, fastest over slowest',
      value: 100 * spread,
      unit: '%',
      goal: { type: 'at-most', value: 20 },
    })
    return { type: 'figures', figures }
  })
}

export function turns(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
