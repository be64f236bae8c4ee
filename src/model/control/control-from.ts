import type { Part } from '../../record/index.ts'
import type { Model, Request } from '../model.ts'
import { onThisMachine } from '../prices.ts'

/** What a planted model says: a pure function of the request. It should look at the last messages only. */
export type Planted = (request: Request) => readonly Part[]

/**
 * A model with planted behaviour. Nobody is paid, nothing leaves the process; it answers at once and counts no tokens.
 *
 * @param name what stands behind `control/`
 * @param property the exact property it has, in one sentence
 */
export function controlFrom(name: string, property: string, planted: Planted): Model {
  return {
    name: `control/${name}`,
    provider: 'control',
    identity: { control: name, property },
    metered: false,
    templates: ['chat', 'completion'],
    price: onThisMachine,
    async ask(request) {
      const parts = planted(request)
      return {
        type: 'reply',
        parts,
        finish: parts.some((part) => part.type === 'tool-call') ? 'tool-calls' : 'stop',
        usage: {},
        timing: { sent: 0, lastToken: 0 },
        retries: [],
        ids: {},
      }
    },
  }
}
