import { ceiling, type Pricing, type Sampling } from '../model/index.ts'
import { heldAgainst, type Meters, type Most } from './meters.ts'

/** Tokens set aside for a reply whose length nobody bounded. */
export const DEFAULT_MAX_OUTPUT = 16_384

/** Limits on one trial; absent means none. Enforced before the call that would cross them, and kept across resume. */
export interface Limits {
  /** Turns of the conversation: model calls, summaries not counted. */
  readonly turns?: number
  /** Messages in the main thread and its sub-agents. */
  readonly messages?: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly tokens?: number
  readonly dollars?: number
  /** Time in which the agent or its tools worked: no queues, no waits for rate limits, no failed tries. */
  readonly workingMs?: number
  /** Time on the clock while a process worked on the trial. */
  readonly wallMs?: number
  /** World time. */
  readonly days?: number
}

/** A limit that is reached, or that the next step would cross: of a trial, a context, or an attack. */
export interface Reached<Name extends string = string> {
  readonly limit: Name
  readonly used: number
  readonly cap: number
}

/** What is not metered by calls. */
interface Clock {
  readonly wallMs: number
  readonly days: number
}

/** The limits that hold where two sets of them meet: of each name the smaller. */
export function tighter<Caps extends { readonly [name in keyof Caps]?: number }>(one: Caps, other: Caps): Caps {
  const both = { ...one, ...other }
  for (const name in one) {
    const [a, b] = [one[name], other[name]]
    if (a !== undefined && b !== undefined && a < b) both[name] = one[name]
  }
  return both
}

/** The first in `uses` that is at its limit, or that `more` would carry over it. */
export function firstReached<Name extends string>(
  limits: { readonly [name in Name]?: number },
  uses: readonly (readonly [limit: Name, used: number, more: number])[],
): Reached<Name> | undefined {
  for (const [limit, used, more] of uses) {
    const cap = limits[limit]
    if (cap !== undefined && (used >= cap || used + more > cap)) return { limit, used, cap }
  }
  return undefined
}

/** The first limit that the next call would cross. Nobody knows how long it takes: time only stops once it is over. */
export function limitReached(limits: Limits, meters: Meters, next: Most, clock: Clock): Reached | undefined {
  const { inputTokens, outputTokens, dollars } = heldAgainst(meters)
  return firstReached<keyof Limits>(limits, [
    ['turns', meters.turns, 1],
    ['messages', meters.messages, 1],
    ['inputTokens', inputTokens, next.inputTokens],
    ['outputTokens', outputTokens, next.outputTokens],
    ['tokens', inputTokens + outputTokens, next.inputTokens + next.outputTokens],
    ['dollars', dollars, next.dollars ?? 0],
    ...times(meters, clock),
  ])
}

/** What limits leave of tokens and dollars; absent where nothing limits them. */
export interface Left {
  readonly outputTokens?: number | undefined
  /** In and out together. */
  readonly tokens?: number | undefined
  readonly dollars?: number | undefined
}

export function leftOf(limits: Limits, meters: Meters): Left {
  const { inputTokens, outputTokens, dollars } = heldAgainst(meters)
  return {
    outputTokens: less(limits.outputTokens, outputTokens),
    tokens: less(limits.tokens, inputTokens + outputTokens),
    dollars: less(limits.dollars, dollars),
  }
}

const less = (cap: number | undefined, used: number): number | undefined => (cap === undefined ? cap : cap - used)

/**
 * The longest reply that is asked for: no longer than what is left, so that a limit smaller than the usual reply admits
 * one. Where not even one token is left, one, which the limits then refuse.
 *
 * @param wanted tokens, where nothing limits them
 * @param input tokens of the question
 */
export function replyWithin(wanted: number, input: number, left: Left, pricing: Pricing): number {
  const { outputTokens = Infinity, tokens = Infinity, dollars = Infinity } = left
  const room = Math.min(wanted, outputTokens, tokens - input)
  return Math.max(1, Math.floor(Math.min(room, paidFor(dollars, room, input, pricing))))
}

/** Tokens out, at most `room`, that so many dollars pay for behind a question. */
function paidFor(dollars: number, room: number, input: number, pricing: Pricing): number {
  const [asked, whole] = [ceiling(input, 0, pricing), ceiling(input, room, pricing)]
  if (asked === undefined || whole === undefined || whole <= dollars) return room
  const most = Math.floor(((dollars - asked) / (whole - asked)) * room)
  // Rounding must not carry the sum over the limit.
  return (ceiling(input, most, pricing) ?? 0) > dollars ? most - 1 : most
}

/**
 * The first limit that the next tool call of a reply would cross. What a reply was allowed to begin is not cut off by
 * the time that the reply itself took: `first` is true for its first call.
 */
export function toolLimitReached(limits: Limits, meters: Meters, first: boolean, clock: Clock): Reached | undefined {
  return firstReached<keyof Limits>(limits, [['messages', meters.messages, 1], ...(first ? [] : times(meters, clock))])
}

function times(
  { workingMs }: Meters,
  { wallMs, days }: Clock,
): readonly (readonly [limit: keyof Limits, used: number, more: number])[] {
  return [
    ['workingMs', workingMs, 0],
    ['wallMs', wallMs, 0],
    ['days', days, 0],
  ]
}

/** A limit on tokens or dollars can only be kept where every reply is bounded. @param limits those on tokens and dollars */
export function bounded(sampling: Sampling, limits: readonly (number | undefined)[]): Sampling {
  const limited = limits.some((limit) => limit !== undefined)
  return limited ? { maxOutputTokens: DEFAULT_MAX_OUTPUT, ...sampling } : sampling
}
