import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AssayError } from '../assay-error.ts'
import { onlyFields, ownAgentRow, priceRow, providerRow } from '../model/index.ts'
import type { OwnAgent, Price, Provider } from '../model/index.ts'
import { defaultOf } from './load-module.ts'

/** What `assay.config.ts` may say. */
export interface Config {
  /** Where runs live; default `.assay/runs` beside the working folder. */
  readonly runs?: string
  /** Rows that change or add providers, by name, or by origin for plain addresses. */
  readonly providers?: Readonly<Record<string, Partial<Provider>>>
  /** Prices by the model's full name, before the built-in table. */
  readonly prices?: Readonly<Record<string, Price>>
  /** Agents that are a command or an HTTP endpoint, by the name that --agent takes. */
  readonly agents?: Readonly<Record<string, OwnAgent>>
  /** Budgets of every run that names none. */
  readonly maxCost?: number
  readonly maxTokens?: number
  /** Secrets beside those found in the environment: names of variables. */
  readonly redact?: readonly string[]
  /** Files that define studies, by the name they are called by. */
  readonly studies?: Readonly<Record<string, string>>
}

/** Types a config file; returns it unchanged. */
export function defineConfig(config: Config): Config {
  return config
}

const schema = onlyFields({
  runs: z.string().exactOptional(),
  providers: z.record(z.string(), providerRow).exactOptional(),
  prices: z.record(z.string(), priceRow).exactOptional(),
  agents: z
    .record(z.string().regex(/^[\w.-]+$/, { error: 'a name has letters, digits, dots and dashes' }), ownAgentRow)
    .exactOptional(),
  maxCost: z.number().positive().exactOptional(),
  maxTokens: z.number().int().positive().exactOptional(),
  redact: z.array(z.string()).exactOptional(),
  studies: z.record(z.string(), z.string()).exactOptional(),
})

const names = ['assay.config.ts', 'assay.config.js', 'assay.config.mjs']

/**
 * The config of the working folder, or an empty one.
 *
 * @throws AssayError `cli/config` naming file and field
 */
export async function readConfig(folder: string = process.cwd()): Promise<Config> {
  const file = names.map((name) => path.join(folder, name)).find((each) => fs.existsSync(each))
  if (file === undefined) return {}
  const loaded = await defaultOf(
    file,
    (why, cause) => new AssayError('cli/config', `${path.basename(file)} does not load: ${why}`, { cause }),
  )
  const parsed = schema.safeParse(loaded)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'its default export' : issue.path.join('.')
  throw new AssayError('cli/config', `${path.basename(file)}: ${where}: ${issue?.message ?? 'is wrong'}.`)
}
