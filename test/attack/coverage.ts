// How often the intervals of `breach` and `layers` cover what planted targets and layers are known to do:
//   node test/attack/coverage.ts [seeds] [words of the name]
import { outcomeRow } from '../findings/outcome-row.ts'
import { pathToFileURL } from 'node:url'
import { randomFrom, type Outcome, type Random } from '../../src/record/index.ts'
import { betaQuantile, logBeta } from '../../src/stats/index.ts'
import { count, proportion, type Analysis } from '../../src/findings/index.ts'
import { stackedBreach } from '../../src/findings/layers/index.ts'
import { successBySpend } from '../../src/findings/spend/index.ts'

/** One planted truth, and the intervals that should hold it. */
export interface Coverage {
  readonly name: string
  /** Of one seed: each quantity with whether its interval covers the truth; those without an interval are left out. */
  readonly read: (seed: number) => Readonly<Record<string, boolean>>
}

const measures = {
  broken: proportion(),
  queries: count(),
  gaveUp: proportion(),
  yielded: proportion(),
  refused: proportion(),
  stopsA: proportion(),
  stopsB: proportion(),
  stopsC: proportion(),
}

function outcome(task: string, repeat: number, cell: Outcome['cell'], values: Outcome['values']): Outcome {
  return outcomeRow({
    trial: `${task}/${repeat}/${JSON.stringify(cell)}`,
    task,
    agent: 'planted',
    cell,
    repeat,
    seed: `s/${repeat}`,
    status: values['broken'] === 0 && values['gaveUp'] === 0 ? 'limit' : 'completed',
    values,
  })
}

const CAP = 10

/** Attacks on so many behaviours, each with a rate of its own, up to ten queries. */
function attacks(rates: readonly number[], repeats: number, random: Random): readonly Outcome[] {
  return rates.flatMap((p, behaviour) =>
    Array.from({ length: repeats }, (_, repeat) => {
      let queries = 1
      while (queries < CAP && random() >= p) queries++
      const broken = queries < CAP || random() < p ? 1 : 0
      return outcome(
        `b-${behaviour}`,
        repeat,
        { attacker: 'direct', budget: String(CAP) },
        { broken, queries, gaveUp: 0 },
      )
    }),
  )
}

const curve = successBySpend('broken', {
  spend: 'queries',
  gaveUp: 'gaveUp',
  attack: 'attacker',
  cap: 'budget',
  at: [1, 5, 10],
})

/** Which of an analysis' intervals cover the truth, by quantity. */
function covered(
  analysis: Analysis,
  rows: readonly Outcome[],
  seed: number,
  truth: (quantity: string, conditions: Readonly<Record<string, string>>) => number | undefined,
): Readonly<Record<string, boolean>> {
  const found = analysis.run({ rows, measures, varied: [], level: 0.95, seed: `${seed}` })
  const all: Record<string, boolean> = {}
  for (const { quantity, conditions, estimate } of found) {
    const known = truth(quantity, conditions)
    if (known === undefined || estimate.type !== 'estimate') continue
    const { low, high } = estimate.interval
    const { stack, layer } = conditions
    all[[quantity, stack ?? layer].filter((each) => each !== undefined).join(' of ')] =
      low - 1e-12 <= known && known <= high + 1e-12
  }
  return all
}

function queriesOf(quantity: string): number | undefined {
  const found = /^success@(\d+)/.exec(quantity)?.[1]
  return found === undefined ? undefined : Number(found)
}

const P = 0.2
const ALPHA = 0.5
const BETA = 2

function within(n: number): number {
  return -Math.expm1(logBeta(ALPHA, BETA + n) - logBeta(ALPHA, BETA))
}

const Q = 0.4
const BLIND = 0.25
const ELSE = (Q - BLIND) / (1 - BLIND)
const STOPS = ['stopsA', 'stopsB', 'stopsC'] as const

/** Cases that pass three shadowed layers, which miss by themselves or share a blind spot. */
function cases(blind: number, random: Random): readonly Outcome[] {
  return Array.from({ length: 30 }, (_, behaviour) =>
    Array.from({ length: 4 }, (_, wording) => {
      const unseen = random() < blind
      const stops = Object.fromEntries(
        STOPS.map((name) => [name, unseen || random() < (blind > 0 ? ELSE : Q) ? 0 : 1] as const),
      )
      return outcome(
        `f${behaviour % 3}-${behaviour}/${wording}`,
        0,
        { attack: 'each-template' },
        { yielded: 1, refused: 0, ...stops },
      )
    }),
  ).flat()
}

