import { secretsSent } from '../model/index.ts'
import { redactor, secretsIn, type Redact } from '../record/index.ts'
import type { Config } from './config.ts'

/** What keeps this process's secrets out of a record: the environment's, and what configured requests are sent with. */
export function redactIn(config: Config): Redact {
  return redactor([
    ...secretsIn(process.env),
    ...(config.redact ?? []).map((name) => [name, process.env[name] ?? ''] as const),
    ...Object.values(config.providers ?? {}).flatMap((row) => secretsSent(row, process.env)),
  ])
}
