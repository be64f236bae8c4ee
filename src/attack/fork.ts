import { bounded, call, DEFAULT_MAX_OUTPUT, mostOf, mostTokens, NOTHING } from '../agent/index.ts'
import { isMetered } from '../model/index.ts'
import { seedFrom, type Message } from '../record/index.ts'
import type { Surroundings } from './conversation.ts'

/**
 * Puts the experimenter's question after a conversation with the target, in a fork of it: no query of the attack, and no part of what
 * it may spend.
 */
export async function forkOfTarget(
  messages: readonly Message[],
  question: string,
  { task, effects, calls, threads }: Surroundings,
): Promise<void> {
  const { onCall: _ofTheTrial, onFork, ...rest } = effects
  const { model } = effects
  const asked: Message = { role: 'user', text: question }
  const shown = [...threads.shown('', messages), asked]
  const sampling = bounded(task.sampling, calls.meter.bounds)
  const most = sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  const called = await call(
    {
      aside: { purpose: 'fork', text: question },
      likely: isMetered(model.pricing) ? mostOf(mostTokens(shown), most, model) : NOTHING,
      request: () => ({
        messages: shown,
        tools: [],
        toolChoice: 'none',
        template: 'chat',
        sampling,
        seed: seedFrom(task.modelSeed, 'fork'),
      }),
      input: () => threads.ref('', messages),
    },
    { reached: () => undefined, spend: () => undefined },
    rest,
  )
  if (called.type === 'called') onFork?.(called.call)
}
