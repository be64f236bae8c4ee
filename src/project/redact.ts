import { secretsSent, type EndpointAgent } from '../model/index.ts'
import { redactor, secretsIn, type Redact } from '../record/index.ts'
import type { Config } from './config.ts'

function headersOf({ headers, headersFrom }: EndpointAgent): Pick<EndpointAgent, 'headers' | 'headersFrom'> {
  return { ...(headers !== undefined && { headers }), ...(headersFrom !== undefined && { headersFrom }) }
}

/** What keeps this process's secrets out of a record: the environment's, and what configured requests are sent with. */
export function redactIn(config: Config): Redact {
  return redactor([
    ...secretsIn(process.env),
    ...(config.redact ?? []).map((name) => [name, process.env[name] ?? ''] as const),
    ...Object.values(config.providers ?? {}).flatMap((row) => secretsSent(row, process.env)),
    // The headers of an agent are sent as those of a provider are.
    ...Object.values(config.agents ?? {}).flatMap((row) =>
      'url' in row ? secretsSent(headersOf(row), process.env) : [],
    ),
  ])
}
