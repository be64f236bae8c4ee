import { AssayError } from '../../assay-error.ts'
import type { ClaimTest } from '../../brief/index.ts'
import { parseModelName, providers, type ModelName } from '../../model/index.ts'
import type { Config } from '../../project/index.ts'
import { makePlan, type PlanRequest, type Study } from '../../study/index.ts'
import { detectable, powerQuestions } from '../../power/index.ts'
import { counted } from '../../report/index.ts'
import { agentCeiling, pricedByName } from '../price-ceiling.ts'

/** What deciding a claim would take, as `assay plan` and `assay power` tell it. */
export interface ClaimPrice {
  readonly trials: number
  /** At most; absent where nobody can say. */
  readonly dollars?: number
  /** How far the true value must be from the threshold; absent where no formula tells it. */
  readonly sees?: string
  /** In words. */
  readonly text: string
  /** The command that decides it. */
  readonly command: string
  /** Where no model is named: commands that give the price once one is, with what each says. */
  readonly prices?: readonly { readonly says: string; readonly command: string }[]
}

/** Stands for the model that nobody has named yet: plans count its trials and ask it nothing. */
const ANY = 'local/any'

/** The study as it stands, with the agent and the levels that the test names. */
export function priceOf(study: Study, test: ClaimTest, config: Config): ClaimPrice | undefined {
  const { agent, ...levels } = test.where
  const provider = agent === undefined ? undefined : providerOf(agent)
  const control = provider === 'control'
  const model = provider === undefined || control ? undefined : agent
  const set = { ...levelsOf(study, test.quantity), ...ofFactors(study, levels) }
  const request: PlanRequest = {
    models: control ? [] : [model ?? ANY],
    set,
    seed: '1',
    controls: 'with',
    sampling: {},
    limits: {},
  }
  try {
    const plan = makePlan(study, request, new Map())
    const own = plan.trials.filter((trial) => (control ? trial.agent === agent : !trial.control))
    const whom = control ? `of ${agent}` : model === undefined ? 'for each model' : `of ${model}`
    const dollars = model === undefined ? undefined : agentCeiling(plan, pricedByName(model, config), config).dollars
    const sees = seenBy(study, test, request)
    const asked = [
      test.study,
      control ? '--controls only' : `--model ${model ?? 'NAME'}`,
      ...Object.entries(set).map(([name, level]) => `--set ${name}=${level.join(',')}`),
    ].join(' ')
    return {
      trials: own.length,
      ...(dollars !== undefined && { dollars }),
      ...(sees !== undefined && { sees }),
      text: [
        `${counted(own.length, 'trial')} ${whom}`,
        ...(control || dollars === 0 ? ['free'] : dollars === undefined ? [] : [`at most $${dollars.toFixed(2)}`]),
        ...(sees === undefined ? [] : [sees]),
      ].join('; '),
      command: `assay run ${asked}`,
      ...(!control &&
        dollars === undefined && {
          prices: [
            {
              says: 'the most that it can cost: put in a model (names: npx assay models)',
              command: `assay plan ${asked}`,
            },
            {
              says: 'an estimate: put in the tokens that a trial reads and writes',
              command: `assay power ${asked} --trial-tokens IN,OUT`,
            },
          ],
        }),
    }
  } catch (cause) {
    // A level or a model that the study does not have is said by the check; here it only has no price.
    if (cause instanceof AssayError) return undefined
    throw cause
  }
}

function ofFactors(study: Study, levels: Readonly<Record<string, string>>): Readonly<Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(levels).flatMap(([name, level]) => (name in study.factors ? [[name, [level]] as const] : [])),
  )
}

/**
 * The levels without which a study does not find a quantity: both sides of a difference, and the budget at which a success
 * is counted where the study varies budgets.
 */
function levelsOf(study: Study, quantity: string): Readonly<Record<string, string[]>> {
  const contrast = /(?:^|: |\()(?<factor>[A-Za-z]\w*) (?<from>\S+) → (?<to>[^\s)]+)/u.exec(quantity)?.groups
  const { factor = '', from = '', to = '' } = contrast ?? {}
  const named = study.factors[factor]?.levels ?? []
  const budget = /^success@(?<spend>\d+)$/.exec(quantity)?.groups?.['spend']
  const budgets = study.factors['budget']?.levels ?? []
  return {
    ...(named.includes(from) && named.includes(to) && { [factor]: [from, to] }),
    ...(budget !== undefined && budgets.includes(budget) && { budget: [budget] }),
  }
}

function seenBy(study: Study, test: ClaimTest, request: PlanRequest): string | undefined {
  const question = powerQuestions(study, {}, request).find(({ quantity }) => quantity === test.quantity)
  // A hazard ratio of two agents says nothing of one agent's time against a threshold.
  if (question === undefined || question.design.kind === 'survival') return undefined
  const { text, effect } = detectable(question, { tasks: question.tasks, repeats: request.repeats ?? study.repeats })
  return effect === undefined
    ? 'too few to decide it, whatever the true value'
    : `likely to decide it only if the true value is ${text.replace(/ points$/, ' percentage points')} or more from the threshold`
}

/** A claim may name an agent that is no model by name: "a larger model". */
function providerOf(agent: string): ModelName['provider'] | undefined {
  try {
    return parseModelName(agent, providers).provider
  } catch (cause) {
    if (cause instanceof AssayError) return undefined
    throw cause
  }
}
