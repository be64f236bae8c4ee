import type { BodyOf } from '../record/index.ts'
import { ask } from './ask.ts'
import { shownTo, type Thread } from './context.ts'

/**
 * Puts the experimenter's question after all that an agent did, in a fork of its conversation: the model is shown what it would have
 * seen next, and the question behind it. Nothing of it enters the context, the agent's limits or the seeds of its turns; what it uses is
 * on the meter of probes. With it a trial is what it is without it.
 *
 * @returns undefined where no limit left room for the question
 */
export async function askFork(
  { spec, schemas, context, conduct, effects }: Thread,
  question: string,
): Promise<BodyOf<'model.call'> | undefined> {
  const { onCall: _ofTheTrial, onFork, ...rest } = effects
  const { journal, model, unselected = model } = effects
  const before = journal.wallMs
  const aside = { purpose: 'fork', text: question } as const
  const asked = await ask(spec, schemas, shownTo(spec, context), conduct, { ...rest, model: unselected }, { aside })
  const { probes } = conduct.meters
  probes.events++
  probes.wallMs += journal.wallMs - before
  if (asked.type === 'limit') return undefined
  onFork?.(asked.call)
  return asked.call
}
