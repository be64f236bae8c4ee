import { availableParallelism } from 'node:os'
import type { Inside } from '../../model/index.ts'
import { Session } from './session.ts'

/** Texts that are read in one call: fixed, so that the same texts meet the same neighbours on every machine. */
const READ_AT_ONCE = 32

export interface NativeOptions {
  /** Processes, each with the weights mapped and two contexts of its own (about 350 MB with SmolLM2). Default: cores, at most 2. */
  readonly workers?: number
}

/**
 * Opens weights by calls into llama.cpp, in processes of their own: when native code aborts, only they die.
 *
 * @throws AssayError `probe/no-koffi`, `probe/no-library`, `probe/wrong-release`, `probe/wrong-layout`, `probe/self-test`,
 * `probe/bad-weights`, `probe/architecture`, `probe/died`
 */
export async function openNative(file: string, options: NativeOptions = {}): Promise<Inside> {
  const count = Math.max(1, options.workers ?? Math.min(2, availableParallelism()))
  const lanes = Array.from({ length: count }, () => ({ session: new Session(), busy: 0 }))
  const close = async (): Promise<void> => {
    await Promise.all(lanes.map(({ session }) => session.close()))
  }
  /** Calls go where the fewest wait. Which process answers changes nothing in what it says. */
  const on = async <T>(call: (session: Session) => Promise<T>): Promise<T> => {
    const lane = lanes.reduce((least, each) => (each.busy < least.busy ? each : least))
    lane.busy++
    try {
      return await call(lane.session)
    } finally {
      lane.busy--
    }
  }
  try {
    const [facts] = await Promise.all(lanes.map(({ session }) => session.call('open', { file })))
    if (facts === undefined) throw new Error('no session answered')
    return {
      facts,
      async read(texts, layers, signal) {
        const starts = Array.from({ length: Math.ceil(texts.length / READ_AT_ONCE) }, (_, i) => i * READ_AT_ONCE)
        const parts = await Promise.all(
          starts.map((start) =>
            on((session) =>
              session.call(
                'read',
                { texts: texts.slice(start, start + READ_AT_ONCE), layers },
                signal === undefined ? {} : { signal },
              ),
            ),
          ),
        )
        return layers.map((_, layer) => parts.flatMap((part) => part[layer] ?? []))
      },
      trace: (text, layer) => on((session) => session.call('trace', { text, layer })),
      write: (prompts, { onText, signal, ...asked }) =>
        on((session) =>
          session.call(
            'write',
            { prompts, options: asked },
            { ...(onText !== undefined && { onText }), ...(signal !== undefined && { signal }) },
          ),
        ),
      score: (pairs, injections = []) => on((session) => session.call('score', { pairs, injections })),
      next: (text, asked = {}) => on((session) => session.call('next', { text, options: asked })),
      piece: (token) => on((session) => session.call('piece', { token })),
      died: () => lanes.some(({ session }) => session.died),
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}
