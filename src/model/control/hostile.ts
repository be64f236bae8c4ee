import type { Part } from '../../record/index.ts'
import type { Request } from '../model.ts'

export const hostileKinds = ['unknown-tool', 'broken-json', 'huge-arguments', 'repeat', 'nul', 'surrogates'] as const

export type HostileKind = (typeof hostileKinds)[number]

/** Characters of a huge argument. */
const huge = 1_000_000

/** What a harness must survive, one kind each. Calls name the first tool where there is one. */
export function hostileParts(kind: HostileKind, request: Request): readonly Part[] {
  const name = request.tools[0]?.name ?? 'tool'
  const id = `call-${request.seed.toString(16)}`
  switch (kind) {
    case 'unknown-tool':
      return [{ type: 'tool-call', id, name: 'no_such_tool', arguments: '{}' }]
    case 'broken-json':
      return [{ type: 'tool-call', id, name, arguments: '{"amount": 20, "note": "never clo' }]
    case 'huge-arguments':
      return [{ type: 'tool-call', id, name, arguments: JSON.stringify({ text: 'x'.repeat(huge) }) }]
    case 'repeat':
      return Array.from({ length: 100 }, () => ({ type: 'tool-call', id, name, arguments: '{}' }))
    case 'nul':
      return [
        { type: 'text', text: 'before\u0000after' },
        { type: 'tool-call', id, name, arguments: '{"text":"before\\u0000after"}' },
      ]
    case 'surrogates':
      return [
        { type: 'text', text: 'half \uD83D and other half \uDE00' },
        { type: 'tool-call', id, name, arguments: '{"text":"half \\ud83d"}' },
      ]
  }
}
