import { AssayError } from '../assay-error.ts'
import { findWeights, type Inside, type Model } from '../model/index.ts'
import { openNative, type NativeOptions } from './native/open.ts'
import { openRewritten } from './rewrite/open.ts'

export interface InsideOptions extends NativeOptions {
  /**
   * `native` (default): calls into llama.cpp. `rewrite`: files rewritten and loaded by node-llama-cpp, where native calls
   * are not possible. Nothing falls back by itself: the two do not read quite the same.
   */
  readonly way?: 'native' | 'rewrite'
  /** Where pulled weights lie. */
  readonly cacheDir?: string
}

/**
 * Opens the inside of a local model: `local/smollm2-135m` or `local/path/to.gguf`.
 *
 * @throws AssayError `probe/not-local` for any other model; what the weights' finder and the chosen way refuse
 */
export async function openInside(name: string, options: InsideOptions = {}): Promise<Inside> {
  if (!name.startsWith('local/')) {
    throw new AssayError(
      'probe/not-local',
      `${name} cannot be looked into: only local weights can, such as local/smollm2-135m or local/path/to.gguf.`,
    )
  }
  const { path } = await findWeights(name, options.cacheDir)
  return options.way === 'rewrite' ? openRewritten(path) : openNative(path, options)
}

/**
 * Gives a local model an inside, opened when it is first asked for and closed with the model; others stay as they are.
 * Once its process died, calls that were under way have failed, and the next to ask is given one that is newly opened.
 */
export function withInside(model: Model, options: InsideOptions = {}): Model {
  if (model.provider !== 'local') return model
  let opening: Promise<Inside> | undefined
  const reopened = async (before: Inside): Promise<Inside> => {
    await before.close()
    return openInside(model.name, options)
  }
  return {
    ...model,
    async inside() {
      opening ??= openInside(model.name, options)
      const asked = opening
      const opened = await asked
      // Two may find it dead at once: the first of them opens it for both.
      if (opening === asked && opened.died?.() === true) opening = reopened(opened)
      return opening
    },
    async close() {
      const opened = await opening?.catch(() => undefined)
      await Promise.all([model.close?.(), opened?.close()])
    },
  }
}
