import { join } from 'node:path'
import envPaths from 'env-paths'

/**
 * The folder that holds pulled weights: `models` in `given`, else in the folder that `ASSAY_CACHE` names, else in the
 * user's cache folder (`~/.cache/assay` on Linux).
 */
export function modelsFolder(
  given?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const named = environment['ASSAY_CACHE']
  const cache = given ?? (named === undefined || named === '' ? envPaths('assay', { suffix: '' }).cache : named)
  return join(cache, 'models')
}
