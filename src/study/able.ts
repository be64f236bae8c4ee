import { AssayError } from '../assay-error.ts'
import { admitsNoCall, rulesOf, tighter, type Limits } from '../agent/index.ts'
import type { Model, Pricing } from '../model/index.ts'
import type { PlanRequest } from './plan.ts'
import type { Study } from './study.ts'
import type { Task } from './task.ts'

/** What a task asks of a model must be there before the first call, not found out trial by trial. */
export function assertAble(model: Model | undefined, task: Task, request: PlanRequest): void {
  if (model === undefined) return
  if (task.runner !== undefined && task.looksInside === true && model.inside === undefined) {
    throw new AssayError(
      'study/no-inside',
      `${model.name} cannot be looked into, which the task ${task.id} asks for: only local weights can, such as local/smollm2-135m. Leave --model out to run the controls alone.`,
    )
  }
  if (task.runner !== undefined && task.looksInside === true) assertDrawn(task, request)
  const { template, memory, compaction } = task.scaffold
  assertNative(task, model.name, model.compact !== undefined)
  const needsTools =
    (task.world?.tools.length ?? 0) > 0 || memory.length > 0 || rulesOf(compaction.strategy).needs === 'tools'
  const able = needsTools ? (model.toolTemplates ?? model.templates) : model.templates
  if (!able.includes(template)) {
    const what = needsTools ? `take tools under the template ${template}` : `do the template ${template}`
    throw new AssayError(
      'study/template',
      able.length === 0
        ? `${model.name} takes no tools, which the task ${task.id} needs. Choose a study without them, or another model.`
        : `${model.name} cannot ${what}; it does so under ${able.join(', ')}. Choose another with --set, or another model.`,
    )
  }
  const limits = tighter(task.limits, request.limits)
  const { dollars } = limits
  if (dollars !== undefined && model.pricing.type === 'unknown') {
    throw new AssayError(
      'study/unknown-price',
      `The price of ${model.name} is unknown, so the limit of $${dollars} a trial cannot be kept. Give its price in assay.config.ts.`,
    )
  }
  assertAsks(task, limits, model.pricing)
}

/** Trials that can ask nothing would all be left out of the findings. */
function assertAsks(task: Task, limits: Limits, pricing: Pricing): void {
  const none = admitsNoCall(task, limits, pricing)
  if (none === undefined) return
  throw new AssayError(
    'study/no-call',
    `The limit ${none.limit} ${none.cap} admits no call of the task ${task.id}: its first question takes about ${none.takes} tokens, and a reply at least one. Raise it, or leave it out.`,
  )
}

/** What a look inside does not draw by must not be recorded as if it did. */
function assertDrawn(task: Task, { sampling }: PlanRequest): void {
  // The length of a reply is bounded by whoever caps dollars; the look writes its own number of tokens.
  const { temperature: _, maxOutputTokens: __, ...unused } = sampling
  const [name] = Object.entries(unused).flatMap(([option, value]) => (value === undefined ? [] : [option]))
  if (name === undefined) return
  throw new AssayError(
    'study/not-drawn-by',
    `The task ${task.id} looks inside the model, where only the temperature is used. Leave out ${name}.`,
  )
}

export function assertPartners(study: Study, task: Task, { partners, models }: PlanRequest): void {
  const self = task.runner && task.apart?.find((role) => models.includes(partners?.[role] ?? ''))
  if (self !== undefined)
    throw new AssayError(
      'study/judges-itself',
      `${partners?.[self]} would be ${self} of its own answers. Name another model: --partner ${self}=provider/model.`,
    )
  const lacking = task.runner && task.partners?.find((role) => partners?.[role] === undefined)
  if (lacking === undefined) return
  throw new AssayError(
    'study/no-partner',
    `The task ${task.id} of ${study.name} needs a model as ${lacking}: name one with --partner ${lacking}=provider/model.`,
  )
}

/** A layer that could not look would let everything pass, and nobody would know that it was not there. */
export function assertLikelihood(reader: Model | undefined, task: Task): void {
  const [layer] = (task.runner && task.likelihood) ?? []
  if (layer === undefined || reader === undefined || reader.score !== undefined) return
  throw new AssayError(
    'study/no-likelihood',
    `The layer ${layer} reads log-probabilities, and ${reader.name} gives none. Name a guard that does: --partner guard=local/smollm2-135m.`,
  )
}

export function assertNative({ scaffold }: Task, agent: string, able: boolean): void {
  if (able || rulesOf(scaffold.compaction.strategy).needs !== 'native') return
  throw new AssayError(
    'study/no-native',
    `${agent} has no compaction of its own, which the scaffold ${scaffold.name} asks for (native). Choose another compaction with --set, or another agent.`,
  )
}
