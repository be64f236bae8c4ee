import { also, id, outcome } from '../rows/index.ts'
import { clusterMean, exponential, mean, median } from '../stats/index.ts'
import { complete, shareOf, type Analysed } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { adjusted, compared, type Compared, trialOf, type Trial, type Work } from './trial.ts'
import { split } from './parts.ts'

/** What a treatment, such as the use of AI, does to an outcome. */
export const effect: AuditKind = {
  name: 'effect',
  about: 'one piece of work with its outcome, done with the treatment or without',
  finds:
    '`geometric mean` of each arm (`mean` where an outcome is 0 or less, `rate` where all are 0 or 1); `ratio` (treated over untreated) and `difference`; `ratio, adjusted` and `difference, adjusted` for stratum and forecast; `forecast ratio` and `ratio over forecast`, or `forecast difference` and `difference over forecast`',
  columns: [
    id('unit'),
    id('treated', 'flag'),
    outcome('outcome', 'number'),
    also('cluster'),
    also('stratum'),
    also('forecast', 'number', 'of the outcome'),
  ],
  key: ['unit', 'treated'],
  audit: (part, context) => {
    const strata = context.has('stratum') ? split(part, ['stratum'], context) : []
    return [
      ...whole(part, context),
      ...(strata.length < 2
        ? []
        : strata.flatMap((stratum) => effects(stratum, trialOf(stratum.rows, context.has), context))),
    ]
  },
}

function whole(part: Part, context: AuditContext): readonly Audited[] {
  const trial = trialOf(part.rows, context.has)
  return [
    ...[false, true].map((treated) => arm(part, trial, treated, context)),
    ...effects(part, trial, context),
    ...adjustedEffects(part, trial, context),
    ...(context.has('forecast') ? forecasts(part, trial, context) : []),
  ]
}

const WRONG = 'the treatment was not given by chance, or work was dropped because of how it went'

function arm(part: Part, trial: Trial, treated: boolean, { level }: AuditContext): Audited {
  const own = trial.works.filter((each) => each.treated === treated)
  const values = own.map((each) => each.outcome)
  const clusters = own.map((each) => each.cluster)
  const log = trial.scale === 'log'
  const [quantity, title] = {
    log: ['geometric mean', 'geometric mean of the outcome'] as const,
    plain: ['mean', 'mean outcome'] as const,
    share: ['rate', 'share with the outcome'] as const,
  }[trial.scale]
  const estimate: Analysed['estimate'] =
    trial.scale === 'share'
      ? shareOf(values, clusters, level)
      : log
        ? backOf(clusterMean(values.map(Math.log), clusters, level))
        : clusterMean(values, clusters, level)
  return complete({
    quantity,
    title,
    kind: 'level',
    unit: trial.scale === 'share' ? 'proportion' : 'score',
    subject: part.subject,
    conditions: { ...part.conditions, treated: treated ? 'yes' : 'no' },
    estimate,
    n: { ...trial.countOf(own), missing: trial.missing[treated ? 'treated' : 'untreated'] },
    policies: { missing: 'left out and counted', cluster: trial.clusteredBy },
    wrongIf: WRONG,
  })
}

/** A number that was found on logarithms. */
function backOf(found: ReturnType<typeof clusterMean>): Analysed['estimate'] {
  if (found.type === 'not-estimable')
    return { ...found, ...(found.value !== undefined && { value: Math.exp(found.value) }) }
  return { type: 'estimate', value: Math.exp(found.value), interval: exponential(found.interval) }
}

const TITLES: Readonly<Record<Compared, string>> = {
  ratio: 'outcome with the treatment over outcome without',
  difference: 'outcome with the treatment minus outcome without',
}

function effects(part: Part, trial: Trial, context: AuditContext): readonly Audited[] {
  return (['ratio', 'difference'] as const).map((how) => ({
    ...one(part, trial, trial.works, {
      quantity: how,
      title: TITLES[how],
      how,
      estimate: compared(trial.works, how, trial.scale, (work) => work.outcome, context.level),
    }),
    variants: how === 'ratio' ? ratios(trial) : [],
  }))
}

