import { AssayError } from '../assay-error.ts'
import { z } from 'zod'
import {
  Interruption,
  newMeters,
  NOTHING,
  spend,
  type AgentTask,
  type CarriedEnding,
  type Effects,
} from '../agent/index.ts'
import type { Inside, Model, Sampling } from '../model/index.ts'
import type { JsonObject } from '../record/index.ts'

/**
 * Looks into a model: all that a trial reads and writes there.
 *
 * @param seed names the repeat, the same in every cell
 * @param sampling what was asked for by the run; of it a look draws by the temperature alone
 */
export type Look<Seen extends JsonObject = JsonObject> = (
  inside: Inside,
  seed: string,
  sampling: Pick<Sampling, 'temperature'>,
  signal: AbortSignal,
) => Promise<Seen>

/** A number of any size: chances are logarithms, and that of nothing is −∞. */
export const reading: z.ZodType<number> = z.custom<number>((value) => typeof value === 'number')

/**
 * A trial that looks into a model in place of talking with it. What is seen is one durable step: it is in the journal as a
 * note `whitebox`, is read back on resume, and is what the ending has `seen`.
 *
 * @param seen what `look` returns, as it is read back from a journal
 */
export function probing<Seen extends JsonObject>(
  look: Look<Seen>,
  seen: z.ZodType<Seen>,
): (task: AgentTask, effects: Effects) => Promise<CarriedEnding<Seen>> {
  const recorded = z.object({ ms: reading, seen })
  return async (task, { journal, model, signal, stopping }) => {
    const meters = newMeters()
    const invalid = (why: string): CarriedEnding<Seen> => {
      return { status: 'invalid', stop: `white box: ${why}`, text: '', meters }
    }
    try {
      const note = await journal.step('note', async () => {
        if (stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
        const inside = await insideOf(model)
        const started = performance.now()
        const found = await unlessCut(look(inside, task.worldSeed, task.sampling, signal), signal)
        return { type: 'note', topic: 'whitebox', data: { ms: Math.round(performance.now() - started), seen: found } }
      })
      const data = recorded.safeParse(note.data)
      if (!data.success) return invalid('what was seen cannot be read')
      // Tokens were read and written, and nobody counted them.
      const uncounted = { usage: {}, cost: { type: 'known', dollars: 0 }, timing: { working: data.data.ms } } as const
      spend(meters, uncounted, NOTHING)
      return { status: 'completed', stop: 'seen', text: '', meters, seen: data.data.seen }
    } catch (cause) {
      if (!(cause instanceof AssayError) || !cause.code.startsWith('probe/')) throw cause
      if (cause.code === 'probe/aborted' || signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
      journal.record({ type: 'error', where: 'whitebox', message: cause.message })
      return invalid(cause.message)
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

function insideOf(model: Model): Promise<Inside> {
  if (model.inside !== undefined) return model.inside()
  throw new AssayError(
    'probe/not-local',
    `${model.name} cannot be looked into: only local weights can, such as local/smollm2-135m.`,
  )
}
