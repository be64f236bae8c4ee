import { AssayError } from '../assay-error.ts'
import { Interruption, newMeters, type AgentTask, type Effects, type Ending } from '../agent/index.ts'
import type { Inside, Model } from '../model/index.ts'
import { isObject, type JsonObject } from '../record/index.ts'

/** Looks into a model: all that a trial reads and writes there. `seed` names the repeat, the same in every cell. */
export type Look = (inside: Inside, seed: string, signal: AbortSignal) => Promise<JsonObject>

/**
 * A trial that looks into a model in place of talking with it. What is seen is one durable step: it stands in the journal
 * as a note `whitebox`, is read back on resume, and is the ending's only view.
 *
 * @param planted insides of planted agents, by the names of their models
 */
export function probing(
  look: Look,
  planted: Readonly<Record<string, () => Inside>>,
): (task: AgentTask, effects: Effects) => Promise<Ending> {
  return async (task, { journal, model, signal, stopping }) => {
    const meters = newMeters()
    // Tokens were read and written, and nobody counted them.
    meters.unknownUsage = 1
    const end = (status: Ending['status'], stop: string, views: Ending['views']): Ending => ({
      status,
      stop,
      text: '',
      meters,
      views,
      facts: [],
      recall: [],
    })
    try {
      const note = await journal.step('note', async () => {
        if (stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
        const inside = await insideOf(model, planted)
        const started = performance.now()
        const seen = await unlessCut(look(inside, task.worldSeed, signal), signal)
        return { type: 'note', topic: 'whitebox', data: { ms: Math.round(performance.now() - started), seen } }
      })
      const data = isObject(note.data) ? note.data : {}
      meters.workingMs = Number(data['ms'])
      return end('completed', 'seen', [isObject(data['seen']) ? data['seen'] : {}])
    } catch (cause) {
      if (!(cause instanceof AssayError) || !cause.code.startsWith('probe/')) throw cause
      if (cause.code === 'probe/aborted' || signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
      journal.record({ type: 'error', where: 'whitebox', message: cause.message })
      return end('invalid', `white box: ${cause.message}`, [])
    }
  }
}

/** Waits no longer once the call is cut off: what still runs in the model's process ends when the model is closed. */
function unlessCut<T>(seen: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const cut = (): void => reject(new AssayError('probe/aborted', 'The call was cut off.', { exit: 130 }))
  if (signal.aborted) cut()
  signal.addEventListener('abort', cut, { once: true })
  return Promise.race([seen, promise]).finally(() => signal.removeEventListener('abort', cut))
}

function insideOf(model: Model, planted: Readonly<Record<string, () => Inside>>): Promise<Inside> {
  const toy = planted[model.name]
  if (toy !== undefined) return Promise.resolve(toy())
  if (model.inside !== undefined) return model.inside()
  throw new AssayError(
    'probe/not-local',
    `${model.name} cannot be looked into: only local weights can, such as local/smollm2-135m`,
  )
}
