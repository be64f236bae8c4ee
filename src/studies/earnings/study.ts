import type { JsonObject, Outcome } from '../../record/index.ts'
import { costPerSuccess } from '../../findings/length/index.ts'
import { earned, paidWorkOf, pricesOf } from '../../findings/pay/index.ts'
import {
  between,
  defineStudy,
  exactly,
  levels,
  type CellOf,
  type Expectation,
  type Found,
  type Study,
} from '../../study/index.ts'
import { mean, valueOf, exact } from '../../findings/index.ts'
import {
  able,
  agentsApart,
  almost,
  choosy,
  family,
  halfway,
  idle,
  SCAFFOLDS,
  tools,
  WORK_MEASURES,
  worker,
  workOf,
  workScaffold,
  workTask,
} from '../work/index.ts'

const factors = {
  family,
  size: levels('1', '2', '4', '8', '16', '32', '64').default('1', '4', '16'),
  tools,
  scaffold: levels(...SCAFFOLDS),
  template: levels('chat', 'completion'),
}

type Cell = CellOf<typeof factors>
type Paid = Found<typeof factors>

/** The least that the choosy worker works for. Cents. */
const LEAST = 200

/** What the work of a cell pays, by its family's rule: the same for every seed. Cents. */
function priceOf({ family, size }: Cell): number {
  return workOf(family, Number(size), 'price').price ?? 0
}

/** What a trial says of its task, whoever does it. */
const stated = {
  price: (cell: Cell): Expectation => exactly(priceOf(cell)),
  steps: ({ size }: Cell): Expectation => exactly(Number(size)),
}

function isWorthIt(cell: Cell): number {
  return priceOf(cell) >= LEAST ? 1 : 0
}

/** Half of the parts where a step is a part; elsewhere some of them, or none where half a step is none. */
function halfScore({ family, size }: Cell): Expectation {
  return family === 'configurations' && Number(size) >= 4 ? exactly(0.5) : between(0, 0.9)
}

/** What a worker earns that does right so much of the work of a cell: all or nothing, 1 or 0. */
function earning(right: (cell: Cell) => number): Readonly<Record<string, Paid>> {
  const sum = (trials: Parameters<Paid>[1], of: (cell: Cell) => number): number =>
    trials.reduce((total, { cell }) => total + of(cell), 0)
  const won = (cell: Cell): number => right(cell) * priceOf(cell)
  return {
    offered: (_, trials) => exactly(sum(trials, priceOf)),
    earned: (_, trials) => exactly(sum(trials, won)),
    'earned share': (_, trials) => exactly(sum(trials, won) / sum(trials, priceOf)),
    done: (_, trials) => exactly(sum(trials, right) / trials.length),
    untested: () => exactly(0),
  }
}

/** Reading costs it nothing, so that its price is known: $10 for a million tokens written, a cent a turn. */
const COSTLY = {
  output: 1_000,
  perSecond: 50,
  price: { input: 0, output: 10, asOf: '2026-01-01', source: 'made up for a worker whose cost is known' },
}
/** What it reads is counted by the loop alone, and fits its window. */
const MOST_READ = 32_000

/** Turns of the costly worker over these trials: one a step and one to hand in, or that one alone. */
function turnsOf(trials: Parameters<Paid>[1]): number {
  return trials.reduce((sum, { cell }) => sum + isWorthIt(cell) * Number(cell.size) + 1, 0)
}

/** A helper takes turns of its own. */
function isAlone(trials: Parameters<Paid>[1]): boolean {
  return trials.every(({ cell }) => cell.scaffold !== 'subagents')
}

/** So many turns for each piece of work done right; undefined where none is, or a helper works too. */
function turnsPerSuccess(trials: Parameters<Paid>[1]): number | undefined {
  if (!isAlone(trials)) return undefined
  const won = trials.reduce((sum, { cell }) => sum + isWorthIt(cell), 0)
  return won === 0 ? undefined : turnsOf(trials) / won
}

