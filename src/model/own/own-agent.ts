import { AssayError } from '../../assay-error.ts'
import { randomFrom, withholder } from '../../record/index.ts'
import { FREE } from '../cost.ts'
import { realEffects, type Effects } from '../effects.ts'
import type { Answer, AskOptions, FailureKind, Model, Request, Retry } from '../model.ts'
import { defaultRetries, waitBefore, type RetryPolicy } from '../retry.ts'
import type { EndpointAgent, OwnAgent } from './agent-row.ts'
import { askCommand } from './command.ts'
import { askEndpoint } from './endpoint.ts'
import { answerIn, saidIn, type Said } from './mapping.ts'

/** What came of one try. */
export type Came =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'failed'
      readonly kind: FailureKind
      readonly why: string
      readonly status?: number
      readonly retryAfterMs?: number
      readonly again: boolean
    }

const SECONDS = 120
/** Bytes of one answer. */
const MOST = 16 << 20

export interface OwnAgentOptions {
  /** Where headers' values are looked up. Default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly retries?: RetryPolicy
  readonly effects?: Effects
}

/**
 * A command or an HTTP endpoint as a model: each question is put whole, and one text comes back. It takes no tools and no
 * sampling. What goes wrong outside the agent (an exit code, a status, a web page, no answer in time) is a failure, and
 * makes its trial invalid.
 *
 * @param name as the configuration calls it; the model is `agent/<name>`
 * @throws AssayError `model/no-key` where a header's variable is not set
 */
export function ownAgent(name: string, row: OwnAgent, options: OwnAgentOptions = {}): Model {
  const { env = process.env, retries: policy = defaultRetries, effects = realEffects } = options
  const headers = 'url' in row ? headersOf(name, row, env) : {}
  const withhold = withholder(Object.values(headers))
  const limit = 1000 * (row.timeoutSeconds ?? SECONDS)
  const once = async (said: Said, signal: AbortSignal): Promise<Came> => {
    const late = AbortSignal.timeout(limit)
    const both = AbortSignal.any([signal, late])
    const came =
      'url' in row
        ? await askEndpoint(row, said, { headers, signal: both, most: MOST })
        : await askCommand(row, said, { signal: both, most: MOST })
    if (came.type === 'failed' && came.kind === 'aborted' && !signal.aborted)
      return { type: 'failed', kind: 'timeout', why: `it gave no answer within ${limit / 1000} s`, again: false }
    if (came.type === 'failed') return came
    const mapped = answerIn(came.text, row.answer)
    return 'answer' in mapped
      ? { type: 'text', text: mapped.answer }
      : { type: 'failed', kind: 'bad-reply', why: mapped.why, again: false }
  }
  return {
    name: `agent/${name}`,
    provider: `agent/${name}`,
    // Values of headers are secrets: their names alone say what agent this is.
    identity: {
      agent: 'url' in row ? 'endpoint' : 'command',
      ...('url' in row
        ? { url: row.url, body: row.body ?? null, headers: Object.keys(headers).toSorted() }
        : { command: row.command, input: row.input ?? 'prompt' }),
      answer: row.answer ?? null,
    },
    pricing: row.free === true ? FREE : { type: 'unknown', why: `what ${name} costs is not known to Assay` },
    templates: ['chat'],
    toolTemplates: [],
    async ask(request: Request, { signal }: AskOptions): Promise<Answer> {
      const began = effects.clock()
      const retries: Retry[] = []
      const timing = (): { sent: number; lastToken: number } => ({ sent: 0, lastToken: effects.clock() - began })
      const refusal = notTaken(request)
      if (refusal !== undefined)
        return { type: 'failure', kind: 'bad-request', message: `agent/${name} ${refusal}`, retries, timing: timing() }
      const said = saidIn(request)
      for (;;) {
        const came = await once(said, signal)
        if (came.type === 'text')
          return {
            type: 'reply',
            parts: [{ type: 'text', text: came.text }],
            finish: 'stop',
            usage: {},
            timing: timing(),
            retries,
            ids: {},
          }
        const { kind, status, again, retryAfterMs } = came
        const message = withhold(`agent/${name}: ${came.why}`)
        const failure = { kind, message, again, ...(retryAfterMs !== undefined && { retryAfterMs }) }
        const wait = waitBefore(policy, failure, retries, randomFrom('agent', name, request.seed, retries.length))
        if (wait === undefined)
          return {
            type: 'failure',
            kind,
            message,
            ...(status !== undefined && { status }),
            retries,
            timing: timing(),
          }
        retries.push({ kind, ...(status !== undefined && { status }), waitedMs: wait })
        await effects.sleep(wait, signal)
      }
    },
  }
}

/** What of a question such an agent cannot be given. */
function notTaken({ tools, sampling }: Request): string | undefined {
  if (tools.length > 0) return 'takes no tools: choose a study without them'
  const given = (['temperature', 'topP', 'effort'] as const).find((each) => sampling[each] !== undefined)
  return given === undefined ? undefined : `takes no ${given}: leave it out`
}

function headersOf(
  name: string,
  { headers = {}, headersFrom = {} }: EndpointAgent,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const found = Object.entries(headersFrom).map(([header, variable]) => {
    const value = env[variable]
    if (value === undefined || value === '')
      throw new AssayError(
        'model/no-key',
        `The agent ${name} needs the variable ${variable} for its header ${header}: set it.`,
      )
    return [header, value] as const
  })
  return { ...headers, ...Object.fromEntries(found) }
}
