import { randomFrom, type Outcome } from '../../record/index.ts'
import { mcnemarExact, newcombePaired, signFlip } from '../../stats/index.ts'
import { asTheyAre, type Analysis, type AnalysisInput } from '../analysis.ts'
import type { Analysed } from '../finding.ts'
import { holmFamily } from '../holm-family.ts'
import { fewClusters } from '../mean.ts'
import { quantityTitle, words } from '../quantity-title.ts'
import type { Unit } from '../measure.ts'
import { pairedChange } from '../without-spread.ts'
import { average, averageOf, column, valueOf } from '../groups.ts'
import { groupsOver, type Pooling } from '../per-group.ts'
import { policiesOf } from './groups.ts'

/** Options of {@link pairedEffects}. */
export interface PairedEffectsOptions<
  F extends string,
  L extends string,
  P extends string = string,
> extends Pooling<P> {
  readonly factor: F
  /** Levels to compare with: the first of them that was run. */
  readonly from: readonly [L, ...L[]]
  readonly title?: string
}

/**
 * What each level of a factor changes against one of them, within tasks: every level is compared on the tasks, at the
 * levels of other factors, that both sides did. All comparisons of one agent are one family: intervals are simultaneous
 * (Bonferroni), so that with 95% chance all of them hold, and `holmP` is Holm's adjusted p.
 */
export function pairedEffects<
  const M extends string,
  const F extends string,
  const L extends string,
  const P extends string = never,
>(measure: M, options: PairedEffectsOptions<F, L, P>): Analysis<M, F | P, `${F}=${L}`> {
  const { factor, from, by = [], over = [] } = options
  return {
    name: `effects(${measure}: ${factor})`,
    measure,
    factors: [factor, ...by.filter((name): name is P => name !== 'agent'), ...over],
    levels: from.map((level): `${F}=${L}` => `${factor}=${level}`),
    options: { factor, from, by, over },
    derives: {
      type: 'levels',
      factor,
      sides(quantity, levels) {
        const to = levels.find((level) => from.some((base) => quantity === nameOf(measure, factor, base, level)))
        const base = from.find((level) => quantity === nameOf(measure, factor, level, to ?? ''))
        return to === undefined || base === undefined ? undefined : [base, to]
      },
    },
    run(input) {
      const levels = [...new Set(input.rows.map((row) => column(row, factor)))]
      const base = from.find((level) => levels.includes(level))
      if (base === undefined || levels.length < 2) return []
      return [...Map.groupBy(input.rows, (row) => row.agent).values()].flatMap((rows) => {
        const compared = comparisons(rows, measure, base, options, input)
        return corrected(compared, measure, base, options, input)
      })
    },
  }
}

function nameOf(measure: string, factor: string, from: string, to: string): string {
  return `difference(${measure}: ${factor} ${from} → ${to})`
}

interface Pair {
  readonly task: string
  readonly from: number
  readonly to: number
}

interface Comparison {
  readonly to: string
  readonly subject: Analysed['subject']
  readonly conditions: Readonly<Record<string, string>>
  readonly rows: readonly Outcome[]
  readonly pairs: readonly Pair[]
  readonly unpaired: number
  readonly pValue: number
}

function comparisons(
  rows: readonly Outcome[],
  measure: string,
  base: string,
  { factor, by = [], over = [] }: PairedEffectsOptions<string, string>,
  { varied, seed, intervalsOnly = false, key = asTheyAre }: AnalysisInput,
): readonly Comparison[] {
  const pooling = { by: by.filter((name) => name !== factor), over: [...over, factor] }
  return groupsOver(rows, varied, pooling).flatMap(({ conditions, subject, rows: group }) => {
    const sides = Map.groupBy(group, (row) => column(row, factor))
    const from = sides.get(base)
    if (from === undefined) return []
    const before = Map.groupBy(from, (row) => keyOf(row, factor))
    return [...sides].flatMap(([to, own]): readonly Comparison[] => {
      if (to === base) return []
      const after = Map.groupBy(own, (row) => keyOf(row, factor))
      const pairs = [...before].flatMap(([key, mine]): readonly Pair[] => {
        const [a, b] = [averageOf(mine, measure), averageOf(after.get(key) ?? [], measure)]
        return a === undefined || b === undefined ? [] : [{ task: mine[0]?.task ?? key, from: a, to: b }]
      })
      const unpaired = new Set([...before.keys(), ...after.keys()]).size - pairs.length
      const pValue = intervalsOnly
        ? 1
        : pOf(pairs, randomFrom(seed, measure, ...Object.entries(key({ [factor]: to })).flat()))
      return [{ to, subject, conditions, rows: [...from, ...own], pairs, unpaired, pValue }]
    })
  })
}

