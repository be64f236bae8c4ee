import { AssayError } from '../../assay-error.ts'
import type { Message, Part } from '../../record/index.ts'
import type { Answer, AskOptions, Failure, Model, Request, Timing } from '../model.ts'
import { readAct } from './act.ts'
import { planFor, type Plan } from './grammar.ts'
import type { Pool } from './pool.ts'
import { chatPrompt, completionPrompt } from './prompt.ts'
import type { AskJob, Written } from './protocol.ts'
import { SchemaError } from './schema.ts'

/** Tokens a reply may have where the request sets no limit. */
const defaultMaxTokens = 512

/** The calls of a {@link Model} over a pool of workers. */
export function answerWith(pool: Pool): Required<Pick<Model, 'ask' | 'score'>> {
  return { ask: (request, options) => ask(pool, request, options), score: (...call) => score(pool, ...call) }
}

async function ask(pool: Pool, request: Request, { signal, onDelta }: AskOptions): Promise<Answer> {
  const start = performance.now()
  const now = (): number => performance.now() - start
  let sent = 0
  let firstToken: number | undefined
  let lastToken: number | undefined
  const timing = (): Timing => ({
    sent,
    ...(firstToken === undefined ? {} : { firstToken }),
    lastToken: lastToken ?? now(),
  })
  const fail = (kind: Failure['kind'], message: string): Failure => ({
    type: 'failure',
    kind,
    message,
    retries: [],
    timing: timing(),
  })

  if (request.sampling.effort !== undefined)
    return fail('bad-request', 'a local model knows no reasoning effort: leave it out')
  let plan: Plan
  let job: AskJob
  try {
    plan = planOf(request)
    job = jobOf(request, plan)
  } catch (error) {
    if (error instanceof SchemaError) return fail('bad-request', `tool ${error.message}`)
    throw error
  }
  const writer = deltaWriter(request, plan, onDelta)
  const result = await pool.run(job, keyOf(job), {
    signal,
    onSent() {
      sent = now()
    },
    onToken(text) {
      lastToken = now()
      firstToken ??= lastToken
      writer(text)
    },
  })
  if (result.type === 'failure') return fail(result.kind, result.message)
  if (result.type === 'scored') return fail('bad-reply', 'The worker answered another question.')
  const parts = partsOf(result, plan, request.seed)
  for (const part of parts) {
    if (part.type === 'tool-call') {
      onDelta?.({ type: 'tool-call', index: 0, id: part.id, name: part.name, arguments: part.arguments })
    }
  }
  return {
    type: 'reply',
    parts,
    finish: result.finish,
    // How much of the prompt was still in memory depends on what was asked before, so it is not reported.
    usage: { input: result.input, output: result.output },
    timing: timing(),
    retries: [],
    ids: {},
    ...(result.logprobs === undefined ? {} : { logprobs: result.logprobs }),
  }
}

async function score(
  pool: Pool,
  prompt: string,
  continuations: readonly string[],
  signal: AbortSignal,
): ReturnType<Required<Model>['score']> {
  const result = await pool.run({ type: 'score', prompt, continuations }, prompt, { signal })
  if (result.type === 'scored') return result.scores
  if (result.type === 'failure' && result.kind === 'aborted') throw signal.reason ?? new Error(result.message)
  throw new AssayError(
    'model/not-scored',
    result.type === 'failure' ? result.message : 'The worker answered another question.',
    {
      exit: 3,
    },
  )
}

/** Tools come as the same list turn after turn, and a grammar is some milliseconds of work. */
const plans = new WeakMap<Request['tools'], Map<string, Plan>>()

function planOf({ tools, toolChoice, template }: Request): Plan {
  const known = plans.get(tools) ?? new Map<string, Plan>()
  plans.set(tools, known)
  const key = `${toolChoice} ${template}`
  const plan = known.get(key) ?? planFor(tools, toolChoice, template)
  known.set(key, plan)
  return plan
}

/** Defaults are the plain ones: temperature 1 and the whole distribution. */
function jobOf(request: Request, plan: Plan): AskJob {
  const { sampling, stop, logprobs } = request
  return {
    type: 'ask',
    prompt:
      request.template === 'chat'
        ? { type: 'chat', chat: chatPrompt(request.messages, request.tools) }
        : { type: 'text', text: completionPrompt(request.messages), anchor: rulesLength(request.messages) },
    opening: plan.opening,
    temperature: sampling.temperature ?? 1,
    topP: sampling.topP ?? 1,
    maxTokens: sampling.maxOutputTokens ?? defaultMaxTokens,
    seed: request.seed,
    stop: stop ?? [],
    ...(plan.grammar === undefined ? {} : { grammar: plan.grammar }),
    ...(logprobs === undefined ? {} : { logprobs }),
  }
}

/** The rules stand at the start of every prompt of an agent: what reads them once need not read them again. */
function rulesLength(messages: readonly Message[]): number {
  const [first] = messages
  return first?.role === 'system' ? first.text.length : 0
}

function keyOf({ prompt }: AskJob): string {
  return prompt.type === 'text' ? prompt.text : prompt.chat.turns.map((turn) => `${turn.role}\n${turn.text}`).join('\n')
}

/** An act cut short is text: it calls nothing. */
function partsOf(written: Written, plan: Plan, seed: number): Part[] {
  const act = plan.grammar === undefined ? undefined : readAct(written.text)
  if (act !== undefined) return [{ type: 'tool-call', id: `call-${seed.toString(16)}`, ...act }]
  return written.text === '' ? [] : [{ type: 'text', text: written.text }]
}

/** Shows text as it comes, but nothing of what is, or may still become, an act. */
function deltaWriter(request: Request, plan: Plan, onDelta: AskOptions['onDelta']): (text: string) => void {
  const act = request.template === 'completion' ? ' {' : '{'
  let waiting: string | undefined = ''
  return (text) => {
    if (text === '' || plan.opening !== '') return
    if (plan.grammar === undefined || waiting === undefined) {
      onDelta?.({ type: 'text', text })
      return
    }
    waiting += text
    if (waiting.startsWith(act) || act.startsWith(waiting)) return
    onDelta?.({ type: 'text', text: waiting })
    waiting = undefined
  }
}
