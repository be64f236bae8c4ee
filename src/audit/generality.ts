import { AssayError } from '../assay-error.ts'
import { also, id, outcome, type Row } from '../rows/index.ts'
import { clusterRegression, normalQuantile, spearman, tQuantile } from '../stats/index.ts'
import { complete, countEach } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { distinct, number, text } from './cells.ts'

/** Whether static benchmarks predict agentic ones, agent by agent. */
export const generality: AuditKind = {
  name: 'generality',
  about: 'one score of an agent on a benchmark',
  finds:
    '`correlation`, `residual` of each agent with outliers marked; `correlation(a, b)` of each two benchmarks where no kind is given',
  columns: [
    id('agent'),
    id('benchmark'),
    outcome('score', 'number'),
    also('kind', 'text', 'static or agentic'),
    also('release_date', 'date'),
  ],
  key: ['agent', 'benchmark'],
  cells: { items: 'benchmark', across: 'agent' },
  audit: (part, context) => (context.has('kind') ? byKind(part, context) : byPair(part, context)),
}

const WRONG = 'agents were tuned on some of these benchmarks, or ran at unlike budgets'

/** Beyond this many of a thing, each two of them are not compared: nobody reads a thousand rows of correlations. */
const MOST_PAIRED = 40

/** Every pair of benchmarks, where none is called static or agentic. */
function byPair(part: Part, { level }: AuditContext): readonly Audited[] {
  const names = [...new Set(part.rows.map((row) => text(row['benchmark'])))]
  if (names.length > MOST_PAIRED)
    throw new AssayError(
      'audit/too-many',
      `${names.length.toLocaleString('en-US')} benchmarks are too many to compare in pairs (at most ${MOST_PAIRED}): map another column as benchmark, give a column kind, or choose some with --where.`,
    )
  const scores = new Map(names.map((name) => [name, meansBy(part.rows.filter((row) => row['benchmark'] === name))]))
  return names.flatMap((a, i) =>
    names.slice(i + 1).map((b): Audited => {
      const [first, second] = [scores.get(a), scores.get(b)]
      const shared = [...(first ?? new Map<string, number>()).keys()].filter((agent) => second?.has(agent))
      const of = (from: ReadonlyMap<string, number> | undefined): readonly number[] =>
        shared.map((agent) => from?.get(agent) ?? 0)
      return complete({
        quantity: `correlation(${a}, ${b})`,
        title: `rank correlation of ${a} and ${b}`,
        kind: 'correlation',
        unit: 'score',
        subject: part.subject,
        conditions: part.conditions,
        estimate: spearman(of(first), of(second), level),
        n: { ...countEach(shared.length, distinct(part.rows, 'agent') - shared.length), tasks: 2 },
        policies: { missing: 'agents without both are left out and counted' },
        wrongIf: WRONG,
      })
    }),
  )
}

function byKind(part: Part, { level }: AuditContext): readonly Audited[] {
  const standard = standardised(part.rows)
  const side = (kind: string): ReadonlyMap<string, number> =>
    meansBy(
      standard
        .filter(({ row }) => text(row['kind']).toLowerCase() === kind)
        .map(({ row, z }) => ({ ...row, score: z })),
    )
  const [still, acting] = [side('static'), side('agentic')]
  const agents = [...still.keys()].filter((agent) => acting.has(agent))
  const x = agents.map((agent) => still.get(agent) ?? 0)
  const y = agents.map((agent) => acting.get(agent) ?? 0)
  const base = {
    n: {
      ...countEach(agents.length, distinct(part.rows, 'agent') - agents.length),
      tasks: new Set(standard.map(({ row }) => text(row['benchmark']))).size,
    },
    policies: {
      scores: 'standardised within each benchmark, then averaged over an agent’s benchmarks of a kind',
      missing: 'agents without both kinds are left out and counted',
    },
    wrongIf: WRONG,
  }
  const correlation: Audited = complete({
    ...base,
    quantity: 'correlation',
    title: 'rank correlation of static and agentic scores',
    kind: 'correlation',
    unit: 'score',
    subject: part.subject,
    conditions: part.conditions,
    estimate: spearman(x, y, level),
  })
  return [
    correlation,
    ...residuals(agents, x, y).map(({ agent, value, half }): Audited =>
      complete({
        ...base,
        quantity: 'residual',
        title: 'agentic score beyond what static scores predict',
        kind: 'change',
        unit: 'score',
        subject: { type: 'model', name: agent },
        conditions: { ...part.conditions, agent },
        estimate:
          half === undefined
            ? {
                type: 'not-estimable',
                reason: `${agents.length} agents do not fix a line and its spread`,
                ...(value !== undefined && { value }),
              }
            : {
                type: 'estimate',
                value: value ?? 0,
                interval: {
                  low: (value ?? 0) - half,
                  high: (value ?? 0) + half,
                  level: 0.95,
                  method: 'prediction from the line of the others, Bonferroni',
                },
              },
        details: { outlier: half !== undefined && Math.abs(value ?? 0) > half },
      }),
    ),
  ]
}

/** Each agent's distance from the line of the others, with the half-width of its prediction, corrected for all agents. */
function residuals(
  agents: readonly string[],
  x: readonly number[],
  y: readonly number[],
): readonly { readonly agent: string; readonly value: number | undefined; readonly half: number | undefined }[] {
  return agents.map((agent, out) => {
    const others = agents.map((_, i) => i).filter((i) => i !== out)
    const fit = clusterRegression(
      others.map((i) => [1, x[i] ?? 0]),
      others.map((i) => y[i] ?? 0),
    )
    const m = others.length
    if (fit.type === 'not-estimable' || m < 4) return { agent, value: undefined, half: undefined }
    const [a, b] = fit.coefficients.map((each) => each.value)
    const predict = (at: number): number => (a ?? 0) + (b ?? 0) * at
    const centre = others.reduce((sum, i) => sum + (x[i] ?? 0), 0) / m
    const sxx = others.reduce((sum, i) => sum + ((x[i] ?? 0) - centre) ** 2, 0)
    const squares = others.reduce((sum, i) => sum + ((y[i] ?? 0) - predict(x[i] ?? 0)) ** 2, 0)
    const spread = Math.sqrt((squares / (m - 2)) * (1 + 1 / m + ((x[out] ?? 0) - centre) ** 2 / sxx))
    const tail = 1 - 0.05 / (2 * agents.length)
    const quantile = m - 2 > 200 ? normalQuantile(tail) : tQuantile(tail, m - 2)
    return { agent, value: (y[out] ?? 0) - predict(x[out] ?? 0), half: quantile * spread }
  })
}

/** Scores in standard deviations from the mean of their benchmark; one without spread says nothing and is left out. */
function standardised(rows: readonly Row[]): readonly { readonly row: Row; readonly z: number }[] {
  const known = rows.filter((row) => row['score'] !== null)
  return [...Map.groupBy(known, (row) => row['benchmark']).values()].flatMap((group) => {
    const scores = group.map((row) => number(row['score']) ?? 0)
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length
    const deviation = Math.sqrt(scores.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, scores.length - 1))
    return deviation === 0 ? [] : group.map((row, i) => ({ row, z: ((scores[i] ?? 0) - mean) / deviation }))
  })
}

function meansBy(rows: readonly Row[]): ReadonlyMap<string, number> {
  const known = rows.filter((row) => row['score'] !== null)
  return new Map(
    [...Map.groupBy(known, (row) => text(row['agent']))].map(([agent, own]) => [
      agent,
      own.reduce((sum, row) => sum + (number(row['score']) ?? 0), 0) / own.length,
    ]),
  )
}
