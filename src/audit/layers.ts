import { randomFrom } from '../record/index.ts'
import type { Row } from '../rows/index.ts'
import { jointFailure } from '../stats/index.ts'
import { shareOf } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { number, text } from './cells.ts'
import { columnsOf, split } from './parts.ts'
import { countEach, countOf, quantity } from './quantity.ts'

/** Whether defence layers that met the same cases fail together. */
export const layers: AuditKind = {
  select: columnsOf('case', 'layer', 'breached', 'stratum', 'utility'),
  audit: (part, context) => [
    ...split(part, ['layer'], context).flatMap((layer) => single(layer, context)),
    ...together(part, context),
  ],
}

function single(part: Part, { has, level }: AuditContext): readonly Audited[] {
  const known = part.rows.filter((row) => row['breached'] !== null)
  const breaches = known.map((row) => number(row['breached']) ?? 0)
  const breached = breaches.filter((each) => each === 1).length
  const n = countOf(known, part.rows, 'case')
  const variants: readonly Variant[] =
    n.missing > 0
      ? [
          { policy: 'missing as held', value: breached / part.rows.length },
          { policy: 'missing as breached', value: (breached + n.missing) / part.rows.length },
        ]
      : []
  const base = {
    kind: 'level',
    subject: part.subject,
    conditions: part.conditions,
    n,
    policies: { missing: 'left out and counted' },
    wrongIf: 'attacks that know the layer would do better',
  } as const
  const rate: Audited = {
    analysed: quantity({
      ...base,
      quantity: 'breach',
      title: 'breached',
      unit: 'proportion',
      estimate: shareOf(
        breaches,
        known.map((row) => text(row['case'])),
        level,
      ),
      details: { breached },
    }),
    variants,
    ...(n.clusters === n.trials && { share: { successes: breached, n: known.length } }),
  }
  if (!has('utility')) return [rate]
  const useful = part.rows.filter((row) => row['utility'] !== null)
  return [
    rate,
    {
      analysed: quantity({
        ...base,
        quantity: 'utility',
        title: "user's task done under attack",
        unit: 'proportion',
        estimate: shareOf(
          useful.map((row) => number(row['utility']) ?? 0),
          useful.map((row) => text(row['case'])),
          level,
        ),
        n: countOf(useful, part.rows, 'case'),
      }),
    },
  ]
}

/** Joint failure on the cases that every layer met. */
function together(part: Part, { has, level, seed }: AuditContext): readonly Audited[] {
  const names = [...new Set(part.rows.map((row) => text(row['layer'])))]
  const cases = Map.groupBy(
    part.rows.filter((row) => row['breached'] !== null),
    (row) => text(row['case']),
  )
  const met = [...cases].flatMap(([, rows]) => {
    const failed = names.map((name) => breachOf(rows, name))
    return failed.some((each) => each === undefined)
      ? []
      : [{ failed: failed.map((each) => each === true), stratum: text(rows[0]?.['stratum']) }]
  })
  const n = countEach(met.length, cases.size - met.length)
  if (names.length < 2) return []
  const base = {
    subject: part.subject,
    conditions: part.conditions,
    n,
    policies: {
      cases: 'those that every layer met',
      stacked: 'each layer was tried alone: this bounds a stack and does not measure one',
    },
    wrongIf: 'a stack of these layers behaves otherwise than the layers alone',
  }
  const found = jointFailure(
    met.map((each) => each.failed),
    { random: randomFrom(seed, 'joint'), ...(has('stratum') && { strata: met.map((each) => each.stratum) }), level },
  )
  const title = `all ${names.length} layers breached`
  if (found.type === 'not-estimable')
    return [
      { analysed: quantity({ ...base, quantity: 'joint', title, kind: 'level', unit: 'proportion', estimate: found }) },
    ]
  const phis = found.pairs.map(({ first, second, phi, bits, pValue }): Audited => ({
    analysed: quantity({
      ...base,
      quantity: `phi(${names[first]}, ${names[second]})`,
      title: `φ of ${names[first]} and ${names[second]}`,
      kind: 'correlation',
      unit: 'score',
      estimate:
        phi === undefined
          ? { type: 'not-estimable', reason: 'a layer always or never fails, or both always agree' }
          : { type: 'estimate', value: phi.value, interval: phi.interval },
      details: { bits, pValue },
    }),
  }))
  return [
    {
      analysed: quantity({
        ...base,
        quantity: 'joint',
        title,
        kind: 'level',
        unit: 'proportion',
        estimate: { type: 'estimate', value: found.joint, interval: found.jointInterval },
        details: { independent: found.independent },
      }),
    },
    {
      analysed: quantity({
        ...base,
        quantity: 'ratio',
        title: 'joint failure over what independence predicts',
        kind: 'ratio',
        unit: 'score',
        estimate: found.ratio,
      }),
    },
    ...(has('stratum')
      ? [
          {
            analysed: quantity({
              ...base,
              quantity: 'ratio within strata',
              title: 'joint failure over independence within strata',
              kind: 'ratio',
              unit: 'score',
              estimate: found.ratioWithin,
            }),
          },
        ]
      : []),
    ...phis,
  ]
}

function breachOf(rows: readonly Row[], layer: string): boolean | undefined {
  const own = rows.filter((row) => text(row['layer']) === layer)
  return own.length === 0 ? undefined : own.some((row) => row['breached'] === 1)
}
