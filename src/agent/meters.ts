import type { BodyOf, Cost, Usage } from '../record/index.ts'

/** What a call may use at most; dollars are undefined where no price is known. */
export interface Most {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly dollars: number | undefined
}

/** What a call can use that nobody counts and nobody pays. */
export const NOTHING: Most = { inputTokens: 0, outputTokens: 0, dollars: 0 }

/** What calls have used. Counts and dollars hold what is known; `unknown…` tells of calls that did not say. */
export interface Spend {
  inputTokens: number
  outputTokens: number
  cachedTokens: number
  reasoningTokens: number
  dollars: number
  /** Of calls and of tools. */
  workingMs: number
  /** Of calls alone. */
  callMs: number
  /** Of `callMs`: this process was at work, and may have seen tokens late. */
  busyMs: number
  /** Calls that did not say how many tokens they used. */
  unknownUsage: number
  unknownCost: string | undefined
  /** What calls that did not say may have used at most: it counts against limits, and is reported nowhere. */
  assumed: { inputTokens: number; outputTokens: number; dollars: number }
}

/** What a trial has used so far. */
export interface Meters extends Spend {
  turns: number
  messages: number
  /** Calls for summaries, which are in all the sums of {@link Spend} but not in `turns`. */
  summaries: number
  /** The experimenter's own questions: in none of the sums above. */
  probes: ProbeMeters
}

/** What recall probes used, with their events in the journal and their time on the clock. */
export interface ProbeMeters extends Spend {
  calls: number
  events: number
  wallMs: number
}

export function newSpend(): Spend {
  return {
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    dollars: 0,
    workingMs: 0,
    callMs: 0,
    busyMs: 0,
    unknownUsage: 0,
    unknownCost: undefined,
    assumed: { inputTokens: 0, outputTokens: 0, dollars: 0 },
  }
}

export function newMeters(): Meters {
  const probes = { ...newSpend(), calls: 0, events: 0, wallMs: 0 }
  return { ...newSpend(), turns: 0, messages: 0, summaries: 0, probes }
}

/** Adds a call. @param most what it may have used where it does not say */
export function spend(
  on: Spend,
  {
    usage,
    cost,
    timing,
  }: Pick<BodyOf<'model.call'>, 'usage' | 'cost'> & {
    readonly timing: { readonly working: number; readonly busy?: number }
  },
  most: Most,
): void {
  const { input, output, cachedInput = 0, reasoning = 0 } = usage
  addSpend(on, {
    inputTokens: input ?? 0,
    outputTokens: output ?? 0,
    cachedTokens: cachedInput,
    reasoningTokens: reasoning,
    dollars: cost.type === 'known' ? cost.dollars : 0,
    workingMs: timing.working,
    callMs: timing.working,
    busyMs: timing.busy ?? 0,
    unknownUsage: input === undefined || output === undefined ? 1 : 0,
    unknownCost: cost.type === 'known' ? undefined : cost.why,
    assumed: {
      inputTokens: input === undefined ? most.inputTokens : 0,
      outputTokens: output === undefined ? most.outputTokens : 0,
      dollars: cost.type === 'known' ? 0 : (most.dollars ?? 0),
    },
  })
}

/** Adds what was spent elsewhere. */
export function addSpend(on: Spend, more: Readonly<Spend>): void {
  on.inputTokens += more.inputTokens
  on.outputTokens += more.outputTokens
  on.cachedTokens += more.cachedTokens
  on.reasoningTokens += more.reasoningTokens
  on.dollars += more.dollars
  on.workingMs += more.workingMs
  on.callMs += more.callMs
  on.busyMs += more.busyMs
  on.unknownUsage += more.unknownUsage
  on.unknownCost ??= more.unknownCost
  on.assumed.inputTokens += more.assumed.inputTokens
  on.assumed.outputTokens += more.assumed.outputTokens
  on.assumed.dollars += more.assumed.dollars
}

/** Tokens and dollars as limits count them: what did not say is in at its most. */
export function heldAgainst({ inputTokens, outputTokens, dollars, assumed }: Readonly<Spend>): Spend['assumed'] {
  return {
    inputTokens: inputTokens + assumed.inputTokens,
    outputTokens: outputTokens + assumed.outputTokens,
    dollars: dollars + assumed.dollars,
  }
}

/** Usage of all calls; absent where some call did not say. */
export function totalUsage(spent: Readonly<Spend>): Usage {
  if (spent.unknownUsage > 0) return {}
  return {
    input: spent.inputTokens,
    output: spent.outputTokens,
    ...(spent.cachedTokens > 0 && { cachedInput: spent.cachedTokens }),
    ...(spent.reasoningTokens > 0 && { reasoning: spent.reasoningTokens }),
  }
}

export function totalCost(spent: Readonly<Spend>): Cost {
  return spent.unknownCost === undefined
    ? { type: 'known', dollars: spent.dollars }
    : { type: 'unknown', why: spent.unknownCost }
}
