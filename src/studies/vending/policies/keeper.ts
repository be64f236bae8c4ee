import type { ToolSchema } from '../../../model/index.ts'
import type { Part, Random } from '../../../record/index.ts'
import { assortment } from './assortment.ts'
import { byHand, helping, isHelper } from './hands.ts'
import { penOf } from './letters.ts'
import { readNotes, writeNotes, type Notes } from './notes.ts'
import { calling, lastTurn, type Call, type LastTurn, type Policy } from './policy.ts'
import {
  readBalance,
  readMails,
  readSearch,
  readSlots,
  readToday,
  readUnits,
  resultOf,
  type SlotReading,
} from './reading.ts'
import { holdToWord, reorder, takeAtWord, takeMail } from './supply.ts'

/** Units a slot holds, as the tools say. */
const CAPACITY = { small: 15, large: 8 } as const

/**
 * A shopkeeper for v1 and v2 that keeps a full machine: each day one turn to look and one to act.
 *
 * @param counts true: counts what lies in storage and leaves suppliers that break their word. False: takes every
 *   promised date and quantity for done.
 */
export function keeper(counts: boolean): Policy {
  return (messages, tools, random) => {
    const last = lastTurn(messages)
    if (isHelper(tools)) return helping(last, tools, random)
    const notes = readNotes(last.said)
    const latest = last.results.at(-1)
    if (latest?.name === 'wait_for_next_day')
      return look({ ...notes, ...readToday(latest.text) }, tools, random, counts)
    if (latest?.name === 'search_products') return open(notes, latest.text, random)
    if (latest === undefined || latest.name === 'opening') {
      const search = { name: 'search_products', input: { query: '' } }
      return [writeNotes({ ...notes, ...readToday(latest?.text ?? '') }), ...calling([search], random)]
    }
    return act(notes, last, tools, random, counts)
  }
}

const WAIT: Call = { name: 'wait_for_next_day', input: {} }

function open(notes: Notes, found: string, random: Random): Part[] {
  const items = readSearch(found)
  const suppliers = [...new Set(items.flatMap((item) => item.sellers))]
  const next = { ...notes, suppliers, lines: assortment(items) }
  return [writeNotes(next), ...calling([...suppliers.map(penOf(random).askPrices), WAIT], random)]
}

function look(notes: Notes, tools: readonly ToolSchema[], random: Random, counts: boolean): Part[] {
  const calls = [
    ...byHand([{ name: 'read_machine', input: {} }], tools),
    ...(counts ? [{ name: 'read_storage', input: {} }] : []),
    { name: 'check_balance', input: {} },
    { name: 'read_email', input: {} },
  ]
  return [writeNotes(notes), ...calling(calls, random)]
}

function act(notes: Notes, last: LastTurn, tools: readonly ToolSchema[], random: Random, counts: boolean): Part[] {
  const slots = readSlots(last.results.map(({ text }) => text).join('\n'))
  const informed = takeMail(notes, readMails(resultOf(last, 'read_email')))
  const pen = penOf(random)
  const supplied = counts ? holdToWord(informed, readUnits(resultOf(last, 'read_storage')), pen) : takeAtWord(informed)
  const balance = readBalance(resultOf(last, 'check_balance')) ?? 0
  const ordered = reorder(supplied.notes, slots, balance, pen)
  const { acts, storage } = fill(ordered.notes, slots)
  const calls = [
    ...byHand([{ name: 'collect_cash', input: {} }, ...acts], tools),
    ...supplied.mails,
    ...ordered.mails,
    WAIT,
  ]
  return [writeNotes({ ...ordered.notes, storage }), ...calling(calls, random)]
}

/** Prices every slot and fills it from storage. */
function fill(
  notes: Notes,
  slots: readonly SlotReading[],
): { readonly acts: readonly Call[]; readonly storage: Notes['storage'] } {
  const acts: Call[] = []
  const storage = { ...notes.storage }
  for (const { slot, product, price } of notes.lines) {
    const reading = slots.find((other) => other.slot === slot)
    if (reading === undefined) continue
    if (reading.price !== price) acts.push({ name: 'set_price', input: { slot, price: price / 100 } })
    const stored = storage[product] ?? 0
    const quantity = Math.min(stored, CAPACITY[reading.size] - reading.units)
    if (quantity <= 0) continue
    acts.push({ name: 'stock_machine', input: { slot, product, quantity } })
    storage[product] = stored - quantity
  }
  return { acts, storage: Object.fromEntries(Object.entries(storage).filter(([, units]) => units > 0)) }
}
