import fs from 'node:fs'
import { Interruption, usedByTries, type Reservation } from '../agent/index.ts'
import {
  readEvents,
  type BodyOf,
  type Cost,
  type RetryRecord,
  type RunEvent,
  type RunPaths,
  type Usage,
} from '../record/index.ts'

/** What a whole run may spend; absent means no limit. */
export interface RunBudget {
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

type Settlement = Extract<RunEvent, { type: 'settle' }>

/** A call that is about to be made, at its worst case; dollars are absent where no price is known. */
export interface UpcomingCall {
  readonly trial: string
  /** The number its answer will have in the trial's journal. */
  readonly event: number
  readonly tokens: number
  readonly dollars?: number | undefined
}

/**
 * What a run has spent of its budget. Every metered call reserves its worst case first, in the run's log, and no more is
 * reserved than the budget holds; what was in flight when a process died stays charged.
 */
export class Ledger {
  readonly #budget: RunBudget
  readonly #write: (event: RunEvent) => void
  readonly #now: () => number
  /** Charges of calls without a receipt, those of dead processes too. */
  readonly #open = new Map<number, Charge>()
  /** Calls of this process that may still be settled. */
  #inFlight = 0
  #waiting: (() => void)[] = []
  #settled: Charge = { tokens: 0, dollars: 0 }
  #unknown: string | undefined
  #calls = 0

  constructor(
    budget: RunBudget,
    past: readonly RunEvent[],
    paths: RunPaths,
    effects: { readonly write: (event: RunEvent) => void; readonly now: () => number },
  ) {
    this.#budget = budget
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

  /**
   * Sets a call's worst case aside. While other calls of this process are in flight they may give back most of theirs,
   * so a call for which there is no room yet waits for them.
   *
   * @param stopping true once no further call may begin
   * @throws Interruption `budget` when nothing in flight can make room any more; `aborted` when asked to stop meanwhile
   */
  async reserve(
    { trial, event, tokens, dollars = 0 }: UpcomingCall,
    stopping: () => boolean = () => false,
  ): Promise<Reservation> {
    for (;;) {
      const refusal = this.#refusal(tokens, dollars)
      if (refusal === undefined) break
      if (this.#inFlight === 0) throw new Interruption('budget', refusal)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
      if (stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    }
    const call = this.#calls
    const charge = { tokens, dollars }
    this.#write({ type: 'reserve', at: this.#now(), call, trial, event, ...charge })
    this.#calls++
    this.#inFlight++
    this.#open.set(call, charge)
    return {
      settle: (usage, cost, tries) => {
        try {
          this.#receive(call, charge, usage, cost, tries)
        } finally {
          this.#landed()
        }
      },
      abandon: () => this.#landed(),
    }
  }

  #refusal(tokens: number, dollars: number): string | undefined {
    const { spent } = this
    const budget = this.#budget
    if (budget.tokens !== undefined && spent.tokens + tokens > budget.tokens)
      return `The next call may take ${tokens} tokens; ${spent.tokens} of ${budget.tokens} are spent`
    if (budget.dollars !== undefined && spent.dollars + dollars > budget.dollars)
      return `The next call may cost $${dollars.toFixed(4)}; $${spent.dollars.toFixed(4)} of $${budget.dollars} are spent`
    return undefined
  }

  /** A call of this process is over: those who wait for room look again. */
  #landed(): void {
    this.#inFlight--
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  #receive(call: number, charge: Charge, usage: Usage, cost: Cost, failed: readonly RetryRecord[]): void {
    const { tokens, dollars, uncounted } = usedByTries(failed)
    const known = cost.type === 'known'
    const lost = {
      tokens: uncounted * charge.tokens,
      dollars: uncounted * charge.dollars + (known ? 0 : dollars),
    }
    const settlement = {
      call,
      tokens: (usedTokens(usage) ?? charge.tokens) + tokens,
      cost: known ? { ...cost, dollars: cost.dollars + dollars } : cost,
      ...((lost.tokens > 0 || lost.dollars > 0) && { lost }),
    }
    this.#write({ type: 'settle', at: this.#now(), ...settlement })
    this.#settle(settlement)
  }

  #settle({ call, tokens, cost, lost }: Pick<Settlement, 'call' | 'tokens' | 'cost' | 'lost'>): void {
    const charge = this.#open.get(call)
    this.#open.delete(call)
    this.#settled.tokens += tokens + (lost?.tokens ?? 0)
    // What nobody can price stays charged at its worst case.
    this.#settled.dollars += (cost.type === 'known' ? cost.dollars : (charge?.dollars ?? 0)) + (lost?.dollars ?? 0)
    if (cost.type === 'unknown') this.#unknown ??= cost.why
    if (lost !== undefined) this.#unknown ??= 'tries that broke off midway may have been billed'
  }

  #recall(past: readonly RunEvent[], paths: RunPaths): void {
    const latest = new Map<string, Extract<RunEvent, { type: 'reserve' }>>()
    for (const event of past) {
      if (event.type === 'reserve') {
        this.#calls = event.call + 1
        this.#open.set(event.call, { tokens: event.tokens, dollars: event.dollars })
        latest.set(`${event.trial}/${event.event}`, event)
      } else if (event.type === 'settle') this.#settle(event)
    }
    // A reply that reached its journal just before the end was paid for; its price is known, only its receipt is
    // missing. It answers the latest call that was made for its place: earlier ones stay charged at their worst case.
    for (const { call, trial, event } of latest.values()) {
      const charge = this.#open.get(call)
      const reply = charge === undefined ? undefined : journaled(paths.trial(trial), event)
      if (charge === undefined || reply === undefined) continue
      this.#receive(call, charge, reply.usage, reply.cost, reply.retries ?? [])
    }
  }
}

function journaled(path: string, seq: number): BodyOf<'model.call'> | undefined {
  if (!fs.existsSync(path)) return undefined
  const event = readEvents(path, { from: seq, to: seq + 1 }).events[0]
  return event?.type === 'model.call' ? event : undefined
}

function usedTokens(usage: Usage): number | undefined {
  return usage.input === undefined || usage.output === undefined ? undefined : usage.input + usage.output
}
