import { type CodedItem, rightness, rightOf } from '../../src/audit/coders.ts'
import { adjusted, compared, type Work } from '../../src/audit/trial.ts'
import * as stats from '../../src/stats/index.ts'
import { coverage, type HasInterval, normal, type Random, times } from '../stats/scenes.ts'
import type { Simulation } from '../stats/simulations.ts'

/** Coverage of what the audits of kinds `horizons`, `effect` and `coded` print, on made tables with a known truth. */
const cover = (name: string, between: readonly [number, number], run: () => number): Simulation => ({
  name,
  kind: 'coverage',
  between,
  run,
})

const RUNS = 1_000
/** Each takes a twentieth of a second. */
const FEW = 150

interface Frontier {
  /** Errors of ln minutes: of each agent, and of all of them alike. */
  readonly own: number
  readonly shared?: number
  readonly published?: boolean
  /** Whether the first agent of the table is at the state of the art of its day, or any. */
  readonly first?: 'best' | 'any'
}

/** Agents over 1,000 days: the best of their time are on a line that doubles every 180, 3 in 10 agents near it, the rest behind. */
function released(random: Random, { own, shared = 0, published = false, first = 'best' }: Frontier): HasInterval {
  const common = shared * normal(random)
  const agents = times(30, (i): stats.Released => {
    const leads = first === 'best' && i === 0
    const day = leads ? 0 : 1_000 * random()
    const behind = leads || random() < 0.3 ? 0.1 * Math.abs(normal(random)) : 0.5 + 1.5 * random()
    const minutes = Math.exp((Math.LN2 / 180) * day - behind + common + own * normal(random))
    return { released: day, minutes, ...(published && { error: Math.hypot(own, shared) }) }
  })
  const found = stats.horizonTrend(agents)
  return found.type === 'estimate' ? { type: 'estimate', interval: found.interval } : found
}

/** Work of so many people, 8 to 20 pieces each, treated by the toss of a coin: 1.2 times as long, a little more or less by person. */
function work(random: Random, people: number): readonly Work[] {
  return times(people, (person) => {
    const [slow, effect] = [0.5 * normal(random), Math.log(1.2) + 0.1 * normal(random)]
    return times(8 + Math.floor(13 * random()), (i): Work => {
      const treated = random() < 0.5
      const size = 0.6 * normal(random)
      return {
        unit: `${person}/${i}`,
        treated,
        outcome: Math.exp(4 + slow + size + (treated ? effect : 0) + 0.5 * normal(random)),
        cluster: String(person),
        stratum: '',
        forecast: Math.exp(4 + 0.5 * slow + size + 0.3 * normal(random)),
      }
    })
  }).flat()
}

/** Items of two authors in so many matters: the second errs twice as often. Two coders see each, the key a share of them. */
function codedWork(
  random: Random,
  { matters, keyed, base }: { readonly matters: number; readonly keyed: number; readonly base: number },
): readonly CodedItem[] {
  return times(matters, (matter) => {
    const chance = stats.betaQuantile(random(), 4 * base, 4 * (1 - base) + 1e-9) * 0.5
    return ['junior', 'ai'].flatMap((author) =>
      times(5, (i): CodedItem => {
        const wrong = random() < (author === 'ai' ? 2 * chance : chance)
        const says = (): string => (random() < (wrong ? 0.85 : 0.08) ? 'error' : 'none')
        return {
          item: `${matter}/${author}/${i}`,
          author,
          matter: String(matter),
          codings: ['a', 'b'].map((coder) => ({ coder, label: says(), severity: '' })),
          key: random() < keyed ? (wrong ? 'error' : 'none') : undefined,
        }
      }),
    )
  }).flat()
}

const isError = (label: string): boolean => label === 'error'

function armOf(items: readonly CodedItem[], author: string): { values: number[]; clusters: string[] } {
  const own = items.filter((each) => each.author === author)
  return {
    values: own.map(({ codings }) => codings.filter(({ label }) => isError(label)).length / codings.length),
    clusters: own.map(({ matter }) => matter),
  }
}

