import { ceiling, type Pricing } from '../model/index.ts'
import type { Message } from '../record/index.ts'
import type { AgentTask } from './agent.ts'
import { limitReached, type Limits, type Reached } from './limits.ts'
import { newMeters } from './meters.ts'
import { estimateTokens } from './size.ts'

/** A limit that admits no call, with about how many tokens the shortest question would take. */
export interface NoCall extends Reached {
  readonly takes: number
}

/**
 * The first limit that leaves no room for an agent's first question and a reply of one token. What a world says first,
 * and tools, come on top: where this finds none, a trial may still have no room.
 */
export function admitsNoCall(
  { scaffold, prompt = '' }: Pick<AgentTask, 'scaffold' | 'prompt'>,
  limits: Limits,
  pricing: Pricing,
): NoCall | undefined {
  const opening: readonly Message[] = [
    ...(scaffold.system === '' ? [] : [{ role: 'system', text: scaffold.system } as const]),
    ...(prompt === '' ? [] : [{ role: 'user', text: prompt } as const]),
  ]
  const takes = opening.reduce((tokens, message) => tokens + estimateTokens(message), 0)
  const next = { inputTokens: takes, outputTokens: 1, dollars: ceiling(takes, 1, pricing) }
  const reached = limitReached(limits, { ...newMeters(), messages: opening.length }, next, { wallMs: 0, days: 0 })
  return reached === undefined ? undefined : { ...reached, takes }
}
