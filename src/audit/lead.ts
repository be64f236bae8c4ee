import { randomFrom } from '../record/index.ts'
import { also, id, outcome, type Row } from '../rows/index.ts'
import { bootstrap, clusterRegression, kaplanMeier, survivalQuantile, varianceComponents } from '../stats/index.ts'
import { counted } from '../report/index.ts'
import { complete, countOf, survivalFigure } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { distinct, extremes, number, text } from './cells.ts'
import { split } from './parts.ts'

/** How long a record of an elaborate scaffold stands before a newer model matches it in a minimal one. */
export const lead: AuditKind = {
  name: 'lead',
  about: 'one score of a model in a scaffold, with its date',
  finds:
    '`lead`: days until a minimal scaffold with a newer model does as well as the record (with censoring); `scaffold share` of the variance; `trend` of minimal scaffolds, and how many months of it a better scaffold is worth',
  columns: [
    id('date', 'date'),
    id('model'),
    id('scaffold'),
    outcome('score', 'number'),
    also('model_release', 'date'),
    also('benchmark'),
    also('minimal', 'flag'),
  ],
  key: ['benchmark', 'model', 'scaffold', 'date'],
  audit: (part, context) => [
    ...leadsOf(part, context),
    ...split(part, ['benchmark'], context).flatMap((each) => [...spread(each), ...trend(each, context)]),
  ],
}

interface Lead {
  readonly days: number
  readonly ended: boolean
  /** The model that ended it: leads it ended are one cluster. */
  readonly by: string
}

function leadsOf(part: Part, context: AuditContext): readonly Audited[] {
  const { has, level, seed } = context
  const known = part.rows.filter((row) => row['score'] !== null)
  const title = 'median days a scaffold keeps its lead'
  const n = { trials: 0, tasks: 0, clusters: 0, invalid: 0, missing: part.rows.length - known.length }
  const wrongIf =
    'token budgets differ between the elaborate and the minimal runs, or a record was matched and not entered here'
  const { subject, conditions } = part
  const base = { quantity: 'lead', title, kind: 'time', unit: 'days', subject, conditions, wrongIf } as const
  if (!has('minimal') || !has('model_release')) {
    const reason = 'needs the columns minimal and model_release'
    return [complete({ ...base, n, estimate: { type: 'not-estimable', reason } })]
  }
  const [, last] = extremes(known.map((row) => number(row['date']) ?? 0))
  const records = split({ ...part, rows: known }, ['benchmark'], context).flatMap(({ rows }) => recordsOf(rows, last))
  const leads = records.filter((each) => each !== 'no release')
  const unreleased = records.length - leads.length
  const curveOf = (some: readonly Lead[]): ReturnType<typeof kaplanMeier> =>
    kaplanMeier(
      some.map((each) => each.days),
      some.map((each) => each.ended),
      level,
    )
  const curve = curveOf(leads)
  const found = median(curve)
  const drawn =
    found?.type === 'estimate'
      ? bootstrap(
          leads.length,
          (rows) => {
            const some = median(curveOf(rows.flatMap((i) => leads[i] ?? [])))
            return some?.type === 'estimate' ? some.value : Infinity
          },
          {
            random: randomFrom(seed, 'leads'),
            replicates: 1_000,
            level,
            levels: [leads.map((each) => each.by)],
            unbounded: true,
          },
        )
      : undefined
  const clusters = new Set(leads.map((each) => each.by)).size
  const running = leads.filter((each) => !each.ended).length
  return [
    complete({
      ...base,
      estimate: drawn ?? found ?? { type: 'not-estimable', reason: 'no record of an elaborate scaffold' },
      n: { ...n, trials: leads.length, tasks: leads.length, clusters, missing: n.missing + unreleased },
      policies: {
        ended: 'by a newer model in a minimal scaffold with at least the score, on its release',
        censored: `${running} of ${leads.length} are not matched yet, on the last day in the table`,
        cluster: 'leads ended by one model',
        ...(unreleased > 0 && {
          unreleased: `${counted(unreleased, 'record')} without model_release left out and counted`,
        }),
      },
      caveats: [
        ...(clusters > 0 && clusters < ENOUGH
          ? [`only ${counted(clusters, 'cluster')}: below ${ENOUGH} a bootstrap interval is too narrow`]
          : []),
        ...(context.leftOut > 0
          ? [
              `${counted(context.leftOut, 'row')} left out by --where: a record is the best of the rows that were kept, so a score that an earlier row had beaten may count as one`,
            ]
          : []),
      ],
      ...(curve.type === 'estimate' && { figure: survivalFigure(curve, 'days', 'share of leads that are left') }),
    }),
  ]
}

/** Clusters below which a bootstrap covers clearly less than it says. */
const ENOUGH = 30

