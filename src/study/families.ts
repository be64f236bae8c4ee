import { holmFamily, type Analysed, type Analysis, type AnalysisInput, type Corrected } from '../findings/index.ts'
import { tCdf } from '../stats/index.ts'

/** Findings that are one question asked several times: of the numbers that compare, those that belong together. */
export interface Family {
  /** In words: "attack success above benign requests". */
  readonly name: string
  readonly has: (finding: Pick<Analysed, 'quantity' | 'kind' | 'measure'>) => boolean
}

/** What one analysis said, before it is a finding. */
export interface Said {
  readonly analysis: Analysis
  readonly analysed: Analysed
}

/**
 * The correction of every comparison (a change, ratio, correlation or slope) of a real agent for the others of its family
 * in this run: a simultaneous interval by Bonferroni, from the analysis itself at the level that all of them share, and
 * Holm's p. Without a family of the study's own, those of one measure and kind are one. Comparisons that their analysis
 * has corrected already are left alone, and so are amounts: they are held against nothing before a claim does it.
 *
 * @param said all that the run says
 * @returns the corrections by what they are of; nothing for a comparison that is alone
 * @see Holm (1979), Scandinavian Journal of Statistics 6, 65–70
 */
export function corrections(
  families: readonly Family[],
  said: readonly Said[],
  input: AnalysisInput,
): ReadonlyMap<Analysed, Corrected> {
  const compared = said.filter(({ analysed }) => isComparison(analysed))
  const groups = Map.groupBy(compared, ({ analysis, analysed }) => {
    const own = { ...analysed, measure: analysed.measure ?? analysis.measure }
    return families.find(({ has }) => has(own))?.name ?? `${KINDS[analysed.kind] ?? analysed.kind} of ${own.measure}`
  })
  const corrected = [...groups].flatMap(([name, group]) =>
    group.length < 2 ? [] : correctedFamily(name, group, input),
  )
  return new Map(corrected)
}

const KINDS: Readonly<Partial<Record<Analysed['kind'], string>>> = {
  change: 'changes',
  ratio: 'ratios',
  correlation: 'correlations',
  slope: 'slopes',
}

function isComparison({ kind, subject, details }: Analysed): boolean {
  return kind in KINDS && subject.type !== 'control' && details['comparisons'] === undefined
}

function correctedFamily(
  family: string,
  group: readonly Said[],
  input: AnalysisInput,
): readonly (readonly [Analysed, Corrected])[] {
  const level = 1 - (1 - input.level) / group.length
  const rows = input.rows.filter(({ control }) => !control)
  const again = new Map<Analysis, ReadonlyMap<string, Analysed>>()
  for (const { analysis } of group)
    if (!again.has(analysis))
      again.set(
        analysis,
        new Map(analysis.run({ ...input, rows, level, intervalsOnly: true }).map((each) => [nameOf(each), each])),
      )
  const known = group.map(({ analysed }) => pOf(analysed))
  // A comparison without a p counts all the same.
  const tested = holmFamily(known.map((p) => p ?? 1))
  return group.map(({ analysis, analysed }, index) => {
    const estimate = again.get(analysis)?.get(nameOf(analysed))?.estimate
    const p = known[index]
    return [
      analysed,
      {
        family,
        comparisons: group.length,
        ...(estimate?.type === 'estimate' && {
          interval: { low: estimate.interval.low, high: estimate.interval.high, level },
        }),
        ...(p !== undefined && { p, holmP: tested[index]?.holmP ?? 1 }),
      },
    ]
  })
}

function nameOf({ quantity, conditions }: Analysed): string {
  return JSON.stringify([quantity, conditions])
}

/** The permutation p where there is one, else that of the t interval; undefined where the method has neither. */
function pOf({ kind, estimate, details }: Analysed): number | undefined {
  const own = details['signFlipP'] ?? details['pValue']
  if (typeof own === 'number') return own
  if (estimate.type !== 'estimate' || kind !== 'change') return undefined
  const { value, standardError, df } = estimate
  if (standardError === undefined || df === undefined || standardError === 0) return undefined
  return Math.min(1, 2 * (1 - tCdf(Math.abs(value) / standardError, df)))
}
