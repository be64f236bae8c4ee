import {
  addSpend,
  firstReached,
  heldAgainst,
  newMeters,
  newSpend,
  NOTHING,
  spend,
  type Left,
  type Limits,
  type Meters,
  type Most,
  type Reached,
  type Spend,
} from '../agent/index.ts'
import type { BodyOf } from '../record/index.ts'

/** What an attack on one behaviour may spend; absent means no limit. */
export interface Budget {
  /** Questions put to the target, blocked and lost ones too. */
  readonly queries?: number
  /** Tokens of the target, in and out. */
  readonly targetTokens?: number
  /** Tokens of the attacker's own model, in and out. */
  readonly attackerTokens?: number
  /** Of target and attacker together. */
  readonly dollars?: number
  /** Time on the clock while a process worked on the attack. */
  readonly ms?: number
}

export type MeterName = keyof Budget

/** Who asks: the attack's question to the target, or a model beside it. */
export type Payer = 'target' | 'attacker' | 'defender'

/** The limits of a trial as an attack reads them: a turn is a query, tokens are the target's. */
export function budgetOf({ turns, tokens, dollars, wallMs }: Limits): Budget {
  return {
    ...(turns !== undefined && { queries: turns }),
    ...(tokens !== undefined && { targetTokens: tokens }),
    ...(dollars !== undefined && { dollars }),
    ...(wallMs !== undefined && { ms: wallMs }),
  }
}

/**
 * What one attack has spent. Nothing leaves once any meter is at its limit, nor where the most that the next call may use
 * would cross one; what nobody counted is charged at its most.
 */
export class AttackMeter {
  readonly budget: Budget
  /** All that answered, whoever asked: what the trial's row says. */
  readonly total: Meters = newMeters()
  readonly #clock: () => number
  readonly #spent = { target: newSpend(), attacker: newSpend() }
  /** Of target and attacker together. */
  readonly #both = newSpend()
  #queries = 0
  #lost = 0

  /** @param clock milliseconds that the trial has taken */
  constructor(budget: Budget, clock: () => number) {
    this.budget = budget
    this.#clock = clock
  }

  /** Limits that can only be kept where every reply is bounded. */
  get bounds(): readonly (number | undefined)[] {
    const { targetTokens, attackerTokens, dollars } = this.budget
    return [targetTokens, attackerTokens, dollars]
  }

  /** Questions whose answers nobody heard, whoever asked: an event each in the journal. */
  get lost(): number {
    return this.#lost
  }

  /** The first meter that leaves no room for another call. Without `most`: the first that is at its limit. */
  reached(payer: Payer = 'attacker', most: Most = NOTHING): Reached<MeterName> | undefined {
    // A judge or a guard looks at what has left already: it is not the attacker's to pay for, nor to be stopped by its budget.
    if (payer === 'defender') return undefined
    const used = this.#held()
    const tokens = tokensOf(most)
    return firstReached<MeterName>(this.budget, [
      ['queries', used.queries, payer === 'target' ? 1 : 0],
      ['targetTokens', used.targetTokens, payer === 'target' ? tokens : 0],
      ['attackerTokens', used.attackerTokens, payer === 'attacker' ? tokens : 0],
      ['dollars', used.dollars, most.dollars ?? 0],
      ['ms', used.ms, 0],
    ])
  }

  /** One question has left for the target, or was stopped on its way. */
  query(): void {
    this.#queries++
  }

  /** Adds a call that was answered. @param metered false: what it does not count was not spent */
  spend(payer: Payer, call: BodyOf<'model.call'>, most: Most, metered: boolean): void {
    if (payer === 'target') {
      this.query()
      this.total.turns++
    }
    spend(this.total, call, most)
    const { input = 0, output = 0, ...rest } = call.usage
    this.#charge(payer, metered ? call : { ...call, usage: { ...rest, input, output } }, most)
  }

  /** Adds an attempt with tools: all the calls of a thread of its own, in place of one question. */
  addAttempt(thread: Readonly<Spend>, metered: boolean): void {
    this.total.turns++
    addSpend(this.total, thread)
    for (const on of [this.#spent.target, this.#both]) addSpend(on, metered ? thread : { ...thread, unknownUsage: 0 })
  }

  /** A call whose answer nobody heard: it may have been answered and billed. */
  lose(payer: Payer, most: Most): void {
    if (payer === 'target') this.query()
    this.#lost++
    const cost = { type: 'unknown', why: 'a call was cut off' } as const
    this.#charge(payer, { usage: {}, cost, timing: { working: 0 } }, most)
  }

  /** What is left, for the attacker to read. */
  left(): Budget {
    const used = this.#held()
    return Object.fromEntries(
      METERS.flatMap((name) => {
        const limit = this.budget[name]
        return limit === undefined ? [] : [[name, Math.max(0, limit - used[name])]]
      }),
    )
  }

  /** What is left of tokens and dollars to who asks; what a defender asks is not the attacker's to pay for. */
  leftTo(payer: Payer): Left {
    if (payer === 'defender') return {}
    const { targetTokens, attackerTokens, dollars } = this.left()
    return { tokens: payer === 'target' ? targetTokens : attackerTokens, dollars }
  }

  /** What is known to have been spent; token counts and dollars are absent where some call did not say. */
  spent(): Spent {
    const { target, attacker } = this.#spent
    return {
      queries: this.#queries,
      ms: this.#clock(),
      ...(target.unknownUsage === 0 && { targetTokens: tokensOf(target) }),
      ...(attacker.unknownUsage === 0 && { attackerTokens: tokensOf(attacker) }),
      ...(this.#both.unknownCost === undefined && { dollars: this.#both.dollars }),
    }
  }

  /** What the defence spends is its price, not the attacker's. */
  #charge(payer: Payer, call: Parameters<typeof spend>[1], most: Most): void {
    if (payer === 'defender') return
    for (const on of [this.#spent[payer], this.#both]) spend(on, call, most)
  }

  #held(): Readonly<Record<MeterName, number>> {
    return {
      queries: this.#queries,
      targetTokens: tokensOf(heldAgainst(this.#spent.target)),
      attackerTokens: tokensOf(heldAgainst(this.#spent.attacker)),
      dollars: heldAgainst(this.#both).dollars,
      ms: this.#clock(),
    }
  }
}

function tokensOf({ inputTokens, outputTokens }: Pick<Most, 'inputTokens' | 'outputTokens'>): number {
  return inputTokens + outputTokens
}

const METERS: readonly MeterName[] = ['queries', 'targetTokens', 'attackerTokens', 'dollars', 'ms']

/** What an attack has spent so far. */
export type Spent = Budget & Required<Pick<Budget, 'queries' | 'ms'>>
