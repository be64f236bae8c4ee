import { randomFrom } from '../record/index.ts'
import { also, brokeDown, id, outcome, type Row } from '../rows/index.ts'
import { passAtK, passHatK } from '../stats/index.ts'
import { counted } from '../report/index.ts'
import { complete, format, shareOf, spendPerSuccess } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { clustersIn, distinct, extremes, number, sum, text } from './cells.ts'
import { split } from './parts.ts'
import { differences } from './rate-differences.ts'
import { tasksDone, type TasksDone, variantsOf } from './rate-variants.ts'

/** Rates per agent; cells of agent × task × cluster are summed in the database. */
export const rate: AuditKind = {
  name: 'rate',
  about: 'one score of a task',
  finds:
    '`rate`; `pass^k`, `pass@k` where tasks repeat; `difference(rate: a → b)`; `cost per success` (cost in dollars), `tokens per success`',
  columns: [
    id('task'),
    outcome('score', 'share'),
    also('agent'),
    also('repeat'),
    also('cluster'),
    also('cluster2'),
    also('status'),
    also('cost', 'money'),
    also('tokens', 'amount'),
  ],
  key: ['agent', 'task', 'repeat'],
  cells: { items: 'task', across: 'agent' },
  won: 'score',
  select: (
    by,
    published,
  ) => `select agent, task, coalesce(cluster, task) as cluster, coalesce(cluster2, task) as cluster2, ${[...by, ''].join(', ')}
      count(*) filter (where out) as invalid, count(*) filter (where not out and score is null) as missing,
      count(score) filter (where broke) as broke, coalesce(sum(score) filter (where broke), 0) as broke_won,
      count(score) filter (where not out) as n, coalesce(sum(score) filter (where not out), 0) as won,
      coalesce(bool_and(score in (0, 1)) filter (where not out and score is not null), true) as binary,
      ${published ? POLICY_SUMS : ''}
      sum(cost) as cost, count(*) - count(cost) as no_cost, sum(tokens) as tokens, count(*) - count(tokens) as no_tokens,
      min("#") as first
    from (select *, coalesce(lower(status) = 'invalid', false) as out,
        coalesce(status in (select s from (select distinct status as s from kept) where ${brokeDown('s')}), false) as broke${published ? COPIES : ''}
      from kept) group by all order by first`,
  audit: (part, context) => {
    const agents = split(part, ['agent'], context)
    const done = tasksDone(agents.map(({ rows }) => rows))
    return [...agents.flatMap((agent) => agentFindings(agent, done, context)), ...differences(agents, context)]
  },
}

/** The number of a row among those that say the same; without a repeat equal rows are repeats. */
const COPIES = `, case when repeat is null then 1 else row_number() over (partition by agent, task, cluster, repeat, score order by "#") end as copy`

/** Sums that only other counting rules need. */
const POLICY_SUMS = `arg_min(score, "#") filter (where not out and score is not null) as opening,
      max(score) filter (where not out) as best, min(score) filter (where not out) as worst,
      count(*) filter (where not out and score > 0) as some, count(*) filter (where not out and score = 1) as full,
      count(*) filter (where not out and score is not null and copy > 1) as twice,
      count(*) filter (where not out and score is not null and copy = 1) as once,
      coalesce(sum(score) filter (where not out and copy = 1), 0) as once_won,`

function agentFindings(part: Part, done: TasksDone, context: AuditContext): readonly Audited[] {
  const { rows, subject, conditions } = part
  const n = sum(rows, 'n')
  const won = sum(rows, 'won')
  const binary = rows.every((row) => row['binary'] === true)
  // A task none of whose trials has a score says nothing: it is no cluster, and does not make the others repeats.
  const scored = rows.filter((row) => (number(row['n']) ?? 0) > 0)
  const denominator = {
    trials: n,
    tasks: distinct(scored, 'task'),
    clusters: Math.min(distinct(scored, 'cluster'), context.has('cluster2') ? distinct(scored, 'cluster2') : Infinity),
    invalid: sum(rows, 'invalid'),
    missing: sum(rows, 'missing'),
  }
  const base = {
    kind: 'level',
    subject,
    conditions,
    n: denominator,
    policies: POLICIES,
    wrongIf: wrongIf(denominator),
  } as const
  // Within a cell rows stand at their mean: clusters are summed before anything else is done with them.
  const values = scored.flatMap((row) => Array.from({ length: number(row['n']) ?? 0 }, () => meanOf(row)))
  const each = scored.flatMap((row) => Array.from({ length: number(row['n']) ?? 0 }, () => row))
  const { clusters, crossed } = clustersIn(each, 'task', context.has)
  const estimate = shareOf(values, clusters, context.level, crossed)
  const found: Audited[] = [
    {
      ...complete({ ...base, quantity: 'rate', title: 'success rate', unit: 'proportion', estimate }),
      variants: variantsOf(rows, done),
      ...(binary && { share: { successes: won, n }, won }),
    },
  ]
  if (binary) found.push(...repeats(part, base, context))
  return [...found, ...perSuccess(part, base, context)]
}

