import type { JsonObject, Outcome } from '../../record/index.ts'
import { costPerSuccess } from '../../findings/length/index.ts'
import { earned, paidWorkOf, pricesOf } from '../../findings/pay/index.ts'
import { defineStudy, exactly, levels, type CellOf, type Expectation, type Study } from '../../study/index.ts'
import { mean, valueOf, exact } from '../../findings/index.ts'
import {
  able,
  agentsApart,
  choosy,
  family,
  idle,
  SCAFFOLDS,
  WORK_MEASURES,
  worker,
  workOf,
  workScaffold,
  workTask,
} from '../work/index.ts'

const factors = {
  family,
  size: levels('1', '2', '4', '8', '16', '32', '64').default('1', '4', '16'),
  scaffold: levels(...SCAFFOLDS),
  template: levels('chat', 'completion'),
}

type Cell = CellOf<typeof factors>

/** The least that the choosy worker works for. Cents. */
const LEAST = 200

/** What the work of a cell pays, by its family's rule: the same for every seed. Cents. */
function priceOf({ family, size }: Cell): number {
  return workOf(family, Number(size), 'price').price ?? 0
}

const paid = (cell: Cell): Expectation => exactly(priceOf(cell))

/** What share of the dollars on offer for work of known price an agent earns, and at what cost. */
export const earnings: Study = defineStudy({
  name: 'earnings',
  question: 'What share of the dollars on offer for paid work does an agent earn, all or nothing, and at what cost?',
  factors,
  tasks: ({ family, size, scaffold, template }, seed) => [
    workTask(workOf(family, Number(size), seed), {
      scaffold: workScaffold(scaffold, 'trim', { template, window: 32_000 }),
    }),
  ],
  outcome: WORK_MEASURES,
  checks: exact("the files that the agent left, by the task's own check, and meters"),
  controls: {
    able: {
      property: 'does all work right: it earns every dollar',
      ...worker(able),
      varies: ['family', 'size'],
      reads: { success: () => exactly(1), price: paid },
    },
    choosy: {
      property: `does right whatever pays at least $${(LEAST / 100).toFixed(2)} and hands the rest in untouched: its share of dollars is above its share of tasks`,
      ...worker(choosy(LEAST)),
      varies: ['family', 'size'],
      reads: { success: (cell) => exactly(priceOf(cell) >= LEAST ? 1 : 0), price: paid },
    },
    idle: {
      property: 'hands in what it was given: it earns nothing',
      ...worker(idle),
      varies: ['family', 'size'],
      reads: { success: () => exactly(0), price: paid },
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
