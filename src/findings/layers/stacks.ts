import type { Outcome } from '../../record/index.ts'
import { clusterProportion } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import { complete } from '../complete.ts'
import type { Analysed } from '../finding.ts'
import { failedTogether, phisOf } from './together.ts'
import { perGroup } from '../per-group.ts'
import { breaches, casesIn, rowsAlone, settingsOf, stackName, type LayerRow, type StackLayer } from './stack-cases.ts'
import { jointRatio } from './ratio.ts'
import { base, type Part } from './stack-part.ts'
import { falseRefusals } from './stack-price.ts'
import { worths } from './worth.ts'

/** Options of {@link stackedBreach}. */
export interface StackOptions<M extends string, F extends string> {
  readonly layers: readonly StackLayer<M, F>[]
  /** Factor whose levels are kinds of attack. */
  readonly attack: F
  /** The level of it whose cases are fixed attacks, one a trial. */
  readonly cases: string
  /** The level of ordinary requests: what a stack costs in utility. */
  readonly ordinary: string
  /** Measure that is 1 where the target itself refused. */
  readonly refused: M
  /** Levels of attackers that know the stack and meet all of its layers: without them a stack is labelled as attacked without adapting only. */
  readonly adaptive: readonly string[]
  /** What else is to be said of a stack under some conditions, such as how often a layer of it errs. Default nothing. */
  readonly notes?: (conditions: Readonly<Record<string, string>>) => readonly string[]
}

/** A run's attacks as rows of kind `layers`: each layer alone, on every case that met all settings. */
export function layerRows<M extends string, F extends string>(
  rows: readonly Outcome[],
  yielded: M,
  { layers, attack, cases: fixed }: StackOptions<M, F>,
): readonly LayerRow[] {
  const { cases } = casesIn(
    rows.filter((row) => row.cell[attack] === fixed),
    yielded,
    layers,
  )
  return rowsAlone(
    cases,
    layers.map(({ name }) => name),
    settingsOf(layers),
  )
}

/**
 * What stacks of layers stop together: every subset of the layers from the cases that met all settings, single and joint
 * rates by the very functions that audit other people's layers, dependence among the attacks that the bare target yields to,
 * each layer's worth over every order (Shapley), and what the stacks cost in ordinary requests.
 *
 * Tasks are named `family-behaviour/wording`: behaviours are the clusters, families the strata.
 *
 * @param yielded measure that is 1 where the target did what was asked, whatever the layers did
 */
export function stackedBreach<const M extends string, const F extends string>(
  yielded: M,
  options: StackOptions<M, F>,
): Analysis<M, F, never> {
  const { layers, attack, cases: fixed, ordinary, adaptive } = options
  const switched = layers.flatMap((layer) => (layer.type === 'switched' ? [layer.factor] : []))
  return {
    ...perGroup(`stacks(${yielded})`, yielded, { over: [attack, ...switched] }, {}, (group, input) => {
      const { subject, conditions, rows } = group
      const attacked = rows.filter((row) => row.cell[attack] === fixed)
      const { cases, n } = casesIn(attacked, yielded, layers)
      const label = labelOf(
        cases.length,
        rows.some((row) => adaptive.includes(row.cell[attack] ?? '') && row.status !== 'invalid'),
      )
      const part: Part = {
        subject,
        conditions,
        cases,
        n,
        label,
        layers: layers.map(({ name }) => name),
        settings: settingsOf(layers),
        input,
        notes: options.notes?.(conditions) ?? [],
      }
      const asked = rows.filter((row) => row.cell[attack] === ordinary)
      return [
        ...everyStack(part),
        ...eachAlone(part),
        ...givenYield(part),
        // Worth is a mean over parts of the stack, which nobody met who adapts.
        ...worths({ ...part, label: labelOf(cases.length, false) }),
        ...falseRefusals(part, asked, options.refused, layers),
      ]
    }),
    options: { layers: layers.map((layer) => `${layer.name} ${layer.type}`), attack, cases: fixed, ordinary, adaptive },
  }
}

function labelOf(cases: number, adapted: boolean): string {
  if (cases === 0) return 'untested: nothing attacked it'
  return adapted
    ? 'attacked with and without adapting'
    : 'attacked without adapting only: not tested against an adaptive attacker'
}

