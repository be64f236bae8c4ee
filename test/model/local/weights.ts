import { AssayError } from '../../../src/assay-error.ts'
import { pullModel } from '../../../src/model/index.ts'

/** Weights to test with, or why there are none here. */
export type Weights =
  | { readonly path: string; readonly skip?: undefined }
  | { readonly path?: undefined; readonly skip: string }

let asked: Promise<Weights> | undefined

/**
 * The real weights of `local/smollm2-135m`, pulled into the user's cache folder (or `ASSAY_CACHE`) the first time. Test
 * files that run at the same time pull once: the pull holds a lock.
 *
 *     const { path, skip } = await weights()
 *     describe.skipIf(skip !== undefined)(`a steered model ${skip ?? ''}`, …)
 */
export function weights(): Promise<Weights> {
  asked ??= pullModel('smollm2-135m').then(
    (path) => ({ path }),
    (error: unknown) => {
      if (!(error instanceof AssayError)) throw error
      // On the report, so that a skipped room is not taken for a green one.
      console.warn(`No weights to test with: ${error.message}`)
      return { skip: `(skipped: ${error.message})` }
    },
  )
  return asked
}
