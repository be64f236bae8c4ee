import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { valueOf } from '../findings/index.ts'
import { runNames, type Config, readOneRun } from '../project/index.ts'
import { readRun } from '../record/index.ts'
import type { PlanRequest, Study } from '../study/index.ts'

/**
 * A request for the cases alone that an agent failed in the newest run of this study, or that were invalid there; with that
 * run's models and settings where none are named.
 *
 * @throws AssayError `cli/usage` where there is no such run, or nothing failed in it
 */
export async function failedOnly(
  study: Study,
  request: PlanRequest,
  config: Config,
  folder: string,
): Promise<PlanRequest> {
  const [measure] = Object.entries(study.outcome).find(([, { unit }]) => unit === 'proportion') ?? []
  if (measure === undefined)
    throw new AssayError(
      'cli/usage',
      `${study.name} has no share that passes or fails, so --rerun failed has no cases.`,
    )
  // A run of failed cases alone says nothing of the others: those that were right then stay right.
  const last = runNames(folder).find((name) => isWhole(path.join(folder, name), study.name))
  if (last === undefined)
    throw new AssayError('cli/usage', `There is no run of ${study.name} in ${folder} yet. Leave --rerun failed out.`)
  const { outcomes, plan } = await readOneRun(last, config, folder)
  const failed = new Set(
    outcomes.filter((row) => !row.control && (valueOf(row, measure) ?? 0) < 1).map(({ task }) => task),
  )
  if (failed.size === 0)
    throw new AssayError(
      'cli/usage',
      `Nothing failed in ${last}, the newest run of ${study.name}: there is nothing to run.`,
    )
  const models = request.models.length > 0 ? request.models : plan.request.models
  return { ...request, models, tasks: [...failed].toSorted(), failedIn: last }
}

function isWhole(folder: string, study: string): boolean {
  try {
    const { record } = readRun(folder)
    const { request } = record
    const again = request !== null && typeof request === 'object' && 'failedIn' in request
    return record.study === study && !again
  } catch (cause) {
    if (cause instanceof AssayError) return false
    throw cause
  }
}