/** What share of the dollars on offer for work of known price an agent earns, and at what cost. */
export const earnings: Study = defineStudy({
  name: 'earnings',
  question: 'What share of the dollars on offer for paid work does an agent earn, all or nothing, and at what cost?',
  factors,
  tasks: ({ family, size, tools, scaffold, template }, seed) => [
    workTask(workOf(family, Number(size), seed), {
      tools,
      scaffold: workScaffold(scaffold, 'trim', { tools, template, window: 32_000 }),
    }),
  ],
  outcome: WORK_MEASURES,
  checks: exact("the files that the agent left, by the task's own check, and meters"),
  controls: {
    able: {
      property: 'does all work right: it earns every dollar',
      ...worker(able),
      reads: { success: () => exactly(1), score: () => exactly(1), ...stated },
      finds: earning(() => 1),
    },
    choosy: {
      property: `does right whatever pays at least $${(LEAST / 100).toFixed(2)} and hands the rest in untouched: its share of dollars is above its share of tasks`,
      ...worker(choosy(LEAST)),
      varies: ['family', 'size', 'tools'],
      reads: { success: (cell) => exactly(isWorthIt(cell)), score: (cell) => exactly(isWorthIt(cell)), ...stated },
      finds: earning(isWorthIt),
    },
    half: {
      property: 'does the first half of each piece of work and hands that in: some of the parts, and not a dollar',
      ...worker(halfway),
      varies: ['family', 'size', 'tools'],
      reads: { success: () => exactly(0), score: halfScore, ...stated },
      finds: earning(() => 0),
    },
    almost: {
      property: 'does all of each piece of work but the last step: most of the parts, and not a dollar',
      ...worker(almost),
      varies: ['family', 'size', 'tools'],
      reads: { success: () => exactly(0), score: () => between(0, 0.999), ...stated },
      finds: earning(() => 0),
    },
    costly: {
      property: `chooses as the choosy one does, and writes ${COSTLY.output.toLocaleString('en-US')} tokens each turn, one turn a step and one to hand in: a cent a turn, on failures too, since its reading is free`,
      ...worker(choosy(LEAST), COSTLY),
      varies: ['family', 'size', 'tools'],
      reads: { success: (cell) => exactly(isWorthIt(cell)), tokensPerSecond: () => exactly(COSTLY.perSecond) },
      finds: {
        cost: (_, trials) => (isAlone(trials) ? exactly(turnsOf(trials)) : undefined),
        'dollars per success(success)': (_, trials) => {
          const turns = turnsPerSuccess(trials)
          return turns === undefined ? undefined : exactly(turns)
        },
        'tokens per success(success)': (_, trials) => {
          const turns = turnsPerSuccess(trials)
          return turns === undefined ? undefined : between(turns * COSTLY.output, turns * (COSTLY.output + MOST_READ))
        },
      },
    },
    idle: {
      property: 'hands in what it was given: it earns nothing',
      ...worker(idle),
      varies: ['family', 'size', 'tools'],
      reads: { success: () => exactly(0), score: () => exactly(0), ...stated },
      finds: earning(() => 0),
    },
  },
  findings: [
    earned('success', { price: 'price', over: ['family', 'size'] }),
    earned('success', { price: 'price', by: ['family'], over: ['size'] }),
    costPerSuccess('success', { spend: 'dollars', over: ['family', 'size'] }),
    costPerSuccess('success', { spend: 'tokens', over: ['family', 'size'] }),
    mean('score', { by: ['agent'], over: ['family', 'size'], cluster: 'task', title: 'share of the parts done' }),
  ],
  repeats: 4,
  headline: ({ quantity, unit, conditions }) =>
    conditions['family'] === undefined && quantity !== 'offered' && unit !== 'tokens',
  rows: { earnings: earningsRows },
})

/** Trials as rows for `assay audit --as earnings`. */
function earningsRows(rows: readonly Outcome[]): readonly JsonObject[] {
  const prices = pricesOf(rows, 'price')
  const agentOf = agentsApart(rows, ['family', 'size'])
  return rows.map((row) => {
    const { task, price, tested, cost } = paidWorkOf(row, 'success', prices)
    return {
      ...row.cell,
      agent: agentOf(row),
      task,
      price: price ?? null,
      score: valueOf(row, 'success') ?? null,
      kind: row.cell['family'] ?? '',
      tested: tested ? 1 : 0,
      ...(cost !== undefined && { cost }),
    }
  })
}