const POLICIES = { missing: 'left out and counted', invalid: 'left out and counted', weights: 'every trial alike' }

type Base = Pick<Audited, 'kind' | 'subject' | 'conditions' | 'n' | 'policies' | 'wrongIf'>

/** Powers beyond this are made only when asked for. */
const MOST_K = 5

/** pass@k and pass^k, where tasks were tried more than once. */
function repeats({ rows }: Part, base: Base, { level, asked }: AuditContext): readonly Audited[] {
  const byTask = [...Map.groupBy(rows, (row) => row['task']).values()]
  const tallies = (missing: boolean): readonly { readonly successes: number; readonly n: number }[] =>
    byTask
      .map((cells) => ({ successes: sum(cells, 'won'), n: sum(cells, 'n') + (missing ? sum(cells, 'missing') : 0) }))
      .filter((task) => task.n > 0)
  const tasks = tallies(false)
  const [least, most] = extremes(tasks.map((task) => task.n))
  if (most < 2) return []
  const wanted = asked.flatMap((each) => /^pass[@^](\d+)$/.exec(each)?.[1] ?? []).map(Number)
  const ks = [...new Set([...Array.from({ length: Math.min(MOST_K, least) }, (_, i) => i + 1), ...wanted])]
  const one = (name: string, k: number, of: typeof passAtK, title: string): Audited => ({
    ...complete({
      ...base,
      quantity: name,
      title,
      at: k,
      unit: 'proportion',
      estimate: of(tasks, k, level),
      policies: { ...base.policies, weights: 'every task alike' },
    }),
    variants: [{ policy: 'missing as failure', trials: tallies(true) }].flatMap(({ policy, trials }) => {
      const found = of(trials, k, level)
      return found.type === 'estimate' && base.n.missing > 0 ? [{ policy, value: found.value }] : []
    }),
  })
  return [
    ...ks.map((k) => one(`pass^${k}`, k, passHatK, `all of ${k} trials succeed`)),
    ...ks.filter((k) => k > 1).map((k) => one(`pass@${k}`, k, passAtK, `at least one of ${k} trials succeeds`)),
  ]
}

/** Cost and tokens for each success, drawn by cluster. */
function perSuccess({ rows }: Part, base: Base, { has, level, seed }: AuditContext): readonly Audited[] {
  const columns = [
    { column: 'cost', title: 'cost per success', unit: 'cents', scale: 100 },
    { column: 'tokens', title: 'tokens per success', unit: 'tokens', scale: 1 },
  ] as const
  return columns
    .filter(({ column }) => has(column))
    .map(({ column, title, unit, scale }) => {
      const groups = [...Map.groupBy(rows, (row) => row['cluster']).values()]
      const untold = sum(rows, `no_${column}`)
      const trials = tried(rows)
      const total = scale * sum(rows, column)
      const estimate =
        untold > 0
          ? ({
              type: 'not-estimable',
              reason:
                untold === trials
                  ? `no ${column} could be read`
                  : `${untold} of ${counted(trials, 'trial')} without ${column}; the others spent ${format(total, unit)}`,
            } as const)
          : spendPerSuccess(
              {
                spent: groups.map((group) => scale * sum(group, column)),
                won: groups.map((group) => sum(group, 'won')),
                tried: groups.map(tried),
                clusters: groups.map((group) => text(group[0]?.['cluster'])),
              },
              unit,
              { random: randomFrom(seed, column), replicates: 1_000, level },
            )
      const n = {
        trials: trials - untold,
        tasks: distinct(rows, 'task'),
        clusters: groups.length,
        invalid: 0,
        missing: untold,
      }
      const policies = { ...base.policies, failures: `their ${column} counts, and that of missing and invalid trials` }
      return complete({ ...base, quantity: title, title, unit, estimate, n, policies })
    })
}

/** Trials of these rows, graded or not. */
function tried(rows: readonly Row[]): number {
  return ['n', 'missing', 'invalid'].reduce((all, each) => all + sum(rows, each), 0)
}

function meanOf(row: Row): number {
  return Math.min(1, (number(row['won']) ?? 0) / Math.max(1, number(row['n']) ?? 0))
}

function wrongIf({
  tasks,
  missing,
  invalid,
}: {
  readonly tasks: number
  readonly missing: number
  readonly invalid: number
}): string {
  const left = missing + invalid > 0 ? `, or the ${missing + invalid} trials left out differ from those kept` : ''
  return `these ${tasks} tasks are not like the ones you care about${left}`
}