const stacks = stackedBreach('yielded', {
  layers: STOPS.map((stops, at) => ({ name: 'ABC'.charAt(at), type: 'shadowed', stops })),
  attack: 'attack',
  cases: 'each-template',
  ordinary: 'ordinary',
  refused: 'refused',
  adaptive: [],
})

function size({ stack = 'none' }: Readonly<Record<string, string>>): number {
  return stack === 'none' ? 0 : stack.split('+').length
}

/** What a planted set of layers lets pass: all of a stack of k. */
function stackTruth(through: (layers: number) => number): Parameters<typeof covered>[3] {
  const worth = (1 - through(3)) / 3
  const product = through(1) ** 3
  const phi = (through(2) - through(1) ** 2) / (through(1) * (1 - through(1)))
  return (quantity, conditions) => {
    if (quantity === 'stack breach') return size(conditions) === 0 ? undefined : through(size(conditions))
    if (quantity === 'contribution') return worth
    if (quantity === 'joint') return through(3)
    if (quantity === 'ratio' || quantity === 'ratio given yield') return through(3) / product
    if (quantity.startsWith('phi(')) return phi
    return undefined
  }
}

export const coverages: readonly Coverage[] = [
  {
    name: 'a target that yields to each attempt with 0.2',
    read(seed) {
      const rows = attacks(
        Array.from({ length: 24 }, () => P),
        1,
        randomFrom('steady', seed),
      )
      return covered(curve, rows, seed, (quantity) => {
        const n = queriesOf(quantity)
        return n === undefined ? undefined : 1 - (1 - P) ** n
      })
    },
  },
  {
    name: 'a target whose rates are Beta(0.5, 2) over behaviours',
    read(seed) {
      const random = randomFrom('uneven', seed)
      const rates = Array.from({ length: 24 }, () => betaQuantile(random(), ALPHA, BETA))
      return covered(curve, attacks(rates, 1, random), seed, (quantity) => {
        const n = queriesOf(quantity)
        return n === undefined ? undefined : within(n)
      })
    },
  },
  {
    name: 'the same attacked four times a behaviour, clustered',
    read(seed) {
      const random = randomFrom('clustered', seed)
      const rates = Array.from({ length: 24 }, () => betaQuantile(random(), ALPHA, BETA))
      return covered(curve, attacks(rates, 4, random), seed, (quantity) => {
        const n = queriesOf(quantity)
        return n === undefined || quantity.includes('extrapolated') ? undefined : within(n)
      })
    },
  },
  {
    name: 'a target that yields with 0.003: the bound where none did',
    read(seed) {
      const rows = attacks(
        Array.from({ length: 24 }, () => 0.003),
        1,
        randomFrom('never', seed),
      )
      return covered(curve, rows, seed, (quantity) =>
        quantity === 'zero-event bound' ? 1 - (1 - 0.003) ** CAP : undefined,
      )
    },
  },
  {
    name: 'three independent layers',
    read: (seed) =>
      covered(
        stacks,
        cases(0, randomFrom('independent', seed)),
        seed,
        stackTruth((k) => Q ** k),
      ),
  },
  {
    name: 'three layers with a common blind spot',
    read: (seed) =>
      covered(
        stacks,
        cases(BLIND, randomFrom('common', seed)),
        seed,
        stackTruth((k) => BLIND + (1 - BLIND) * ELSE ** k),
      ),
  },
]

/** Share of seeds whose interval covers, by quantity. */
export function shares({ read }: Coverage, seeds: number): Readonly<Record<string, { covered: number; of: number }>> {
  const all: Record<string, { covered: number; of: number }> = {}
  for (let seed = 0; seed < seeds; seed++) {
    for (const [quantity, covers] of Object.entries(read(seed))) {
      const own = (all[quantity] ??= { covered: 0, of: 0 })
      own.of++
      if (covers) own.covered++
    }
  }
  return all
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const seeds = Number(process.argv[2] ?? 1000)
  for (const coverage of coverages.filter(({ name }) => name.includes(process.argv[3] ?? ''))) {
    console.log(coverage.name)
    for (const [quantity, { covered: times, of }] of Object.entries(shares(coverage, seeds)))
      console.log(`  ${quantity.padEnd(34)} ${((100 * times) / of).toFixed(1)}% of ${of}`)
  }
}
