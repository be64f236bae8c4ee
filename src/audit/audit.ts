import { AssayError } from '../assay-error.ts'
import { hashOf } from '../record/index.ts'
import { openRows, type ReportItem, type RowOptions, type Rows, type RowSource } from '../rows/index.ts'
import { partialPooling } from '../stats/index.ts'
import { finding, type Finding, complete } from '../findings/index.ts'
import type { Audited, Variant } from './audited.ts'
import { mean } from './cells.ts'
import { AUDIT_KINDS, auditKind } from './kinds.ts'
import { partsOf } from './parts.ts'
import { compare, type Recomputed, type Published } from './published.ts'

/** What to audit, and against what. */
export interface AuditOptions extends Omit<RowOptions, 'kind' | 'others'> {
  /** What the rows are, by the name of a kind: `rate`. */
  readonly kind: string
  /** Default none. */
  readonly published?: readonly Published[]
  /** The denominator that was stated with what was published: at least 1. Default: none was. */
  readonly statedN?: number
  /** In (0, 1); default 0.95. */
  readonly level?: number
  /** Seeds bootstraps and permutations; default `1`. */
  readonly seed?: string
  /** Our own version, for the provenance. */
  readonly version: string
}

/** One odd thing with its place. */
export interface Oddity extends Omit<ReportItem, 'rows'> {
  /** The first few places: `line 12`. */
  readonly where: readonly string[]
}

/** All that an audit says. */
export interface Audit {
  readonly file: string
  readonly kind: string
  readonly dataHash: string
  readonly counts: Rows['counts']
  readonly report: readonly Oddity[]
  readonly findings: readonly Finding[]
  readonly published: readonly Recomputed[]
}

/**
 * Recomputes what rows say and compares it with what was published of them. No control ran with third-party data, so
 * the findings are uncalibrated, and exploratory since no plan of ours was fixed before them.
 *
 * @param source a file, or rows at hand
 * @throws AssayError `rows/…` for the file and how it is read, `audit/…` for what was asked of it
 */
export async function audit(source: RowSource, options: AuditOptions): Promise<Audit> {
  const { published = [], statedN, level = 0.95, seed = '1', version } = options
  const kind = auditKind(options.kind)
  const rows = await openRows(source, { ...options, kind, others: AUDIT_KINDS })
  try {
    const context = {
      has: rows.has,
      level,
      leftOut: rows.counts.leftOut,
      seed,
      asked: published.map((each) => each.name),
    }
    const parts = await partsOf(rows, kind, published.length > 0)
    const audited = parts.flatMap((part) => kind.audit(part, context))
    const { map = {}, recode = {}, where = '', sql = '', by = [] } = options
    const standing = {
      standing: 'exploratory',
      controls: [],
      provenance: {
        run: rows.shown,
        study: `audit ${kind.name}`,
        designHash: hashOf({ kind: kind.name, map, recode, where, sql, by, level, seed }),
        dataHash: rows.dataHash,
        version,
      },
    } as const
    const candidates = [...audited, ...pooled(audited, [...rows.by, 'stratum'], level)].map(
      ({ variants = [], share, won, ...analysed }) => ({
        finding: finding(analysed, standing),
        variants: [...variants, ...overStrata(analysed, audited, rows.by), ...ofStated(won, statedN)],
        ...(share !== undefined && { of: share.n }),
      }),
    )
    const comparisons = published.map((each) => compare(each, candidates))
    const oddities = (await rows.report()).map(({ rows: places, ...item }) => ({
      ...item,
      where: rows.placesOf(places),
    }))
    return {
      file: rows.shown,
      kind: kind.name,
      dataHash: rows.dataHash,
      counts: rows.counts,
      report: oddities,
      findings: candidates.map((each) => withPublished(each.finding, comparisons)),
      published: comparisons,
    }
  } catch (cause) {
    if (cause instanceof AssayError && cause.code.startsWith('stats/'))
      throw new AssayError(cause.code, `${rows.shown}: ${cause.message}`, { cause })
    throw cause
  } finally {
    rows.close()
  }
}

/** The same quantity as the mean of the levels of `--by`, however many trials each has. */
function overStrata(
  { quantity, conditions }: Pick<Audited, 'quantity' | 'conditions'>,
  audited: readonly Audited[],
  by: readonly string[],
): readonly Variant[] {
  if (by.length === 0 || by.some((name) => name in conditions)) return []
  const values = audited.flatMap((each) => {
    const within = each.quantity === quantity && by.every((name) => name in each.conditions)
    const alike = Object.entries(each.conditions).every(
      ([name, level]) => by.includes(name) || conditions[name] === level,
    )
    return within && alike ? (each.estimate.value ?? []) : []
  })
  return values.length > 1 ? [{ policy: `the mean over ${by.join(' and ')}`, value: mean(values) }] : []
}

function ofStated(won: number | undefined, statedN: number | undefined): readonly Variant[] {
  return won === undefined || statedN === undefined
    ? []
    : [{ policy: `of the ${statedN} that are stated`, value: won / statedN }]
}

function withPublished(each: Finding, comparisons: readonly Recomputed[]): Finding {
  const match = comparisons.find(
    ({ quantity: name, conditions }) => name === each.quantity && conditions === each.conditions,
  )
  return match === undefined ? each : { ...each, published: match.published }
}

/** Shares of strata drawn towards one another by as much as they are alike, one a stratum of each quantity. */
function pooled(audited: readonly Audited[], by: readonly string[], level: number): readonly Audited[] {
  const strata = audited.filter(
    ({ share, conditions }) => share !== undefined && share.n > 0 && by.some((name) => name in conditions),
  )
  const groups = Map.groupBy(strata, ({ quantity: name, conditions }) =>
    JSON.stringify([name, Object.entries(conditions).map(([key, value]) => [key, by.includes(key) ? '' : value])]),
  )
  return [...groups.values()].flatMap((group) => {
    const shares = group.flatMap(({ share }) => share ?? [])
    const found = partialPooling(shares, level)
    if (found.type === 'not-estimable') return []
    return group.flatMap(({ variants: _variants, share: _share, won: _won, ...analysed }, i): readonly Audited[] => {
      const stratum = found.strata[i]
      if (stratum === undefined) return []
      const { value, interval, own } = stratum
      return [
        complete({
          ...analysed,
          quantity: `${analysed.quantity}, pooled`,
          title: `${analysed.title}, partially pooled`,
          estimate: { type: 'estimate', value, interval },
          policies: { ...analysed.policies, strata: 'drawn towards their mean, trials as independent' },
          details: { ownWeight: own },
        }),
      ]
    })
  })
}
