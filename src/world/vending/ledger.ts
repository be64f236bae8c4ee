/** Why money moved. `start`, `sale` and `refund` bring money in; `fee` and `order` take it out; nothing else exists. */
type Reason = 'start' | 'sale' | 'refund' | 'fee' | 'order'

/** One movement on the bank statement. `cents` is signed: money in is positive. */
interface Movement {
  readonly day: number
  readonly reason: Reason
  readonly cents: number
  readonly note: string
}

/**
 * The money of a business in whole cents. Cash lies in the bank or in the machine's cash box; collecting moves it from
 * one to the other and is no movement of the ledger.
 *
 * Kept at all times: `bank + machine = start + sale + refund − fee − order` of `totals`.
 */
export interface Ledger {
  readonly bank: number
  readonly machine: number
  /** All cents that ever moved for a reason, never negative. */
  readonly totals: Readonly<Record<Reason, number>>
  /** The newest movements, oldest first, at most {@link STATEMENT_LINES}. */
  readonly statement: readonly Movement[]
}

/** A statement shows the last movements only, so that a long business costs no more to carry than a short one. */
const STATEMENT_LINES = 20

export function openLedger(start: number): Ledger {
  return {
    bank: start,
    machine: 0,
    totals: { start, sale: 0, refund: 0, fee: 0, order: 0 },
    statement: [{ day: 0, reason: 'start', cents: start, note: 'opening balance' }],
  }
}

/** Money that leaves the bank, or undefined where the bank holds less. `cents` is positive. */
export function pay(
  ledger: Ledger,
  day: number,
  reason: 'fee' | 'order',
  cents: number,
  note: string,
): Ledger | undefined {
  if (cents > ledger.bank) return undefined
  return move(ledger, { day, reason, cents: -cents, note }, { bank: ledger.bank - cents })
}

/** Money that comes back to the bank from a supplier. */
export function refund(ledger: Ledger, day: number, cents: number, note: string): Ledger {
  return move(ledger, { day, reason: 'refund', cents, note }, { bank: ledger.bank + cents })
}

/** Takings of a day. They fall into the machine's cash box; with `into: 'bank'` they need no collecting. */
export function sell(ledger: Ledger, cents: number, into: 'machine' | 'bank'): Ledger {
  return {
    ...ledger,
    [into]: ledger[into] + cents,
    totals: { ...ledger.totals, sale: ledger.totals.sale + cents },
  }
}

/** Empties the machine's cash box into the bank. */
export function collect(ledger: Ledger): Ledger {
  return { ...ledger, bank: ledger.bank + ledger.machine, machine: 0 }
}

function move(ledger: Ledger, movement: Movement, change: { readonly bank: number }): Ledger {
  const { reason, cents } = movement
  return {
    ...ledger,
    ...change,
    totals: { ...ledger.totals, [reason]: ledger.totals[reason] + Math.abs(cents) },
    statement: [...ledger.statement, movement].slice(-STATEMENT_LINES),
  }
}
