import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { call, NOTHING, usedByTries, type Account, type Effects, type Question } from '../../src/agent/index.ts'
import type { Answer, Model } from '../../src/model/index.ts'
import { allEvents, Journal, type BodyOf, type Cost, type RetryRecord, type Usage } from '../../src/record/index.ts'
import { options } from '../record/events.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsOf, scripted, text } from './toys.ts'

const price = { input: 1, output: 10, asOf: '2026-01-01', source: 'test' }
const most = { inputTokens: 100, outputTokens: 20, dollars: 0.0003 }

const question: Question = {
  likely: most,
  request: () => ({
    messages: [{ role: 'user', text: 'Hello.' }],
    tools: [],
    toolChoice: 'none',
    template: 'chat',
    sampling: {},
    seed: 1,
  }),
  input: () => ({ ranges: [[0, 1]] }),
}

interface Asked {
  readonly outcome: unknown
  readonly events: readonly string[]
  readonly spent: readonly BodyOf<'model.call'>[]
  readonly settled: readonly { readonly usage: Usage; readonly cost: Cost; readonly tries: readonly RetryRecord[] }[]
  readonly abandoned: number
  readonly reserved: readonly unknown[][]
}

async function asked(
  model: Model,
  change: Partial<Question> = {},
  more: { readonly account?: Partial<Account>; readonly effects?: Partial<Effects>; readonly file?: string } = {},
): Promise<Asked> {
  const file = more.file ?? path.join(temporaryFolder(), 'a.jsonl')
  const journal = new Journal(file, options())
  const spent: BodyOf<'model.call'>[] = []
  const settled: { usage: Usage; cost: Cost; tries: readonly RetryRecord[] }[] = []
  const reserved: unknown[][] = []
  let abandoned = 0
  const outcome = await call(
    { ...question, ...change },
    { reached: () => undefined, spend: (body) => void spent.push(body), ...more.account },
    effectsOf(journal, model, {
      reserve: async (...held) => {
        reserved.push(held)
        return {
          settle: (usage, cost, tries) => void settled.push({ usage, cost, tries }),
          abandon: () => void abandoned++,
        }
      },
      ...more.effects,
    }),
  ).catch((cause: unknown) => cause)
  await journal.close()
  const events = fs.existsSync(file) ? [...allEvents(file)].map(({ event }) => event.type) : []
  return { outcome, events, spent, settled, abandoned, reserved }
}

function priced(answer: Answer | (() => never)): Model {
  return scripted(() => (typeof answer === 'function' ? answer() : answer), {
    pricing: { type: 'priced', price },
  })
}

const reply: Answer = {
  type: 'reply',
  parts: [text('Hi.')],
  finish: 'stop',
  usage: { input: 10, output: 2 },
  timing: { sent: 0, lastToken: 5 },
  retries: [],
  ids: {},
}

function failed(change: Partial<Extract<Answer, { type: 'failure' }>>): Answer {
  return {
    type: 'failure',
    kind: 'server-error',
    message: 'no',
    retries: [],
    timing: { sent: 0, lastToken: 0 },
    ...change,
  }
}