function median(curve: ReturnType<typeof kaplanMeier>): ReturnType<typeof survivalQuantile> | undefined {
  return curve.type === 'estimate' ? survivalQuantile(curve) : undefined
}

/** Records by elaborate scaffolds, in order of date; `no release` where the model's is not given. */
function recordsOf(rows: readonly Row[], last: number): readonly (Lead | 'no release')[] {
  const ordered = rows.toSorted((a, b) => (number(a['date']) ?? 0) - (number(b['date']) ?? 0))
  let best = -Infinity
  return ordered.flatMap((row): readonly (Lead | 'no release')[] => {
    const score = number(row['score']) ?? 0
    const record = score > best
    best = Math.max(best, score)
    const release = number(row['model_release'])
    const date = number(row['date']) ?? 0
    if (!record || row['minimal'] !== 0) return []
    // Whether a model that matches it is newer cannot be told.
    if (release === undefined) return ['no release']
    const matches = rows.flatMap((other) => {
      const out = number(other['model_release'])
      const enough = other['minimal'] === 1 && (number(other['score']) ?? -Infinity) >= score
      return enough && out !== undefined && out > release ? [{ model: text(other['model']), out }] : []
    })
    const [first] = matches.toSorted((a, b) => a.out - b.out)
    if (first === undefined)
      return [{ days: Math.max(0, last - date), ended: false, by: `unmatched ${text(row['model'])}` }]
    return [{ days: Math.max(0, first.out - date), ended: true, by: first.model }]
  })
}

/** How much of the spread is the model's, how much the scaffold's. */
function spread({ rows, subject, conditions }: Part): readonly Audited[] {
  const known = rows.filter((row) => row['score'] !== null)
  const models = known.map((row) => text(row['model']))
  const found = varianceComponents(
    known.map((row) => number(row['score']) ?? 0),
    { model: models, scaffold: known.map((row) => text(row['scaffold'])) },
  )
  const share =
    found.type === 'estimate' ? found.components.find((each) => each.factors.join() === 'scaffold') : undefined
  return [
    complete({
      quantity: 'scaffold share',
      title: 'share of the variance that is the scaffold’s',
      kind: 'level',
      unit: 'proportion',
      subject,
      conditions,
      estimate:
        found.type === 'not-estimable'
          ? found
          : { type: 'not-estimable', reason: 'a variance component without an interval', value: share?.share ?? 0 },
      n: { ...countOf(models, rows.length - known.length), clusters: distinct(known, 'scaffold') },
      details:
        found.type === 'estimate'
          ? Object.fromEntries(found.components.map((each) => [each.factors.join(' × ') || 'residual', each.share]))
          : {},
      wrongIf: 'models and scaffolds here are not a sample of those you care about',
    }),
  ]
}

const MONTH = 365.25 / 12

/** Score of minimal scaffolds on the model's release, and what a scaffold is worth in months of it. */
function trend({ rows, subject, conditions }: Part, { has, level }: AuditContext): readonly Audited[] {
  if (!has('minimal') || !has('model_release')) return []
  const known = rows.filter((row) => row['score'] !== null && row['model_release'] !== null)
  const minimal = known.filter((row) => row['minimal'] === 1)
  const clusters = minimal.map((row) => text(row['model']))
  const fit = clusterRegression(
    minimal.map((row) => [1, (number(row['model_release']) ?? 0) / MONTH]),
    minimal.map((row) => number(row['score']) ?? 0),
    { clusters, level },
  )
  const slope = fit.type === 'estimate' ? fit.coefficients[1] : undefined
  const uplifts = known.flatMap((row) => {
    const plain = minimal.filter((each) => each['model'] === row['model']).map((each) => number(each['score']) ?? 0)
    const best = Math.max(...plain)
    return row['minimal'] === 0 && plain.length > 0 ? [(number(row['score']) ?? 0) - best] : []
  })
  const uplift = uplifts.reduce((a, b) => a + b, 0) / Math.max(1, uplifts.length)
  return [
    complete({
      quantity: 'trend',
      title: 'score a month gained by newer models in minimal scaffolds',
      kind: 'slope',
      unit: 'score',
      subject,
      conditions,
      estimate:
        fit.type === 'not-estimable'
          ? fit
          : slope === undefined
            ? { type: 'not-estimable', reason: 'no slope' }
            : { type: 'estimate', value: slope.value, interval: slope.interval },
      n: countOf(clusters, rows.length - known.length),
      details:
        slope !== undefined && uplifts.length > 0 && slope.value > 0
          ? { meanUplift: uplift, monthsWorth: uplift / slope.value }
          : {},
      wrongIf: 'progress is not linear, or budgets grew with the models',
    }),
  ]
}
