import { redactor, secretsIn, type Redact } from '../record/index.ts'
import type { Config } from './config.ts'

/** Keeps the secrets of this process out of the record: those found in its environment, and those that the config names. */
export function redactIn(config: Config): Redact {
  const secrets = new Map(secretsIn(process.env))
  const keys = Object.values(config.providers ?? {}).flatMap((provider) => provider.keys ?? [])
  for (const name of [...keys, ...(config.redact ?? [])]) {
    const value = process.env[name]
    if (value !== undefined) secrets.set(name, value)
  }
  return redactor(secrets)
}