function adjustedEffects(part: Part, trial: Trial, context: AuditContext): readonly Audited[] {
  const by = (['stratum', 'forecast'] as const).filter(context.has)
  if (by.length === 0) return []
  const works = context.has('forecast') ? trial.works.filter(({ forecast }) => forecast !== undefined) : trial.works
  return (['ratio', 'difference'] as const)
    .filter((how) => how === 'difference' || trial.scale === 'log')
    .map((how) => ({
      ...one(part, trial, works, {
        quantity: `${how}, adjusted`,
        title: `${TITLES[how]}, adjusted for ${by.join(' and ')}`,
        how,
        estimate: adjusted(works, how, by, context.level),
        policies: {
          adjustment: `least squares on the treatment and ${by.join(' and ')}${how === 'ratio' ? ', logarithms' : ''}`,
        },
        wrongIf: context.has('forecast')
          ? 'the forecast was made after it was known whether the work would be treated, or the treatment was not given by chance'
          : WRONG,
      }),
      variants:
        by.length < 2
          ? []
          : by.flatMap((only) => variant(`adjusted for ${only} alone`, adjusted(works, how, [only], context.level))),
    }))
}

/** What was forecast beside what happened, on the scale of the outcome. */
function forecasts(part: Part, trial: Trial, { level }: AuditContext): readonly Audited[] {
  const works = trial.works.filter(({ forecast }) => forecast !== undefined)
  const logs = trial.scale === 'log' && works.every(({ forecast = 0 }) => forecast > 0)
  const how: Compared = logs ? 'ratio' : 'difference'
  const scale = logs ? 'log' : 'plain'
  const beyond = ({ outcome: found, forecast = 0 }: Work): number => (logs ? found / forecast : found - forecast)
  return [
    one(part, trial, works, {
      quantity: `forecast ${how}`,
      title: `the same ${how} of what was forecast`,
      how,
      estimate: compared(works, how, scale, ({ forecast = 0 }) => forecast, level),
      wrongIf: 'the forecasts are not of these outcomes',
    }),
    one(part, trial, works, {
      quantity: `${how} over forecast`,
      title: `the same ${how} of what happened against what was forecast`,
      how,
      estimate: compared(works, how, scale, beyond, level),
      wrongIf: 'the forecasts are not of these outcomes',
    }),
  ]
}

interface One {
  readonly quantity: string
  readonly title: string
  readonly how: Compared
  readonly estimate: Analysed['estimate']
  readonly policies?: Readonly<Record<string, string>>
  readonly wrongIf?: string
}

function one(
  part: Part,
  trial: Trial,
  works: readonly Work[],
  { how, policies = {}, wrongIf = WRONG, ...rest }: One,
): Audited {
  return complete({
    ...rest,
    kind: how === 'ratio' ? 'ratio' : 'change',
    unit: how === 'ratio' || trial.scale !== 'share' ? 'score' : 'proportion',
    subject: part.subject,
    conditions: part.conditions,
    n: { ...trial.countOf(works), missing: part.rows.length - works.length },
    policies: { missing: 'left out and counted', cluster: trial.clusteredBy, ...policies },
    details: { treated: works.filter(({ treated }) => treated).length, missing: { ...trial.missing } },
    caveats: trial.lostUnevenly === undefined ? [] : [trial.lostUnevenly],
    wrongIf,
  })
}

/** Other ways in which one number is made of two arms. */
function ratios({ works, scale }: Trial): readonly Variant[] {
  if (scale !== 'log') return []
  const of = (treated: boolean): readonly number[] =>
    works.filter((each) => each.treated === treated).map((each) => each.outcome)
  const [without, treated] = [of(false), of(true)]
  if (without.length === 0 || treated.length === 0) return []
  return [
    { policy: 'ratio of the means, not of the geometric means', value: mean(treated) / mean(without) },
    { policy: 'ratio of the medians', value: median(treated) / median(without) },
  ]
}

function variant(policy: string, estimate: Analysed['estimate']): readonly Variant[] {
  return estimate.value === undefined ? [] : [{ policy, value: estimate.value }]
}
