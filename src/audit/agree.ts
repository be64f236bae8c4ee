import { randomFrom } from '../record/index.ts'
import { also, id, outcome, type Row } from '../rows/index.ts'
import {
  clusterProportion,
  cohenKappa,
  fleissKappa,
  krippendorffAlpha,
  twoWayClusterProportion,
} from '../stats/index.ts'
import { type Clusters, complete, countEach, countOf } from '../findings/index.ts'
import { agreementVariants, rawAgreement } from './agreement.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { clustersIn, distinct, text } from './cells.ts'

/** How far raters agree, and who disagrees. */
export const agree: AuditKind = {
  name: 'agree',
  about: 'one label that a rater gave an item',
  finds:
    '`raw`, `fleiss`, `alpha` (and ordinal, interval for numbers), `kappa(a, b)` with where they disagree; `against the others`: share of items on which a rater differs from the majority of the others (items without a majority are missing)',
  columns: [id('item'), id('rater'), outcome('label', 'text'), also('cluster'), also('cluster2')],
  key: ['item', 'rater'],
  cells: { items: 'item', across: 'rater' },
  audit: (part, context) => {
    const { items, raters } = rated(part)
    return [...agreement(part, context), ...raters.map((rater) => alone(part, items, rater, context))]
  },
}

/** How far raters agree, of all and of each two. */
export function agreement(part: Part, context: AuditContext): readonly Audited[] {
  const { known, items, raters } = rated(part)
  return [
    ...overall(part, known, items, context),
    ...(raters.length > MOST_PAIRED ? [] : pairwise(part, items, raters, context)),
  ]
}

function rated({ rows }: Part): {
  readonly known: readonly Row[]
  readonly items: readonly Item[]
  readonly raters: readonly string[]
} {
  const known = rows.filter((row) => row['label'] !== null)
  return {
    known,
    items: [...Map.groupBy(known, (row) => text(row['item']))].map(([item, own]) => ({ item, rows: own })),
    raters: [...new Set(known.map((row) => text(row['rater'])))],
  }
}

/** Beyond this many raters κ of each two is left out. */
const MOST_PAIRED = 40

interface Item {
  readonly item: string
  readonly rows: readonly Row[]
}

const WRONG = 'raters saw one another’s labels, or these items are not like the ones you care about'

function overall(
  part: Part,
  known: readonly Row[],
  items: readonly Item[],
  { has, level, seed }: AuditContext,
): readonly Audited[] {
  const labels = [...new Set(known.map((row) => text(row['label'])))].toSorted()
  const numeric = labels.every((label) => Number.isFinite(Number(label)))
  const code = (row: Row): number => (numeric ? Number(text(row['label'])) : labels.indexOf(text(row['label'])))
  const twice = items.filter(({ rows }) => rows.length > 1)
  const raters = distinct(known, 'rater')
  const sizes = new Set(items.map(({ rows }) => rows.length))
  const of = clustersIn(twice.map(firstRow), 'item', has)
  const base = {
    kind: 'correlation',
    unit: 'score',
    subject: part.subject,
    conditions: part.conditions,
    n: {
      ...countOf(
        twice.flatMap(({ item, rows }) => rows.map(() => item)),
        part.rows.length - twice.reduce((all, { rows }) => all + rows.length, 0),
      ),
      clusters: fewestOf(of),
    },
    caveats:
      raters > MOST_PAIRED
        ? [`${raters} raters are too many to compare in pairs; choose up to ${MOST_PAIRED} with --where`]
        : [],
    policies: { missing: 'left out and counted', once: `${items.length - twice.length} items rated once are left out` },
    wrongIf: WRONG,
  } as const
  const alpha = (metric: 'nominal' | 'ordinal' | 'interval'): Audited =>
    complete({
      ...base,
      quantity: metric === 'nominal' ? 'alpha' : `alpha, ${metric}`,
      title: `Krippendorff α, ${metric}`,
      estimate: krippendorffAlpha(
        items.map(({ rows }) => rows.map(code)),
        metric,
        {
          random: randomFrom(seed, 'alpha', metric),
          level,
          ...(isNamed(has) && { clusters: fewer(clustersIn(items.map(firstRow), 'item', has)) }),
        },
      ),
    })
  const fleiss = sizes.size === 1 && (items[0]?.rows.length ?? 0) > 1
  const rated = twice.map(({ rows }) => rows.map((row) => text(row['label'])))
  return [
    {
      ...complete({
        ...base,
        quantity: 'raw',
        title: 'agreeing pairs of labels',
        kind: 'level',
        unit: 'proportion',
        estimate: rawAgreement(rated, level, of),
      }),
      variants: agreementVariants(rated),
    },
    ...(fleiss
      ? [
          complete({
            ...base,
            quantity: 'fleiss',
            title: 'Fleiss κ',
            caveats: [
              ...base.caveats,
              ...(isNamed(has) ? ['the interval of Fleiss κ treats items as independent'] : []),
            ],
            estimate: fleissKappa(
              items.map(({ rows }) => labels.map((label) => rows.filter((row) => text(row['label']) === label).length)),
              level,
            ),
          }),
        ]
      : []),
    alpha('nominal'),
    ...(numeric && labels.length > 2 ? [alpha('ordinal'), alpha('interval')] : []),
  ]
}

