import { randomFrom, type BodyOf } from '../../record/index.ts'
import { says } from '../../world/index.ts'
import { ask } from '../ask.ts'
import { textOf } from '../call.ts'
import type { Thread } from '../context.ts'
import type { KnownFact } from './facts.ts'
import type { RecallRow } from './row.ts'

/** What begins every question for a fact, so that a control recognizes one. */
export const RECALL_REQUEST = 'A question aside, which is not part of the task:'

export function recallRequest(question: string): string {
  return `${RECALL_REQUEST} ${question}\nCall no tool; answer with the exact value alone, or say that you do not know.`
}

/**
 * Asks for planted facts, outside the conversation: the model is shown what it will see next and the question behind it.
 * Neither the question nor the answer enters the context, the agent's meters and limits, or the seeds of its turns.
 */
export async function probe({ spec, schemas, context, conduct, effects }: Thread, compaction: number): Promise<void> {
  const { facts, scaffold } = spec
  const most = scaffold.recall ?? 0
  if (facts === undefined || most <= 0) return
  const { journal } = effects
  const { probes } = conduct.meters
  const strategy = scaffold.compaction.strategy
  for (const known of drawn(facts.known(), most, conduct.seed, compaction)) {
    const { fact, ...when } = known
    const before = journal.wallMs
    const aside = { purpose: 'probe', text: recallRequest(fact.question) } as const
    const asked = await ask(spec, schemas, context.whole(), conduct, effects, { aside })
    if (asked.type === 'limit') return
    const { call } = asked
    const row: RecallRow = { fact: fact.id, compaction, strategy, ...when, ...graded(call, fact.answer) }
    journal.record({ type: 'note', topic: 'recall', data: row })
    facts.rows.push(row)
    probes.events += 2
    probes.wallMs += journal.wallMs - before
  }
}

function graded(call: BodyOf<'model.call'>, answer: string): Pick<RecallRow, 'recalled' | 'warning'> {
  if (call.output === undefined) return { warning: call.failure?.kind ?? 'no reply' }
  return { recalled: says(textOf(call), answer) }
}

/** So many of the facts, each as likely as any other, in their own order. */
function drawn(facts: readonly KnownFact[], most: number, seed: string, compaction: number): readonly KnownFact[] {
  const random = randomFrom(seed, 'recall', compaction)
  let wanted = most
  return facts.filter((_, index) => {
    if (random() * (facts.length - index) >= wanted) return false
    wanted--
    return true
  })
}