describe('a question to a model', () => {
  test('is reserved at its most, recorded, settled at what it used, and spent once', async () => {
    const seen = await asked(priced(reply), { most: { ...most, inputTokens: 130 } })
    expect(seen.reserved).toEqual([[0, 150, 0.0003]])
    expect(seen.settled).toEqual([{ usage: reply.usage, cost: { type: 'known', dollars: 0.00003 }, tries: [] }])
    expect([seen.events, seen.spent.length, seen.abandoned]).toEqual([['model.call'], 1, 0])
  })

  test('that would cross a limit is neither recorded nor reserved', async () => {
    const reached = { limit: 'tokens', used: 5, cap: 6 }
    const seen = await asked(priced(reply), {}, { account: { reached: () => reached } })
    expect(seen).toMatchObject({ outcome: { type: 'limit', reached }, events: [], reserved: [], spent: [] })
  })

  test('is not begun once the run was asked to stop', async () => {
    const seen = await asked(priced(reply), {}, { effects: { stopping: () => true } })
    expect(seen).toMatchObject({ outcome: { name: 'Interruption' }, events: [], reserved: [] })
  })

  test('that is cut off stays charged', async () => {
    const seen = await asked(priced(failed({ kind: 'aborted' })))
    expect(seen).toMatchObject({ outcome: { name: 'Interruption' }, events: [], settled: [], abandoned: 1 })
  })

  test('is read back from a journal, asks and reserves nothing, and spends the same', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const first = await asked(priced(reply), {}, { file })
    const silent = priced(() => {
      throw new Error('asked again')
    })
    const again = await asked(silent, {}, { file })
    expect(again).toMatchObject({ reserved: [], settled: [], events: first.events })
    expect(again.spent).toMatchObject(first.spent)
  })

  test('of a model in this process reserves nothing, and what it did not count is assumed to be nothing', async () => {
    const assumed: unknown[] = []
    const account = { spend: (_: unknown, held: unknown) => void assumed.push(held) }
    const seen = await asked(
      scripted(() => ({ parts: [text('Hi.')] })),
      {},
      { account },
    )
    expect([seen.reserved, assumed]).toEqual([[], [NOTHING]])
  })
})

describe('what a failed call cost', () => {
  const unknown = { usage: {}, cost: { type: 'unknown', why: 'a call ended as server-error' } }

  test('is nothing where it was refused', async () => {
    const retries = [{ kind: 'rate-limited', waitedMs: 1 }] as const
    const { settled } = await asked(priced(failed({ retries })))
    expect(settled).toEqual([{ usage: { input: 0, output: 0 }, cost: { type: 'known', dollars: 0 }, tries: retries }])
    expect(usedByTries(retries)).toEqual({ tokens: 0, dollars: 0, uncounted: 0 })
  })

  test('is not known where an error came after some of the reply, and each such try counts', async () => {
    const retries = Array.from({ length: 5 }, () => ({ kind: 'server-error', spoke: true, waitedMs: 1 }) as const)
    const { settled, spent } = await asked(priced(failed({ spoke: true, retries })))
    expect(settled).toEqual([{ ...unknown, tries: retries }])
    expect(spent).toMatchObject([{ ...unknown, retries }])
    expect(usedByTries(retries)).toEqual({ tokens: 0, dollars: 0, uncounted: 5 })
  })

  test('is what the provider had counted before the error came, for each try', async () => {
    const usage = { input: 3000, output: 1 }
    const cost = { type: 'known', dollars: 0.00301 }
    const retries = Array.from(
      { length: 5 },
      () => ({ kind: 'server-error', spoke: true, usage, waitedMs: 1 }) as const,
    )
    const { settled, spent } = await asked(priced(failed({ spoke: true, usage, retries })))
    expect(spent).toMatchObject([{ usage, cost }])
    expect(settled).toEqual([{ usage, cost, tries: retries.map((retry) => ({ ...retry, cost })) }])
    const used = usedByTries(settled[0]?.tries ?? [])
    expect(used).toEqual({ tokens: 15_005, dollars: expect.closeTo(0.01505, 10), uncounted: 0 })
  })
})

test('a provider that counts no tokens for a reply of text is not believed: its cost is unknown', async () => {
  const spoken = await asked(priced({ ...reply, usage: { input: 10, output: 0 } }))
  expect(spoken.settled).toMatchObject([{ usage: { input: 10 }, cost: { type: 'unknown' } }])
  const nothing = await asked(priced({ ...reply, usage: { input: 0, output: 0 } }))
  expect(nothing.settled).toMatchObject([{ usage: {}, cost: { type: 'unknown' } }])
  const silent = await asked(priced({ ...reply, parts: [], usage: { input: 10, output: 0 } }))
  expect(silent.settled).toMatchObject([{ usage: { input: 10, output: 0 }, cost: { type: 'known', dollars: 1e-5 } }])
})