/** What makes two trials a pair: all but the level of the factor itself. */
function keyOf(row: Outcome, factor: string): string {
  const rest = Object.entries(row.cell).filter(([name]) => name !== factor)
  return JSON.stringify([row.task, row.seed, ...rest])
}

function corrected(
  compared: readonly Comparison[],
  measure: string,
  base: string,
  { factor, title }: PairedEffectsOptions<string, string>,
  { measures, level }: AnalysisInput,
): readonly Analysed[] {
  const tested = holmFamily(compared.map(({ pValue }) => pValue))
  const simultaneous = 1 - (1 - level) / Math.max(1, compared.length)
  return compared.map(({ to, subject, conditions, rows, pairs, unpaired, pValue }, index) => {
    const tasks = new Set(pairs.map(({ task }) => task)).size
    return {
      quantity: nameOf(measure, factor, base, to),
      title: title ?? quantityTitle(nameOf(measure, factor, base, to)),
      kind: 'change',
      subject,
      unit: measures[measure]?.unit ?? 'score',
      conditions,
      estimate: named(differenceOf(pairs, measures[measure]?.unit ?? 'score', simultaneous), level, compared.length),
      n: {
        trials: rows.filter((row) => valueOf(row, measure) !== undefined).length,
        tasks,
        clusters: tasks,
        invalid: rows.filter((row) => row.status === 'invalid').length,
        missing: unpaired,
      },
      method: 'paired difference within tasks, simultaneous interval (Bonferroni)',
      policies: {
        ...policiesOf({ rows, conditions: { ...conditions, [factor]: to } }),
        invalid: 'its pair is left out and counted as missing',
        pair: 'the same task at the same levels of all other factors',
        correction: `${compared.length} comparisons of this agent: simultaneous intervals by Bonferroni, p by Holm`,
      },
      details: {
        table: `${words(measure)}, by ${factor}`,
        meanFrom: average(pairs.map(({ from }) => from)),
        meanTo: average(pairs.map((pair) => pair.to)),
        better: pairs.filter((pair) => pair.to > pair.from).length,
        worse: pairs.filter((pair) => pair.to < pair.from).length,
        pValue,
        holmP: tested[index]?.holmP ?? 1,
        comparisons: compared.length,
      },
      caveats: fewClusters(tasks, 'tasks'),
      wrongIf: `something other than ${factor} differed between the two arms, or ${tasks} tasks are not like the ones you care about`,
    }
  })
}

/** All or nothing on each side, and every pair a task of its own: that is a table of four counts. */
function isTable(pairs: readonly Pair[]): boolean {
  const whole = pairs.every(({ from, to }) => (from === 0 || from === 1) && (to === 0 || to === 1))
  return whole && new Set(pairs.map(({ task }) => task)).size === pairs.length
}

function countsOf(pairs: readonly Pair[]): Parameters<typeof newcombePaired>[0] {
  const count = (from: number, to: number): number =>
    pairs.filter((pair) => pair.from === from && pair.to === to).length
  return { both: count(1, 1), fromOnly: count(1, 0), toOnly: count(0, 1), neither: count(0, 0) }
}

function differenceOf(pairs: readonly Pair[], unit: Unit, level: number): Analysed['estimate'] {
  if (isTable(pairs)) return newcombePaired(countsOf(pairs), level)
  return pairedChange(
    pairs.map(({ from }) => from),
    pairs.map(({ to }) => to),
    { clusters: pairs.map(({ task }) => task), unit, level },
  )
}

/** An interval that holds together with the others says so: its level is that of all of them at once. */
function named(estimate: Analysed['estimate'], level: number, comparisons: number): Analysed['estimate'] {
  if (estimate.type === 'not-estimable' || comparisons < 2) return estimate
  // A standard error would be read as that of an interval at the level alone.
  const { type, value, interval } = estimate
  return {
    type,
    value,
    interval: { ...interval, level, method: `${interval.method}, simultaneous over ${comparisons}` },
  }
}

function pOf(pairs: readonly Pair[], random: () => number): number {
  if (isTable(pairs)) {
    const { fromOnly, toOnly } = countsOf(pairs)
    return mcnemarExact(fromOnly, toOnly)
  }
  const found = signFlip(
    pairs.map(({ from, to }) => to - from),
    random,
    { clusters: pairs.map(({ task }) => task), replicates: 1_999 },
  )
  return found.type === 'estimate' ? found.pValue : 1
}
