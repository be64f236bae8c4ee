import { z } from 'zod'
import { AssayError } from '../assay-error.ts'
import { bounded } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import type { Redact, RunRecord } from '../record/index.ts'
import { wordings, type Plan, type PlanRequest } from '../study/index.ts'

const number = z.number().exactOptional()
const limits = z.object({
  turns: number,
  messages: number,
  inputTokens: number,
  outputTokens: number,
  tokens: number,
  dollars: number,
  workingMs: number,
  wallMs: number,
  days: number,
})

const schema: z.ZodType<PlanRequest> = z.object({
  models: z.array(z.string()),
  partners: z.record(z.string(), z.string()).exactOptional(),
  set: z.record(z.string(), z.array(z.string())),
  tasks: z.union([z.number(), z.string(), z.array(z.string())]).exactOptional(),
  wordings: wordings.exactOptional(),
  failedIn: z.string().exactOptional(),
  repeats: number,
  seed: z.string(),
  controls: z.enum(['with', 'only', 'off']),
  sampling: z.object({
    temperature: number,
    topP: number,
    effort: z.string().exactOptional(),
    maxOutputTokens: number,
  }),
  limits,
  maxDollars: number,
  maxTokens: number,
  awareness: z.literal(true).exactOptional(),
})

/** How a run was asked for, from its record. @throws AssayError `record/damaged` */
export function planRequest(record: RunRecord): PlanRequest {
  const parsed = schema.safeParse(record.request)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AssayError(
    'record/damaged',
    `run.json of ${record.run}: request.${issue?.path.join('.')}: ${issue?.message}. Restore the file.`,
  )
}

/** A limit on money or tokens needs a bound on every reply: one is set where the user set none, and is part of the design. */
export function withBound(request: PlanRequest): PlanRequest {
  return { ...request, sampling: bounded(request.sampling, [request.maxDollars, request.maxTokens]) }
}

/** A run that began without a limit began without that bound, and setting one now would change its agents. */
export function assertBounded(request: PlanRequest, record: RunRecord): void {
  if (withBound(request).sampling.maxOutputTokens === request.sampling.maxOutputTokens) return
  throw new AssayError(
    'run/unbounded',
    `${record.run} began without a bound on its replies, so no cap can be kept now. Resume it without one, or start a new run with --max-output-tokens.`,
  )
}

/** `run.json` must say what was asked for, word for word, or the run could not be resumed. */
export function assertNoSecret(request: PlanRequest, redact: Redact): void {
  const text = JSON.stringify(request)
  if (redact(text) === text) return
  throw new AssayError(
    'run/secret',
    'A model, level, task or seed that was asked for holds a secret of the environment, and run.json would keep it. Name the model without it; keys belong in variables of their own.',
  )
}

/** @throws AssayError `run/unknown-price` where a budget of dollars cannot be kept */
export function assertPriced(dollars: number | undefined, models: Iterable<Model>): void {
  if (dollars === undefined) return
  for (const model of models) {
    if (model.pricing.type === 'unknown') {
      throw new AssayError(
        'run/unknown-price',
        `The price of ${model.name} is unknown, so --max-cost cannot be kept. Give its price in assay.config.ts, or cap tokens with --max-tokens.`,
      )
    }
  }
}

export function assertSamePlan(record: RunRecord, plan: Plan): void {
  if (record.designHash === plan.hash) return
  throw new AssayError(
    'run/design-changed',
    `${record.run} was planned as ${record.designHash}, but study, models or Assay now make ${plan.hash}. Go back to what it was planned with (see run.json), or start a new run.`,
  )
}
