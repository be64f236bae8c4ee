import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Interruption } from '../../src/agent/index.ts'
import { Journal, runPaths, type Cost, type RetryRecord, type RunEvent } from '../../src/record/index.ts'
import { Ledger } from '../../src/run/index.ts'
import { options } from '../record/events.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const paths = runPaths('/nowhere')
const dollars = (amount: number): Cost => ({ type: 'known', dollars: amount })

function ledger(
  caps: ConstructorParameters<typeof Ledger>[0],
  past: readonly RunEvent[] = [],
  at = paths,
): { readonly ledger: Ledger; readonly log: RunEvent[] } {
  const log: RunEvent[] = [...past]
  return { ledger: new Ledger(caps, past, at, { write: (event) => log.push(event), now: () => 0 }), log }
}

const broken: RetryRecord = { kind: 'server-error', spoke: true, waitedMs: 1 }
const claim = (tokens: number, most?: number) => ({ trial: 't', event: 2, tokens, dollars: most })

function reserve(call: number): RunEvent {
  return { type: 'reserve', at: 0, call, trial: 't', event: 2, tokens: 100, dollars: 2 }
}

describe('the ledger', () => {
  test('sets aside before a call, and charges what it used after it', async () => {
    const { ledger: budget, log } = ledger({})
    const call = await budget.reserve(claim(100, 2))
    expect(budget.spent).toEqual({ tokens: 100, dollars: 2 })
    call.settle({ input: 30, output: 5 }, dollars(0.5), [])
    expect(budget.spent).toEqual({ tokens: 35, dollars: 0.5 })
    expect(log.map(({ type }) => type)).toEqual(['reserve', 'settle'])
  })

  test('promises no more than its caps', async () => {
    const { ledger: budget } = ledger({ dollars: 5, tokens: 1000 })
    await expect(budget.reserve(claim(10, 5.01))).rejects.toMatchObject({ reason: 'budget' })
    await expect(budget.reserve(claim(1001, 1))).rejects.toBeInstanceOf(Interruption)
    const call = await budget.reserve(claim(1000, 5))
    call.settle({ input: 0, output: 0 }, dollars(0), [])
    await budget.reserve(claim(1000, 5))
  })

  test('lets a call wait for what others may give back, and refuses it when nobody can', async () => {
    const { ledger: budget } = ledger({ dollars: 1 })
    const first = await budget.reserve(claim(1, 0.9))
    let said = 'waiting'
    const second = budget.reserve(claim(1, 0.9)).then(
      (call) => {
        said = 'served'
        return call
      },
      (cause: unknown) => {
        said = 'refused'
        throw cause
      },
    )
    await new Promise(setImmediate)
    expect(said).toBe('waiting')
    first.settle({ input: 1, output: 1 }, dollars(0.05), [])
    await second
    expect(said).toBe('served')

    const third = budget.reserve(claim(1, 0.9))
    ;(await second).settle({ input: 1, output: 1 }, dollars(0.8), [])
    await expect(third).rejects.toMatchObject({ reason: 'budget' })
  })

  test('wakes those who wait when a call is abandoned or the run stops', async () => {
    const { ledger: budget } = ledger({ dollars: 1 })
    const first = await budget.reserve(claim(1, 0.9))
    const second = budget.reserve(claim(1, 0.9))
    const third = budget.reserve(claim(1, 0.9), () => true)
    first.abandon()
    await expect(second).rejects.toMatchObject({ reason: 'budget' })
    await expect(third).rejects.toMatchObject({ reason: 'aborted' })
    expect(budget.spent.dollars).toBe(0.9)
  })

  test('keeps what nobody can price or count at its worst case, and says why', async () => {
    const { ledger: budget } = ledger({})
    const one = await budget.reserve(claim(100, 2))
    one.settle({}, { type: 'unknown', why: 'a call ended as cut-stream' }, [])
    expect(budget.spent).toEqual({ tokens: 100, dollars: 2, unknown: 'a call ended as cut-stream' })
  })

  test('charges tries that broke off midway at what was counted of them', async () => {
    const { ledger: budget, log } = ledger({})
    const one = await budget.reserve(claim(100, 2))
    const counted = { ...broken, usage: { input: 40, output: 2 }, cost: dollars(0.25) }
    one.settle({ input: 10, output: 10 }, dollars(0.5), [counted, counted])
    expect(budget.spent).toEqual({ tokens: 104, dollars: 1 })
    expect(ledger({}, log).ledger.spent).toEqual({ tokens: 104, dollars: 1 })
  })

  test('charges tries that broke off midway uncounted at their worst case', async () => {
    const { ledger: budget, log } = ledger({})
    const one = await budget.reserve(claim(100, 2))
    one.settle({ input: 10, output: 10 }, dollars(0.5), [broken, broken])
    const spent = { tokens: 220, dollars: 4.5, unknown: 'tries that broke off midway may have been billed' }
    expect(budget.spent).toEqual(spent)
    expect(ledger({}, log).ledger.spent).toEqual(spent)
  })

  test('recalls from the log exactly what it knew', async () => {
    const { ledger: budget, log } = ledger({ dollars: 1000 })
    for (let index = 0; index < 20; index++) {
      const call = await budget.reserve({ trial: `t${index % 3}`, event: index, tokens: 10 * index, dollars: index })
      if (index % 4 === 0) call.abandon()
      else call.settle({ input: index, output: index }, dollars(index / 2), [])
    }
    const again = ledger({ dollars: 1000 }, log)
    expect(again.ledger.spent).toEqual(budget.spent)
    expect(again.log).toHaveLength(log.length)
    const next = await again.ledger.reserve(claim(1, 0))
    next.settle({ input: 0, output: 0 }, dollars(0), [])
    expect(again.log.at(-1)).toMatchObject({ type: 'settle', call: 20 })
  })

  test('finds the price of a reply that reached its journal just before the end, once', async () => {
    const at = runPaths(temporaryFolder())
    fs.mkdirSync(`${at.folder}/trials`)
    const journal = new Journal(at.trial('t'), options())
    journal.record({ type: 'message', message: { role: 'user', text: 'x' } })
    journal.record({ type: 'message', message: { role: 'user', text: 'y' } })
    await journal.step('model.call', async () => ({
      type: 'model.call',
      model: 'm',
      input: { ranges: [] },
      usage: { input: 7, output: 3 },
      cost: dollars(0.25),
      timing: { sent: 0, lastToken: 0, working: 0 },
    }))
    await journal.close()
    // Call 0 died in flight; call 1 was the same question again, and its reply is in the journal.
    const { ledger: budget, log } = ledger({}, [reserve(0), reserve(1)], at)
    expect(budget.spent).toEqual({ tokens: 110, dollars: 2.25 })
    expect(ledger({}, log, at).ledger.spent).toEqual(budget.spent)
    // Once call 1 has its receipt, the reply is nobody else's.
    const settled: RunEvent = { type: 'settle', at: 0, call: 1, tokens: 10, cost: dollars(0.25) }
    expect(ledger({}, [reserve(0), reserve(1), settled], at).ledger.spent).toEqual(budget.spent)
  })
})
