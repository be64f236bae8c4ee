import fs from 'node:fs'
import { Interruption, type Reservation } from '../agent/index.ts'
import { readEvents, type Cost, type RunEvent, type RunPaths, type Usage } from '../record/index.ts'

/** Caps on a whole run; absent means none. */
export interface RunCaps {
  readonly dollars?: number
  readonly tokens?: number
}

/** What a run has spent, calls in flight at what was set aside for them. */
export interface Spent {
  readonly dollars: number
  readonly tokens: number
  /** Why dollars are a lower bound, where some cost is unknown. */
  readonly unknown?: string
}

interface Charge {
  tokens: number
  dollars: number
}

/**
 * The run's one purse. Every metered call sets its worst case aside first, in the run's log, and the purse never
 * promises more than its caps; what was in flight when a process died stays charged.
 */
export class Ledger {
  readonly #caps: RunCaps
  readonly #write: (event: RunEvent) => void
  readonly #now: () => number
  readonly #open = new Map<number, Charge>()
  #settled: Charge = { tokens: 0, dollars: 0 }
  #unknown: string | undefined
  #calls = 0

  constructor(
    caps: RunCaps,
    past: readonly RunEvent[],
    paths: RunPaths,
    effects: { readonly write: (event: RunEvent) => void; readonly now: () => number },
  ) {
    this.#caps = caps
    this.#write = effects.write
    this.#now = effects.now
    this.#recall(past, paths)
  }

  get spent(): Spent {
    let { tokens, dollars } = this.#settled
    for (const charge of this.#open.values()) {
      tokens += charge.tokens
      dollars += charge.dollars
    }
    return { tokens, dollars, ...(this.#unknown !== undefined && { unknown: this.#unknown }) }
  }

  /** @throws Interruption `budget` when the call might cross a cap */
  reserve(trial: string, event: number, tokens: number, dollars: number | undefined): Reservation {
    const spent = this.spent
    const worst = dollars ?? 0
    if (this.#caps.tokens !== undefined && spent.tokens + tokens > this.#caps.tokens) {
      throw new Interruption(
        'budget',
        `The next call may take ${tokens} tokens; ${spent.tokens} of ${this.#caps.tokens} are spent.`,
      )
    }
    if (this.#caps.dollars !== undefined && spent.dollars + worst > this.#caps.dollars) {
      throw new Interruption(
        'budget',
        `The next call may cost $${worst.toFixed(4)}; $${spent.dollars.toFixed(4)} of $${this.#caps.dollars} are spent.`,
      )
    }
    const call = this.#calls++
    const charge = { tokens, dollars: worst }
    this.#open.set(call, charge)
    this.#write({ type: 'reserve', at: this.#now(), call, trial, event, tokens, dollars: worst })
    return {
      settle: (usage, cost) => {
        const used = usedTokens(usage) ?? charge.tokens
        this.#write({ type: 'settle', at: this.#now(), call, tokens: used, cost })
        this.#settle(call, used, cost)
      },
    }
  }

  #settle(call: number, tokens: number, cost: Cost): void {
    const charge = this.#open.get(call)
    this.#open.delete(call)
    this.#settled.tokens += tokens
    // What nobody can price stays charged at its worst case.
    this.#settled.dollars += cost.type === 'known' ? cost.dollars : (charge?.dollars ?? 0)
    if (cost.type === 'unknown') this.#unknown ??= cost.why
  }

  #recall(past: readonly RunEvent[], paths: RunPaths): void {
    const unsettled = new Map<number, Extract<RunEvent, { type: 'reserve' }>>()
    for (const event of past) {
      if (event.type === 'reserve') {
        this.#calls = event.call + 1
        this.#open.set(event.call, { tokens: event.tokens, dollars: event.dollars })
        unsettled.set(event.call, event)
      } else if (event.type === 'settle') {
        this.#settle(event.call, event.tokens, event.cost)
        unsettled.delete(event.call)
      }
    }
    // A reply that reached its journal just before the end was paid for; its price is known, only its receipt is missing.
    for (const [call, reserved] of unsettled) {
      const reply = journaled(paths.trial(reserved.trial), reserved.event)
      if (reply === undefined) continue
      this.#write({
        type: 'settle',
        at: this.#now(),
        call,
        tokens: usedTokens(reply.usage) ?? reserved.tokens,
        cost: reply.cost,
      })
      this.#settle(call, usedTokens(reply.usage) ?? reserved.tokens, reply.cost)
    }
  }
}

function journaled(path: string, seq: number): { readonly usage: Usage; readonly cost: Cost } | undefined {
  if (!fs.existsSync(path)) return undefined
  const event = readEvents(path, { from: seq, to: seq + 1 }).events[0]
  return event?.type === 'model.call' ? event : undefined
}

function usedTokens(usage: Usage): number | undefined {
  return usage.input === undefined || usage.output === undefined ? undefined : usage.input + usage.output
}
