import type { Effects } from '../../agent/index.ts'
import type { Answer, Model, Reply } from '../../model/index.ts'
import { seedFrom, type Part, type Usage } from '../../record/index.ts'

/**
 * Selection against a monitor: the model is asked n times for each turn, and the reply that the monitor likes best is the one that
 * counts; of equals the first. The first draws what the model alone would have drawn. All n are paid, reserved and timed as one call:
 * use adds up, and the chosen reply's ids say which it was. A try that fails ends the call as it failed.
 *
 * @param suspicion of a reply; lower is better
 */
export function bestOf(n: number, suspicion: (parts: readonly Part[]) => number, effects: Effects): Effects {
  if (n <= 1) return effects
  const { model, reserve } = effects
  const selected: Model = {
    name: model.name,
    provider: model.provider,
    identity: model.identity,
    pricing: model.pricing,
    templates: model.templates,
    ...(model.toolTemplates !== undefined && { toolTemplates: model.toolTemplates }),
    ...(model.window !== undefined && { window: model.window }),
    async ask(request, options) {
      const replies: Reply[] = []
      for (let k = 0; k < n; k++) {
        const seed = k === 0 ? request.seed : seedFrom('best of', request.seed, k)
        const answer: Answer = await model.ask({ ...request, seed }, options)
        if (answer.type === 'failure') return replies.length === 0 ? answer : { ...answer, ...usedBy(replies) }
        replies.push(answer)
      }
      return chosen(replies, suspicion)
    },
  }
  return {
    ...effects,
    model: selected,
    reserve: (event, tokens, dollars) => reserve(event, n * tokens, dollars === undefined ? undefined : n * dollars),
  }
}

function chosen(replies: readonly Reply[], suspicion: (parts: readonly Part[]) => number): Reply {
  const [first] = replies
  if (first === undefined) throw new Error('nothing was drawn to choose from')
  const scored = replies.map((reply, k) => ({ reply, k, score: suspicion(reply.parts) }))
  const { reply, k } = scored.reduce((best, each) => (each.score < best.score ? each : best))
  // Each is timed from its own beginning, and they follow one another.
  const lastToken = replies.reduce((sum, { timing }) => sum + timing.lastToken, 0)
  return {
    ...reply,
    ...usedBy(replies),
    timing: { sent: first.timing.sent, lastToken },
    retries: replies.flatMap(({ retries }) => retries),
    ids: { ...reply.ids, drawn: String(replies.length), chosen: String(k + 1) },
  }
}

/** What all replies used; unknown where one of them is. */
function usedBy(replies: readonly Reply[]): { readonly usage: Usage } {
  const total = (of: 'input' | 'output'): number | undefined =>
    replies.reduce<number | undefined>((sum, { usage }) => {
      const used = usage[of]
      return sum === undefined || used === undefined ? undefined : sum + used
    }, 0)
  const [input, output] = [total('input'), total('output')]
  return { usage: { ...(input !== undefined && { input }), ...(output !== undefined && { output }) } }
}
