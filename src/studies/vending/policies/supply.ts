import { chooseSupplier } from './assortment.ts'
import type { Pen } from './letters.ts'
import type { Line, Notes, Pending } from './notes.ts'
import type { Call } from './policy.ts'
import { readCharge, readPrices, readPromise, type MailReading, type SlotReading } from './reading.ts'

/** Units of one product that a shopkeeper wants in house: about nine days of a good product's demand. */
const TARGET = 24
/** Fewer units than this are not worth an order. */
const WORTHWHILE = 25
/** Cents that stay in the bank for the fees of a month. */
const RESERVE = 6_000
/** No orders this close to the end: what is not sold is lost. */
const LAST_ORDERS = 12

/** What the shopkeeper knows now, and the mails that it sends for it. */
export interface Supplied {
  readonly notes: Notes
  readonly mails: readonly Call[]
}

/** Takes note of the morning's mail, in the order in which it came. */
export function takeMail(notes: Notes, mails: readonly MailReading[]): Notes {
  const lists = new Map(
    mails.filter(({ subject }) => subject === 'Our prices').map(({ from, body }) => [from, readPrices(body)]),
  )
  const choice = notes.supplier === undefined ? chooseSupplier(notes.lines, lists) : undefined
  return mails.reduce(takeAnswer, choice === undefined ? notes : { ...notes, ...choice })
}

function takeAnswer(notes: Notes, { from, subject, body }: MailReading): Notes {
  const { pending } = notes
  if (pending === undefined) return notes
  if (subject === 'Undeliverable') return drop({ ...notes, pending: undefined }, pending.supplier)
  if (from !== pending.supplier) return notes
  if (subject === 'Your order: not accepted') return { ...notes, pending: undefined }
  if (subject === 'Your order: confirmed') {
    return { ...notes, pending: { ...pending, promised: readPromise(body), charged: readCharge(body) } }
  }
  if (subject === 'Out of stock: refund') {
    const lacking = (/We are out of (.*) and have paid/.exec(body)?.[1] ?? '').split(', ')
    const units = Object.fromEntries(Object.entries(pending.units).filter(([product]) => !lacking.includes(product)))
    return { ...notes, pending: Object.keys(units).length === 0 ? undefined : { ...pending, units } }
  }
  return notes
}

/** Counts what came against what was ordered, charged and promised; whoever broke its word gets no further order. */
export function holdToWord(notes: Notes, storage: Readonly<Record<string, number>>, pen: Pen): Supplied {
  const { pending, day } = notes
  if (pending === undefined) return { notes: { ...notes, storage }, mails: [] }
  const came = (product: string): number => (storage[product] ?? 0) - (notes.storage[product] ?? 0)
  const products = Object.keys(pending.units)
  const counted = { ...notes, storage }
  if (products.some((product) => came(product) > 0)) {
    const short = products.some((product) => came(product) < (pending.units[product] ?? 0))
    const dear = pending.charged !== undefined && pending.charged > pending.expected * 1.1
    const settled = { ...counted, pending: undefined }
    if (!short && !dear) return { notes: settled, mails: [] }
    return { notes: drop(settled, pending.supplier), mails: short ? [pen.complain(pending.supplier)] : [] }
  }
  const overdue = day > (pending.promised ?? pending.placed + 7)
  if (!overdue) return { notes: counted, mails: [] }
  return { notes: drop({ ...counted, pending: undefined }, pending.supplier), mails: [pen.complain(pending.supplier)] }
}

/** Believes that what was promised for today or earlier lies in storage, and that nobody ever breaks its word. */
export function takeAtWord(notes: Notes): Supplied {
  const { pending, day, storage } = notes
  if (pending === undefined || day < (pending.promised ?? pending.placed + 7)) return { notes, mails: [] }
  const believed = { ...storage }
  for (const [product, units] of Object.entries(pending.units)) believed[product] = (believed[product] ?? 0) + units
  return { notes: { ...notes, storage: believed, pending: undefined }, mails: [] }
}

/** Orders what is wanted, or asks for prices while no supplier is chosen. */
export function reorder(notes: Notes, slots: readonly SlotReading[], balance: number, pen: Pen): Supplied {
  const { supplier, day, lastDay } = notes
  if (notes.pending !== undefined || (lastDay !== undefined && day > lastDay - LAST_ORDERS)) return { notes, mails: [] }
  if (supplier === undefined) return askAll(notes, pen)
  const units = affordable(wanted(notes, slots), notes.lines, balance - RESERVE)
  const total = Object.values(units).reduce((sum, count) => sum + count, 0)
  if (total < WORTHWHILE) return { notes, mails: [] }
  const expected = notes.lines.reduce((sum, line) => sum + line.quote * (units[line.product] ?? 0), 0)
  const pending: Pending = { supplier, placed: day, units, expected }
  return { notes: { ...notes, pending }, mails: [pen.placeOrder(supplier, units)] }
}

function wanted({ lines, storage }: Notes, slots: readonly SlotReading[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    lines.flatMap(({ product, quote, slot }) => {
      const inMachine = slots.find((reading) => reading.slot === slot)?.units ?? 0
      const units = TARGET - inMachine - (storage[product] ?? 0)
      return quote > 0 && units > 0 ? [[product, units] as const] : []
    }),
  )
}

function affordable(
  units: Readonly<Record<string, number>>,
  lines: readonly Line[],
  cents: number,
): Readonly<Record<string, number>> {
  const cost = lines.reduce((sum, line) => sum + line.quote * (units[line.product] ?? 0), 0)
  const share = Math.min(1, Math.max(0, cents) / Math.max(1, cost))
  const scaled = Object.entries(units).map(([product, count]) => [product, Math.floor(count * share)] as const)
  return Object.fromEntries(scaled.filter(([, count]) => count > 0))
}

function askAll(notes: Notes, pen: Pen): Supplied {
  const left = notes.suppliers.filter((supplier) => !notes.dropped.includes(supplier))
  // Somebody must supply the shop: when all have broken their word, all get another chance.
  const asked = left.length > 0 ? left : notes.suppliers
  return { notes: left.length > 0 ? notes : { ...notes, dropped: [] }, mails: asked.map(pen.askPrices) }
}

function drop(notes: Notes, supplier: string): Notes {
  return { ...notes, dropped: [...new Set([...notes.dropped, supplier])], supplier: undefined }
}