function corrected(items: readonly CodedItem[], author: string): HasInterval {
  const sides = rightness(items, isError)
  const { values, clusters } = armOf(items, author)
  const read = stats.clusterProportion(values, clusters)
  const [sensitivity, specificity] = [rightOf(sides.sensitivity, 0.95), rightOf(sides.specificity, 0.95)]
  if (read.type !== 'estimate' || sensitivity === undefined || specificity === undefined) return { type: 'none' }
  return stats.correctedShare({ ...read, sensitivity, specificity })
}

function correctedRisk(items: readonly CodedItem[]): HasInterval {
  const [from, to] = [armOf(items, 'junior'), armOf(items, 'ai')]
  const [a, b] = [from, to].map(({ values, clusters }) => stats.clusterProportion(values, clusters))
  const specificity = rightOf(rightness(items, isError).specificity, 0.95)
  if (a?.type !== 'estimate' || b?.type !== 'estimate' || specificity === undefined) return { type: 'none' }
  return stats.correctedRatio(a, b, specificity, stats.shareCorrelation(from, to))
}

/** Shares of two arms in clusters that both have: the second is twice the first. */
function twice(random: Random, clusters: number, base: number): HasInterval {
  const [from, to] = [false, true].map(() => ({ values: new Array<number>(), clusters: new Array<number>() }))
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const chance = stats.betaQuantile(random(), 6 * base, 6 * (1 - base)) * 0.5
    for (const [arm, rate] of [[from, chance] as const, [to, 2 * chance] as const])
      for (let i = 0; i < 6; i += 1) {
        arm?.values.push(random() < rate ? 1 : 0)
        arm?.clusters.push(cluster)
      }
  }
  return from === undefined || to === undefined ? { type: 'none' } : stats.shareRatio(from, to)
}

export const kindSimulations: readonly Simulation[] = [
  cover('doubling time, spread alone', [0.86, 0.94], () =>
    coverage('frontier', RUNS, 180, (random) => released(random, { own: 0.35 })),
  ),
  cover('doubling time, published intervals', [0.92, 0.98], () =>
    coverage('frontier', RUNS, 180, (random) => released(random, { own: 0.35, published: true })),
  ),
  cover('doubling time, published intervals with errors in common', [0.92, 0.99], () =>
    coverage('frontier', RUNS, 180, (random) => released(random, { own: 0.2, shared: 0.3, published: true })),
  ),
  cover('doubling time of a window that begins with agents behind', [0.75, 0.9], () =>
    coverage('frontier', RUNS, 180, (random) => released(random, { own: 0.35, published: true, first: 'any' })),
  ),
  ...[8, 16, 30].map((people) =>
    cover(`effect: ratio of geometric means, ${people} people`, [0.93, 0.97], () =>
      coverage(`effect ${people}`, RUNS, 1.2, (random) =>
        compared(work(random, people), 'ratio', 'log', ({ outcome }) => outcome, 0.95),
      ),
    ),
  ),
  ...[8, 16].map((people) =>
    cover(`effect: ratio adjusted for the forecast, ${people} people`, [0.92, 0.975], () =>
      coverage(`adjusted ${people}`, RUNS, 1.2, (random) =>
        adjusted(work(random, people), 'ratio', ['forecast'], 0.95),
      ),
    ),
  ),
  ...[10, 20, 40].map((clusters) =>
    cover(`relative risk, ${clusters} clusters in both arms`, [0.93, 0.975], () =>
      coverage(`risk ${clusters}`, RUNS, 2, (random) => twice(random, clusters, 0.4)),
    ),
  ),
  ...[10, 40].flatMap((matters) => {
    const table = { matters, keyed: 0.3, base: 0.5 }
    return [
      cover(`coded: corrected rate, ${matters} matters`, [0.94, 1], () =>
        coverage(`coded ${matters}`, FEW, truthOf(table.base), (random) => corrected(codedWork(random, table), 'ai')),
      ),
      cover(`coded: corrected relative risk, ${matters} matters`, [0.94, 1], () =>
        coverage(`coded ${matters}`, FEW, 2, (random) => correctedRisk(codedWork(random, table))),
      ),
    ]
  }),
]

function truthOf(base: number): number {
  return (4 * base) / (4 + 1e-9)
}
