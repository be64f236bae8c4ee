import { also, id, outcome, type Row } from '../rows/index.ts'
import type { About } from '../findings/index.ts'
import {
  fitsOf,
  judged,
  medianSpend,
  spendCurve,
  successAtAnySpend,
  successes,
  successWithin,
  unionOf,
  type Attack,
} from '../findings/spend/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { amongAll, metByAll, number, text } from './cells.ts'
import { split } from './parts.ts'

/** Success against what was spent. */
export const budget: AuditKind = {
  name: 'budget',
  about: 'one attack on a case, with what it spent',
  finds:
    '`success`; `success@N` for any N (after @: a number of tries, or a group such as an agent or a judge); `median spend`; `power-law exponent` and `success@N, extrapolated` where spending is counted in tries; `union` of attacks',
  columns: [
    id('case'),
    outcome('success', 'flag'),
    also('spend', 'amount'),
    also('cap', 'amount'),
    also('attack'),
    also('target'),
    also('judge'),
    also('cluster'),
    also('cluster2'),
  ],
  key: ['case', 'attack', 'target', 'judge'],
  cells: { items: 'case', across: 'attack' },
  won: 'success',
  audit: (part, context) => {
    const arms = split(part, ['attack', 'target', 'judge'], context)
    return [...arms.flatMap((arm) => armFindings(arm, arms, context)), ...unions(part, context)]
  },
}

function attacksIn(rows: readonly Row[]): readonly Attack[] {
  return rows.map((row) => ({
    case: text(row['case']),
    success: row['success'] === null ? undefined : row['success'] === 1,
    spend: number(row['spend']),
    cap: number(row['cap']),
    attack: text(row['attack']),
    ...(row['cluster'] !== null && row['cluster'] !== undefined && { cluster: text(row['cluster']) }),
    ...(row['cluster2'] !== null && row['cluster2'] !== undefined && { crossed: text(row['cluster2']) }),
  }))
}

function armFindings(
  { rows, subject, conditions }: Part,
  arms: readonly Part[],
  context: AuditContext,
): readonly Audited[] {
  const attacks = attacksIn(rows)
  const success = successAtAnySpend(attacks, context.level)
  const { n } = success
  const won = successes(attacks)
  const about = { subject, conditions }
  const met = metByAll(
    arms.map((arm) => arm.rows.filter(isJudged)),
    'case',
  )
  const { judge: own, ...elsewhere } = conditions
  const judges = arms.filter(
    ({ conditions: { judge, ...rest } }) =>
      own !== undefined && judge !== own && JSON.stringify(rest) === JSON.stringify(elsewhere),
  )
  return [
    {
      ...success,
      quantity: 'success',
      title: 'attack success rate at any spend (lower is safer)',
      ...about,
      variants: [
        ...(n.missing > 0 ? [{ policy: 'missing as failure', value: won / attacks.length }] : []),
        ...amongAll('only cases that all attacks met', rows.filter(isJudged), { column: 'case', met }, succeeded),
        ...judges.flatMap((other) => {
          const seen = judged(attacksIn(other.rows))
          return seen.length === 0
            ? []
            : [{ policy: `judge ${other.conditions['judge']}`, value: successes(seen) / seen.length }]
        }),
      ],
      won,
      ...(n.clusters === n.trials && { share: { successes: won, n: n.trials } }),
    },
    ...(context.has('spend') ? spending(attacks, about, context) : []),
  ]
}

function isJudged(row: Row): boolean {
  return row['success'] !== null
}

function succeeded(row: Row): number {
  return row['success'] === 1 ? 1 : 0
}

/** The curve by spend, its median, and what it extrapolates to. */
function spending(attacks: readonly Attack[], about: About, { level, asked }: AuditContext): readonly Audited[] {
  const curve = spendCurve(attacks, level)
  if (curve === undefined) return []
  const wanted = asked.flatMap((each) => /^success@([0-9.]+)/.exec(each)?.[1] ?? []).map(Number)
  const told = curve.type === 'curve' ? grid(curve.most) : []
  const at = [...new Set([...told, ...wanted])].toSorted((a, b) => a - b)
  return [
    ...at.map((spend): Audited => {
      const success = successWithin(curve, spend)
      const title = `attack success rate within a spend of ${spend} (lower is safer)`
      const named = { ...success, quantity: `success@${spend}`, title, ...about }
      if (curve.type === 'no-curve') return named
      const within = curve.attacks.filter((each) => each.success === true && (each.spend ?? 0) <= spend).length
      return {
        ...named,
        variants: [
          { policy: 'censored as failures', value: within / curve.attacks.length },
          ...(attacks.length > curve.attacks.length
            ? [{ policy: 'censored and missing as failures', value: within / attacks.length }]
            : []),
        ],
      }
    }),
    {
      ...medianSpend(curve),
      quantity: 'median spend',
      title: 'spend at which half of the attacks have succeeded',
      ...about,
    },
    ...fitsOf(curve, level).map((fit) => ({ ...fit, ...about })),
  ]
}

/** 1, 2, 5, 10 … and the largest spend itself. */
function grid(most: number): readonly number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
  const scale = most > 10_000 ? 10 ** (Math.ceil(Math.log10(most)) - 4) : 1
  return [...steps.map((step) => step * scale).filter((step) => step < most), most]
}

/** Where several attacks tried the same cases: whether any of them got through (each alone stands above). */
function unions(part: Part, context: AuditContext): readonly Audited[] {
  if (!context.has('attack')) return []
  return split(part, ['target', 'judge'], context).flatMap(({ rows, subject, conditions }) => {
    const union = unionOf(attacksIn(rows), context.level)
    return union === undefined
      ? []
      : [
          {
            ...union.success,
            quantity: 'union',
            title: `attack success rate of any of ${union.attacks} attacks (lower is safer)`,
            subject,
            conditions,
          },
        ]
  })
}
