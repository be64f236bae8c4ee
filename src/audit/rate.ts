import { randomFrom } from '../record/index.ts'
import { also, brokeDown, id, outcome, type Row } from '../rows/index.ts'
import { holm, passAtK, passHatK, signFlip } from '../stats/index.ts'
import { counted } from '../report/index.ts'
import { complete, countEach, format, pairedChange, shareOf, spendPerSuccess } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { distinct, number, sum, text } from './cells.ts'
import { split } from './parts.ts'

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
    also('status'),
    also('cost', 'money'),
    also('tokens', 'amount'),
  ],
  key: ['agent', 'task', 'repeat'],
  cells: { items: 'task', across: 'agent' },
  won: 'score',
  select: (by) => `select agent, task, coalesce(cluster, task) as cluster, ${[...by, ''].join(', ')}
      count(*) filter (where out) as invalid, count(*) filter (where not out and score is null) as missing,
      count(score) filter (where broke) as broke, coalesce(sum(score) filter (where broke), 0) as broke_won,
      count(score) filter (where not out) as n, coalesce(sum(score) filter (where not out), 0) as won,
      coalesce(bool_and(score in (0, 1)) filter (where not out and score is not null), true) as binary,
      sum(cost) as cost, count(*) - count(cost) as no_cost, sum(tokens) as tokens, count(*) - count(tokens) as no_tokens,
      min("#") as first
    from (select *, coalesce(lower(status) = 'invalid', false) as out,
        coalesce(status in (select s from (select distinct status as s from kept) where ${brokeDown('s')}), false) as broke
      from kept) group by all order by first`,
  audit: (part, context) => {
    const agents = split(part, ['agent'], context)
    return [
      ...agents.flatMap((agent) => agentFindings(agent, distinct(part.rows, 'task'), context)),
      ...differences(agents, context),
    ]
  },
}

