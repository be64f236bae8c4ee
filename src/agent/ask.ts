import type { Request, ToolSchema } from '../model/index.ts'
import { seedFrom } from '../record/index.ts'
import { call, mostOf, type Account, type Aside, type Called } from './call.ts'
import { clockOf, type Conduct, type Effects, type ThreadSpec } from './conduct.ts'
import type { Shown } from './context.ts'
import { DEFAULT_MAX_OUTPUT, leftOf, limitReached, replyWithin } from './limits.ts'
import { spend } from './meters.ts'
import { sizeOf } from './size.ts'

/**
 * Asks a thread's model for its next turn, or something aside of the conversation.
 *
 * @param announce records what must be in the journal before the question leaves
 * @param aside put after what is shown, as a user's words; the model may then call no tool
 */
export async function ask(
  spec: ThreadSpec,
  tools: readonly ToolSchema[],
  shown: Shown,
  conduct: Conduct,
  effects: Effects,
  { aside, announce }: { readonly aside?: Aside; readonly announce?: () => void } = {},
): Promise<Called> {
  const { model } = effects
  const { limits, meters } = conduct
  const wanted = conduct.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  const whole = conduct.wholeReplies === true || isOurs(aside)
  const output = whole ? wanted : replyWithin(wanted, shown.size.tokens, leftOf(limits, meters), model.pricing)
  const sampling = output < wanted ? { ...conduct.sampling, maxOutputTokens: output } : conduct.sampling
  const more = aside === undefined ? 0 : sizeOf({ role: 'user', text: aside.text }).most
  const request = (): Request => ({
    messages: aside === undefined ? shown.messages : [...shown.messages, { role: 'user', text: aside.text }],
    tools,
    toolChoice: aside !== undefined || tools.length === 0 ? 'none' : spec.scaffold.toolChoice,
    template: spec.scaffold.template,
    sampling,
    seed: seedOf(conduct, effects, aside),
  })
  return call(
    {
      ...(spec.id !== undefined && { thread: spec.id }),
      ...(aside !== undefined && { aside }),
      likely: mostOf(shown.size.tokens, output, model),
      most: mostOf(shown.size.most + more, output, model),
      announce: async () => {
        announce?.()
        return undefined
      },
      request,
      input: () => shown.ref,
    },
    accountOf(conduct, effects, aside),
    effects,
  )
}

/** The experimenter's own questions: they move no seed but their own, and count against no limit of the agent's. */
function isOurs(aside: Aside | undefined): aside is Aside & { readonly purpose: 'probe' | 'fork' } {
  return aside?.purpose === 'probe' || aside?.purpose === 'fork'
}

/** The agent does the same whether or not it is probed, or asked in a fork. */
function seedOf({ seed, meters, place }: Conduct, { journal }: Effects, aside: Aside | undefined): number {
  if (isOurs(aside)) return seedFrom(seed, aside.purpose, journal.seq)
  return seedFrom(seed, place?.() ?? journal.seq - meters.probes.events)
}

/** A turn is held against every limit, a summary against all but those of the conversation, a question of our own against none. */
function accountOf(conduct: Conduct, effects: Effects, aside: Aside | undefined): Account {
  const { limits, meters } = conduct
  if (isOurs(aside)) {
    return {
      reached: () => undefined,
      spend(used, most) {
        meters.probes.calls++
        spend(meters.probes, used, most)
      },
    }
  }
  const { turns: _turns, messages: _messages, ...summaryLimits } = limits
  return {
    reached: (likely) =>
      limitReached(aside === undefined ? limits : summaryLimits, meters, likely, clockOf(conduct, effects)),
    spend(used, most) {
      if (aside === undefined) meters.turns++
      else meters.summaries++
      spend(meters, used, most)
    },
  }
}
