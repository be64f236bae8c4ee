import type { Effects } from '../../agent/index.ts'
import type { Answer, Failure, Model, Reply } from '../../model/index.ts'
import { seedFrom, type Part, type Usage } from '../../record/index.ts'

/**
 * Selection against a monitor: the model is asked n times for each turn, and the reply that the monitor likes best is the one that
 * counts; of equals the first. The first draws what the model alone would have drawn. All n are paid, reserved and timed as one call:
 * use adds up, and the chosen reply's ids say which it was. A draw that fails ends the call as it failed.
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
        if (answer.type === 'failure') return replies.length === 0 ? answer : failedAfter(answer)
        replies.push(answer)
      }
      return chosen(replies, suspicion)
    },
  }
  return {
    ...effects,
    model: selected,
    unselected: model,
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
    usage: usageOf(replies),
    timing: { sent: first.timing.sent, lastToken },
    retries: replies.flatMap(({ retries }) => retries),
    ids: { ...reply.ids, drawn: String(replies.length), chosen: String(k + 1) },
  }
}

/** Earlier draws of the turn were used, and no more may be counted: what the call cost is unknown, and stays charged at its most. */
function failedAfter({ usage: _last, ...failure }: Failure): Failure {
  return { ...failure, spoke: true }
}

/** What all replies used; tokens in and out are unknown where one of them does not say. */
function usageOf(replies: readonly Reply[]): Usage {
  const given = (of: keyof Usage): readonly number[] => replies.flatMap(({ usage }) => usage[of] ?? [])
  const isKnown = (of: keyof Usage): boolean =>
    given(of).length > 0 && (given(of).length === replies.length || (of !== 'input' && of !== 'output'))
  return Object.fromEntries(USED.filter(isKnown).map((of) => [of, given(of).reduce((sum, tokens) => sum + tokens, 0)]))
}

const USED = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning'] as const satisfies readonly (keyof Usage)[]
