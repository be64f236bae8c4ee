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
  const whole = conduct.wholeReplies === true || aside?.purpose === 'probe'
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

/** Probes move no seed but their own, so that the agent does the same whether or not it is probed. */
function seedOf({ seed, meters, place }: Conduct, { journal }: Effects, aside: Aside | undefined): number {
  if (aside?.purpose === 'probe') return seedFrom(seed, 'probe', journal.seq)
  return seedFrom(seed, place?.() ?? journal.seq - meters.probes.events)
}

/** A turn is held against every limit, a summary against all but those of the conversation, a probe against none. */
function accountOf(conduct: Conduct, effects: Effects, aside: Aside | undefined): Account {
  const { limits, meters } = conduct
  if (aside?.purpose === 'probe') {
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
