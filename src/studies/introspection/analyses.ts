import type { Outcome } from '../../record/index.ts'
import { auroc, clusterProportion, exactUpperBoundAtZero, newcombe } from '../../stats/index.ts'
import { denominatorOf, perGroup, valueOf, type Analysis, type Finding } from '../../findings/index.ts'

interface Options<F extends string> {
  readonly by: readonly (F | 'agent')[]
  readonly title: string
}

const POLICIES = { invalid: 'left out and counted', injected: 'by lot, and unknown to the grader', cluster: 'seed' }

/** How often something is said where something was put in, or where nothing was; no event at all is told as a bound. */
export function rateWhere<const M extends string, const F extends string>(
  measure: M,
  injected: 0 | 1,
  { by, title, chance }: Options<F> & { readonly chance?: number },
): Analysis<M, F, never> {
  const name = `rate(${measure}: ${injected === 1 ? 'injected' : 'nothing injected'})`
  return {
    ...perGroup(name, measure, { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const kept = group.filter((row) => valueOf(row, 'injected') === injected)
      const values = kept.flatMap((row) => valueOf(row, measure) ?? [])
      if (values.length === 0) return []
      return [
        {
          quantity: name,
          title,
          kind: 'level',
          unit: 'proportion',
          subject,
          conditions,
          estimate: rate(values, kept, level),
          n: counted(group, kept),
          method: values.every((value) => value === 0)
            ? 'exact bound at no event'
            : 'cluster-robust proportion over seeds',
          policies: POLICIES,
          details: { events: values.filter((value) => value === 1).length, ...(chance !== undefined && { chance }) },
          caveats: [],
          wrongIf: 'another wording, another strength or a larger model would have answered otherwise',
        },
      ]
    }),
    options: { by, injected, ...(chance !== undefined && { chance }) },
  }
}

function rate(values: readonly number[], rows: readonly Outcome[], level: number): Finding['estimate'] {
  if (values.some((value) => value > 0))
    return clusterProportion(
      values,
      rows.map((row) => row.seed),
      level,
    )
  const high = exactUpperBoundAtZero(values.length, level)
  return { type: 'estimate', value: 0, interval: { low: 0, high, level, method: 'exact one-sided bound at no event' } }
}

/** Share that says yes where something was put in minus where nothing was. */
export function detection<const F extends string>({ by, title }: Options<F>): Analysis<'saidYes', F, never> {
  const name = 'difference(saidYes: nothing injected → injected)'
  return {
    ...perGroup(name, 'saidYes', { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const [without, withIt] = [0, 1].map((injected) => {
        const values = group
          .filter((row) => valueOf(row, 'injected') === injected)
          .flatMap((row) => valueOf(row, 'saidYes') ?? [])
        return { successes: values.reduce((a, b) => a + b, 0), n: values.length }
      })
      if (without === undefined || withIt === undefined || without.n === 0 || withIt.n === 0) return []
      return [
        {
          quantity: name,
          title,
          kind: 'change',
          unit: 'proportion',
          subject,
          conditions,
          estimate: newcombe(without, withIt, level),
          n: counted(
            group,
            group.filter((row) => valueOf(row, 'injected') !== undefined),
          ),
          method: 'Newcombe, two independent shares',
          policies: { ...POLICIES, cluster: 'none: each trial has a lot of its own' },
          details: {},
          caveats: [],
          wrongIf:
            'the vector made the word yes likelier without being noticed: the name it gives must be looked at too',
        },
      ]
    }),
    kind: 'change',
    options: { by },
  }
}

/** How well the chance of yes, by log-probabilities, tells injected trials from others, with its calibration in bins. */
export function separation<const F extends string>({ by, title }: Options<F>): Analysis<'chanceYes', F, never> {
  return {
    ...perGroup('auroc(chanceYes)', 'chanceYes', { by }, {}, ({ conditions, subject, rows: group }, { level }) => {
      const kept = group.flatMap((row) => {
        const [chance, injected] = [valueOf(row, 'chanceYes'), valueOf(row, 'injected')]
        return chance === undefined || injected === undefined ? [] : [{ row, chance, injected: injected === 1 }]
      })
      if (kept.length === 0) return []
      return [
        {
          quantity: 'auroc(chanceYes)',
          title,
          kind: 'level',
          unit: 'proportion',
          subject,
          conditions,
          estimate: auroc(
            kept.map(({ chance }) => chance),
            kept.map(({ injected }) => injected),
            level,
          ),
          n: counted(
            group,
            kept.map(({ row }) => row),
          ),
          method: 'DeLong, logit scale',
          policies: POLICIES,
          details: { calibration: bins(kept) },
          caveats: [],
          wrongIf: 'the vector made the word yes likelier without being noticed',
        },
      ]
    }),
    options: { by },
  }
}

/** Chance of yes as it was given, against how often something had been put in: five bins of equal width, empty ones left out. */
function bins(
  rows: readonly { readonly chance: number; readonly injected: boolean }[],
): readonly { readonly said: number; readonly injected: number; readonly n: number }[] {
  return [...Map.groupBy(rows, ({ chance }) => Math.min(4, Math.floor(chance * 5)))]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => ({
      said: own.reduce((total, { chance }) => total + chance, 0) / own.length,
      injected: own.filter(({ injected }) => injected).length / own.length,
      n: own.length,
    }))
}

function counted(group: readonly Outcome[], kept: readonly Outcome[]): Finding['n'] {
  return { ...denominatorOf(group, kept, 'seed'), missing: 0 }
}
