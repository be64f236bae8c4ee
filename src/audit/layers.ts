import { also, id, outcome, type Row } from '../rows/index.ts'
import { complete, shareOfKnown } from '../findings/index.ts'
import { failedTogether } from '../findings/layers/index.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { amongAll, clustersIn, metByAll, number, text } from './cells.ts'
import { split } from './parts.ts'

/** Whether defence layers that met the same cases fail together. */
export const layers: AuditKind = {
  name: 'layers',
  about: 'one attack that met one defence layer',
  finds: '`breach`, `utility` of each; `joint`, `ratio` (to independence), `ratio within strata`, `phi(a, b)`',
  columns: [
    id('case'),
    id('layer'),
    outcome('breached', 'flag'),
    also('stratum'),
    also('utility', 'share'),
    also('cluster'),
    also('cluster2'),
  ],
  key: ['case', 'layer'],
  cells: { items: 'case', across: 'layer' },
  audit: (part, context) => [...eachLayer(part, context), ...together(part, context)],
}

function eachLayer(part: Part, context: AuditContext): readonly Audited[] {
  const layers = split(part, ['layer'], context)
  const met = metByAll(
    layers.map(({ rows }) => rows.filter((row) => row['breached'] !== null)),
    'case',
  )
  return layers.flatMap((layer) => single(layer, met, context))
}

function single(
  { rows, subject, conditions }: Part,
  met: ReadonlySet<string>,
  { has, level }: AuditContext,
): readonly Audited[] {
  const cases = rows.map((row) => text(row['case']))
  const clusters = clustersIn(rows, 'case', has)
  const base = {
    subject,
    conditions,
    policies: { missing: 'left out and counted' },
    wrongIf: 'attacks that know the layer would do better',
  }
  const breached = rows.filter((row) => row['breached'] === 1).length
  const share = shareOfKnown(
    rows.map((row) => number(row['breached'])),
    cases,
    level,
    clusters,
  )
  const { n } = share
  const variants: readonly Variant[] = [
    ...(n.missing > 0
      ? [
          { policy: 'missing as held', value: breached / rows.length },
          { policy: 'missing as breached', value: (breached + n.missing) / rows.length },
        ]
      : []),
    ...amongAll(
      'only cases that all layers met',
      rows.filter((row) => row['breached'] !== null),
      { column: 'case', met },
      (row) => number(row['breached']) ?? 0,
    ),
  ]
  const breach: Audited = {
    ...complete({ ...base, ...share, quantity: 'breach', title: 'breached', details: { breached } }),
    variants,
    won: breached,
    ...(n.clusters === n.trials && { share: { successes: breached, n: n.trials } }),
  }
  if (!has('utility')) return [breach]
  const utility = shareOfKnown(
    rows.map((row) => number(row['utility'])),
    cases,
    level,
    clusters,
  )
  return [breach, complete({ ...base, ...utility, quantity: 'utility', title: "user's task done under attack" })]
}

/** Joint failure on the cases that every layer met. */
function together({ rows, subject, conditions }: Part, { has, level, seed }: AuditContext): readonly Audited[] {
  const names = [...new Set(rows.map((row) => text(row['layer'])))]
  if (names.length < 2) return []
  const cases = Map.groupBy(
    rows.filter((row) => row['breached'] !== null),
    (row) => text(row['case']),
  )
  const met = [...cases.values()].flatMap((own) => {
    const missed = names.map((name) => breachOf(own, name))
    return missed.includes(undefined)
      ? []
      : [
          {
            missed: missed.map((each) => each === true),
            stratum: text(own[0]?.['stratum']),
            cluster: text(own[0]?.['cluster'] ?? own[0]?.['case']),
          },
        ]
  })
  return failedTogether(
    names,
    met.map((each) => each.missed),
    {
      missing: cases.size - met.length,
      level,
      seed,
      ...(has('cluster') && { clusters: met.map(({ cluster }) => cluster) }),
      ...(has('stratum') && { strata: met.map(({ stratum }) => stratum) }),
    },
  ).map((each) => ({ ...each, subject, conditions }))
}

function breachOf(rows: readonly Row[], layer: string): boolean | undefined {
  const own = rows.filter((row) => text(row['layer']) === layer)
  return own.length === 0 ? undefined : own.some((row) => row['breached'] === 1)
}
