import type { Reply } from './model.ts'

/** The provider answered with another model, or another build of it, than before. */
export interface SnapshotChange {
  readonly model: string
  readonly what: 'snapshot' | 'fingerprint'
  readonly from: string
  readonly to: string
}

/**
 * Watches replies for a model that changes under a run: the snapshot that the provider says it used, and the
 * `system_fingerprint` of its build. Tells each change once, when it is first seen; going back is a change too. A reply
 * that does not say is no change.
 */
export function snapshotWatch(): (model: string, reply: Reply) => readonly SnapshotChange[] {
  const seen = new Map<string, string>()
  return (model, reply) => {
    const said = { snapshot: reply.snapshot, fingerprint: reply.ids['system_fingerprint'] }
    return (['snapshot', 'fingerprint'] as const).flatMap((what) => {
      const to = said[what]
      if (to === undefined) return []
      const key = `${what}\u0000${model}`
      const from = seen.get(key)
      seen.set(key, to)
      return from === undefined || from === to ? [] : [{ model, what, from, to }]
    })
  }
}
