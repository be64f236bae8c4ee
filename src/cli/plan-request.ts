import { AssayError } from '../assay-error.ts'
import type { Config } from '../project/index.ts'
import type { PlanRequest } from '../study/index.ts'
import type { PlanOptions } from './options.ts'
import { wordingsOf } from './wordings.ts'

export function requestOf(options: PlanOptions, config: Config): PlanRequest {
  const { temperature, effort, maxOutputTokens, maxTurns, repeats, tasks } = options
  const maxDollars = options.maxCost ?? config.maxCost
  const maxTokens = options.maxTokens ?? config.maxTokens
  if (options.controls === 'only' && options.model.length + options.agent.length > 0) {
    throw new AssayError(
      'cli/usage',
      '--controls only runs no model; leave out --model and --agent, or use --controls with.',
    )
  }
  const wordings = wordingsOf(options)
  return {
    models: [...new Set([...options.model, ...options.agent.map((name) => `agent/${name}`)])],
    ...(wordings !== undefined && { wordings }),
    ...partnersOf(options.partner),
    set: setOf(options.set),
    ...(tasks !== undefined && { tasks: /^\d+$/.test(tasks) ? Number(tasks) : tasks }),
    ...(repeats !== undefined && { repeats }),
    seed: options.seed,
    controls: options.controls,
    sampling: {
      ...(temperature !== undefined && { temperature }),
      ...(effort !== undefined && { effort }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    },
    limits: maxTurns === undefined ? {} : { turns: maxTurns },
    ...(maxDollars !== undefined && { maxDollars }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(options.awareness && { awareness: true as const }),
  }
}

/** A model by its role, as in `attacker=local/smollm2-135m`. */
function partnersOf(pairs: PlanOptions['partner']): Pick<PlanRequest, 'partners'> {
  const partners = Object.fromEntries(pairs)
  if (Object.keys(partners).length < pairs.length)
    throw new AssayError('cli/usage', '--partner names a role twice: one model a role.')
  return pairs.length === 0 ? {} : { partners }
}

/** Levels by factor, as in `scaffold=zero-shot,few-shot`; said twice, a factor has both lists. */
function setOf(pairs: PlanOptions['set']): Record<string, readonly string[]> {
  const set: Record<string, readonly string[]> = {}
  for (const [factor, list] of pairs) {
    const levels = list.split(',').flatMap((level) => level.trim() || [])
    if (levels.length === 0)
      throw new AssayError('cli/usage', `--set ${factor}=${list} is not of the form factor=levels.`)
    set[factor] = [...(set[factor] ?? []), ...levels]
  }
  return set
}