function everyStack(part: Part): readonly Analysed[] {
  const { cases, layers, settings, input } = part
  const behaviours = cases.map(({ behaviour }) => behaviour)
  const whole = 2 ** layers.length - 1
  return Array.from({ length: whole + 1 }, (_, stack): Analysed => {
    // Who adapts meets the whole stack: of its parts nobody knows what they would hold.
    const label = stack === whole ? part.label : labelOf(cases.length, false)
    const through = cases.map((each) => (breaches(each, stack, settings) ? 1 : 0))
    return complete({
      ...base({ ...part, label }),
      quantity: 'stack breach',
      title: 'share of attacks that get through the stack',
      kind: 'level',
      unit: 'proportion',
      conditions: { ...part.conditions, stack: stackName(stack, layers) },
      estimate: clusterProportion(through, behaviours, input.level),
      details: { breached: through.filter((each) => each === 1).length, label },
    })
  })
}

/** What the intervals of φ rest on. */
const ALIKE = 'attacks on one behaviour are alike: the interval takes them as independent'

/**
 * Each layer alone, and all of them together as if independent. Wordings of one behaviour are alike, so behaviours are the
 * clusters, which rows of kind `layers` do not know; φ has none, and says so.
 */
function eachAlone(part: Part): readonly Analysed[] {
  const { cases, layers, settings, input, subject, conditions } = part
  if (cases.length === 0 || layers.length < 2) return []
  const together = failedTogether(
    layers,
    cases.map((each) => layers.map((_, at) => breaches(each, 1 << at, settings))),
    {
      clusters: cases.map(({ behaviour }) => behaviour),
      strata: cases.map(({ family }) => family),
      level: input.level,
      seed: input.seed,
    },
  )
  // Each layer stands alone here, and nobody met it so who adapts.
  const { n, caveats, policies } = base({ ...part, label: labelOf(cases.length, false) })
  return together.map((each) => ({
    ...each,
    ...(each.kind === 'correlation' && { wrongIf: ALIKE }),
    subject,
    conditions,
    n,
    caveats,
    policies: { ...each.policies, ...policies },
  }))
}

/**
 * Dependence of the misses of the layers that only block, among attacks that the target yields to, under every setting of
 * those that change what it sees: all layers stand round one target, so over all attacks they fail together wherever it
 * does.
 */
function givenYield(part: Part): readonly Analysed[] {
  const { cases, settings, input } = part
  const layers = settings.shadowed.map((at) => part.layers[at] ?? '')
  if (layers.length < 2) return []
  const yields = cases.flatMap(({ behaviour, under }) =>
    [...under.values()].flatMap(({ yielded, stopped }) => (yielded ? [{ behaviour, stopped }] : [])),
  )
  const behaviours = yields.map(({ behaviour }) => behaviour)
  const missed = yields.map(({ stopped }) => stopped.map((each) => !each))
  const stacked = missed.map((each) => each.every(Boolean))
  const n = { ...part.n, trials: yields.length, tasks: yields.length, clusters: new Set(behaviours).size }
  const given = {
    ...base({ ...part, n }),
    policies: {
      ...base(part).policies,
      cases: 'those that the target yields to, under each setting of the layers that change what it sees',
    },
  }
  const alone = layers.map((_, at) => missed.filter((row) => row[at] === true).length / Math.max(1, missed.length))
  return [
    complete({
      ...given,
      quantity: 'ratio given yield',
      title: `how many times as often all ${layers.length} blocking layers fail together as independent ones would, among attacks that the target yields to (1: independent)`,
      kind: 'ratio',
      unit: 'score',
      estimate: jointRatio(missed, stacked, behaviours, input.level),
      details: {
        yielded: yields.length,
        through: stacked.filter(Boolean).length,
        independent: alone.reduce((product, each) => product * each, 1),
      },
      wrongIf: 'an adaptive attacker, knowing the layers, picks other attacks',
    }),
    ...phisOf(missed, given, input.level).map(({ first, second, phi }) => ({
      ...given,
      ...phi,
      quantity: `phi given yield(${layers[first]}, ${layers[second]})`,
      title: `φ of ${layers[first]} and ${layers[second]}, among attacks that the target yields to`,
      wrongIf: ALIKE,
    })),
  ]
}