function pairwise(
  part: Part,
  items: readonly Item[],
  raters: readonly string[],
  { has, level }: AuditContext,
): readonly Audited[] {
  return raters.flatMap((a, i) =>
    raters.slice(i + 1).map((b): Audited => {
      const both = items.flatMap(({ item, rows }) => {
        const [first, second] = [a, b].map((rater) => rows.find((row) => text(row['rater']) === rater))
        return first === undefined || second === undefined
          ? []
          : [{ item, row: first, first: text(first['label']), second: text(second['label']) }]
      })
      const of = clustersIn(
        both.map(({ row }) => row),
        'item',
        has,
      )
      const apart = both.filter((each) => each.first !== each.second)
      const ways = Object.entries(Object.groupBy(apart, (each) => `${each.first} / ${each.second}`))
        .map(([way, list]) => [way, list?.length ?? 0] as const)
        .toSorted(([, x], [, y]) => y - x)
      return complete({
        quantity: `kappa(${a}, ${b})`,
        title: `Cohen κ of ${a} and ${b}`,
        kind: 'correlation',
        unit: 'score',
        subject: part.subject,
        conditions: part.conditions,
        estimate: cohenKappa(
          both.map((each) => each.first),
          both.map((each) => each.second),
          level,
          isNamed(has) ? columnsOf(of) : [],
        ),
        n: {
          ...countEach(both.length, items.length - both.length),
          trials: 2 * both.length,
          ...(isNamed(has) && { clusters: fewestOf(of) }),
        },
        policies: { missing: 'items without both are left out and counted' },
        details: {
          raw: both.length === 0 ? null : 1 - apart.length / both.length,
          disagreements: Object.fromEntries(ways.slice(0, 6)),
          items: apart.slice(0, 10).map((each) => each.item),
        },
        wrongIf: WRONG,
      })
    }),
  )
}

/** How often a rater stands against a majority of the others. */
function alone(part: Part, items: readonly Item[], rater: string, { has, level }: AuditContext): Audited {
  const against = items.flatMap(({ rows }) => {
    const own = rows.find((row) => text(row['rater']) === rater)
    const others = rows.filter((row) => text(row['rater']) !== rater).map((row) => text(row['label']))
    const majority = Object.entries(Object.groupBy(others, (label) => label)).find(
      ([, list]) => 2 * (list?.length ?? 0) > others.length,
    )
    return own === undefined || majority === undefined || others.length < 2
      ? []
      : [{ row: own, differs: text(own['label']) === majority[0] ? 0 : 1 }]
  })
  const { clusters, crossed } = clustersIn(
    against.map(({ row }) => row),
    'item',
    has,
  )
  const differs = against.map((each) => each.differs)
  return complete({
    quantity: 'against the others',
    title: 'labels that differ from the majority of the others',
    kind: 'level',
    unit: 'proportion',
    subject: { type: 'rater', name: rater },
    conditions: { ...part.conditions, rater },
    estimate:
      crossed === undefined
        ? clusterProportion(differs, clusters, level)
        : twoWayClusterProportion(differs, clusters, crossed, level),
    n: {
      ...countEach(against.length, items.length - against.length),
      ...(isNamed(has) && { clusters: fewestOf({ clusters, ...(crossed !== undefined && { crossed }) }) }),
    },
    policies: { majority: 'of at least two others; items without one are left out' },
    wrongIf: WRONG,
  })
}

function firstRow({ rows }: Item): Row {
  return rows[0] ?? {}
}

function isNamed(has: AuditContext['has']): boolean {
  return has('cluster') || has('cluster2')
}

function columnsOf({ clusters, crossed }: Clusters): readonly (readonly string[])[] {
  return crossed === undefined ? [clusters] : [clusters, crossed]
}

function fewestOf(of: Clusters): number {
  return Math.min(...columnsOf(of).map((labels) => new Set(labels).size))
}

/** Of two columns the one with fewer clusters, by which a draw varies the more. */
function fewer(of: Clusters): readonly string[] {
  return columnsOf(of).toSorted((a, b) => new Set(a).size - new Set(b).size)[0] ?? []
}