function agentFindings(part: Part, allTasks: number, context: AuditContext): readonly Audited[] {
  const { rows, subject, conditions } = part
  const n = sum(rows, 'n')
  const won = sum(rows, 'won')
  const binary = rows.every((row) => row['binary'] === true)
  // A task none of whose trials has a score says nothing: it is no cluster, and does not make the others repeats.
  const scored = rows.filter((row) => (number(row['n']) ?? 0) > 0)
  const denominator = {
    trials: n,
    tasks: distinct(scored, 'task'),
    clusters: distinct(scored, 'cluster'),
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
  const clusters = scored.flatMap((row) => Array.from({ length: number(row['n']) ?? 0 }, () => text(row['cluster'])))
  const estimate = shareOf(values, clusters, context.level)
  const found: Audited[] = [
    {
      ...complete({ ...base, quantity: 'rate', title: 'success rate', unit: 'proportion', estimate }),
      variants: variantsOf(rows, allTasks),
      ...(binary && { share: { successes: won, n } }),
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
  const least = Math.min(...tasks.map((task) => task.n))
  if (tasks.length === 0 || Math.max(...tasks.map((task) => task.n)) < 2) return []
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

/** NaN where nothing is divided. */
function share(top: number, bottom: number): number {
  return bottom > 0 ? top / bottom : NaN
}

/** What else of the trials a share may be of. */
interface Way {
  readonly said: string
  /** Trials that count as failures besides. */
  readonly extra?: readonly ('missing' | 'invalid')[]
  /** Trials that broke down are left out, whatever they were scored. */
  readonly unbroken?: boolean
}

/** @param allTasks tasks that any agent of the table did */
function variantsOf(rows: readonly Row[], allTasks: number): readonly Variant[] {
  const tasks = [...Map.groupBy(rows, (row) => row['task']).values()]
  const ways: readonly Way[] = [
    { said: 'missing dropped' },
    { said: 'missing as failure', extra: ['missing'] },
    { said: 'invalid as failure, missing dropped', extra: ['invalid'] },
    { said: 'missing and invalid as failure', extra: ['missing', 'invalid'] },
    { said: 'errors and timeouts left out', unbroken: true },
  ]
  const means = tasks.map((cells) => share(sum(cells, 'won'), sum(cells, 'n'))).filter(Number.isFinite)
  const absent = {
    policy: 'tasks that only other agents did counted as failures, and the mean of task means',
    value: share(
      means.reduce((a, b) => a + b, 0),
      allTasks,
    ),
  }
  const there = (column: string): boolean => sum(rows, column) > 0
  return ways
    .filter(({ extra = [], unbroken }) => (unbroken === true ? there('broke') : extra.every(there)))
    .flatMap(({ said, extra = [], unbroken }) => {
      const less = (cells: readonly Row[], column: string): number => (unbroken === true ? sum(cells, column) : 0)
      const size = (cells: readonly Row[]): number =>
        ['n', ...extra].reduce((all, each) => all + sum(cells, each), 0) - less(cells, 'broke')
      const won = (cells: readonly Row[]): number => sum(cells, 'won') - less(cells, 'broke_won')
      const own = tasks.filter((cells) => size(cells) > 0).map((cells) => share(won(cells), size(cells)))
      return [
        { policy: `${said}, and all trials pooled`, value: share(won(rows), size(rows)) },
        {
          policy: `${said}, and the mean of task means`,
          value: share(
            own.reduce((a, b) => a + b, 0),
            own.length,
          ),
        },
      ]
    })
    .concat(allTasks > tasks.length ? [absent] : [])
    .filter(({ value }) => Number.isFinite(value))
}

/** Up to this many pairs of agents are all compared; beyond it each is compared with the best. */
const ALL_PAIRS = 10

/** Signs drawn in all permutation tests together; with many pairs of many tasks each gets fewer draws, never below 999. */
const MOST_FLIPS = 2e7

function differences(agents: readonly Part[], context: AuditContext): readonly Audited[] {
  if (agents.length < 2) return []
  const means = agents.map((agent) => ({
    name: agent.conditions['agent'] ?? '',
    conditions: agent.conditions,
    rate: sum(agent.rows, 'won') / Math.max(1, sum(agent.rows, 'n')),
    tasks: meansBy(agent.rows, ['task', 'cluster']),
    alone: meansBy(agent.rows, ['task']),
  }))
  const best = means.toSorted((a, b) => b.rate - a.rate)[0]
  const pairs = means.flatMap((from, i) => means.slice(i + 1).map((to) => [from, to] as const))
  const chosen = pairs.length <= ALL_PAIRS ? pairs : pairs.filter((pair) => best !== undefined && pair.includes(best))
  const flipped = chosen.length * Math.max(...means.map((each) => each.tasks.size))
  const replicates = Math.max(999, Math.min(9_999, Math.floor(MOST_FLIPS / Math.max(1, flipped))))
  const compared = chosen.map(([from, to]) => {
    // Where each agent has clusters of its own, tasks are all that they share.
    const whole = [...from.tasks.keys()].some((key) => to.tasks.has(key))
    const [before, after] = whole ? [from.tasks, to.tasks] : [from.alone, to.alone]
    const shared = [...before.keys()].filter((key) => after.has(key))
    const a = shared.map((key) => before.get(key)?.mean ?? 0)
    const b = shared.map((key) => after.get(key)?.mean ?? 0)
    const clusters = shared.map((key) => (whole ? before.get(key)?.cluster : undefined) ?? key)
    const union = new Set([...before.keys(), ...after.keys()]).size
    const flips = b.map((each, i) => each - (a[i] ?? 0))
    const flip = signFlip(flips, randomFrom(context.seed, 'flip', from.name, to.name), { replicates, clusters })
    return { from, to, a, b, shared, union, clusters, p: flip.type === 'estimate' ? flip.pValue : 1 }
  })
  const adjusted = holm(compared.map(({ p }) => p))
  // The best was chosen by looking: then all intervals must hold at once.
  const several = chosen.length < pairs.length
  const simultaneous = several ? 1 - (1 - context.level) / chosen.length : context.level
  const together = (found: Audited['estimate']): Audited['estimate'] =>
    several && found.type === 'estimate'
      ? {
          type: 'estimate',
          value: found.value,
          interval: {
            ...found.interval,
            level: context.level,
            method: `${found.interval.method}, simultaneous over ${chosen.length}`,
          },
        }
      : found
  return compared.map(({ from, to, a, b, shared, union, clusters, p }, i) => {
    const { agent: _, ...conditions } = from.conditions
    return complete({
      quantity: `difference(rate: ${from.name} → ${to.name})`,
      title: `${to.name} minus ${from.name}`,
      kind: 'change',
      subject: { type: 'all' },
      unit: 'proportion',
      conditions,
      estimate: together(pairedChange(a, b, { clusters, unit: 'proportion', level: simultaneous })),
      n: {
        ...countEach(shared.length, union - shared.length),
        trials: 2 * shared.length,
        clusters: new Set(clusters).size,
      },
      policies: { pairs: 'task means of tasks that both did', corrected: `Holm over ${compared.length} comparisons` },
      details: { signFlipP: p, holmP: adjusted[i] ?? 1 },
      wrongIf: 'the two agents did not do these tasks under the same conditions',
    })
  })
}

/** Mean score of the trials that are alike in these columns, with the cluster of the first; only those with a score. */
function meansBy(
  rows: readonly Row[],
  columns: readonly string[],
): ReadonlyMap<string, { readonly mean: number; readonly cluster: string }> {
  const cells = Map.groupBy(rows, (row) => JSON.stringify(columns.map((each) => row[each])))
  return new Map(
    [...cells].flatMap(([key, own]) =>
      sum(own, 'n') > 0
        ? [[key, { mean: sum(own, 'won') / sum(own, 'n'), cluster: text(own[0]?.['cluster']) }] as const]
        : [],
    ),
  )
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
