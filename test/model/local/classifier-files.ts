import { AssayError } from '../../../src/assay-error.ts'
import { pullClassifier } from '../../../src/model/index.ts'

/** The injection classifier's files, or why there are none here. */
export type ClassifierFiles = { readonly paths: readonly string[]; readonly skip?: string }

/** The real files, pulled into the user's cache folder (or `ASSAY_CACHE`) the first time, like `weights()`. */
export function classifierFiles(): Promise<ClassifierFiles> {
  return pullClassifier().then(
    (paths) => ({ paths }),
    (error: unknown) => {
      if (!(error instanceof AssayError)) throw error
      console.warn(`No classifier to test with: ${error.message}`)
      return { paths: [], skip: `(skipped: ${error.message})` }
    },
  )
}
