import { randomFrom } from '../record/index.ts'
import { also, id, outcome, type Row } from '../rows/index.ts'
import { horizons, type HorizonRun, horizonTrend } from '../stats/index.ts'
import { complete } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { number, text } from './cells.ts'
import { doublingTime } from './doubling-time.ts'
import { isOutside, lengthsOf, monteCarloCaveats, monteCarloOf, outsideCaveats } from './horizon-caveats.ts'

const REPLICATES = 1_000

/** Time horizons by METR's method, and how fast they double. */
export const horizon: AuditKind = {
  name: 'horizon',
  about: 'one score of a task, with how long people need for it',
  finds:
    '`h50`, `h80` in minutes, or in steps where the table has nothing else; `doubling time` where release_date is there',
  columns: [
    id('agent'),
    id('task'),
    outcome('score', 'share'),
    also('human_minutes', 'positive'),
    also('length', 'length'),
    also('steps', 'positive'),
    also('family'),
    also('release_date', 'date'),
    also('repeat'),
    also('status'),
    also('tokens', 'amount'),
  ],
  oneOf: [['human_minutes', 'length', 'steps']],
  key: ['agent', 'task', 'repeat'],
  cells: { items: 'task', across: 'agent' },
  won: 'score',
  audit: (part, context) => {
    const valid = part.rows.filter((row) => text(row['status']).toLowerCase() !== 'invalid')
    // Steps are the length where nobody says how long people need: one unit for the whole table.
    const inSteps = !context.has('human_minutes') && !context.has('length')
    const runs = runsOf(valid, inSteps, false)
    if (runs.length === 0) return []
    const options = { random: randomFrom(context.seed, 'horizons'), replicates: REPLICATES, level: context.level }
    const agents = horizons(runs, options)
    const incomplete = valid.some((row) => row['score'] === null)
    const asFailure = incomplete
      ? horizons(runsOf(valid, inSteps, true), { random: randomFrom(context.seed, 'variant'), replicates: 1 })
      : []
    const lengths = lengthsOf(runs)
    const unit = inSteps ? 'count' : 'minutes'
    const found = agents.flatMap((agent) => {
      const own = part.rows.filter((row) => row['agent'] === agent.agent)
      const ofAgent = valid.filter((row) => row['agent'] === agent.agent)
      const n = {
        trials: agent.runs,
        tasks: agent.tasks,
        clusters: new Set(runs.filter((run) => run.agent === agent.agent).map((run) => run.family)).size,
        invalid: own.length - ofAgent.length,
        missing: ofAgent.length - agent.runs,
      }
      return agent.horizons.map((each, index): Audited => {
        const ends = each.minutes.type === 'estimate' ? monteCarloOf(each.draws, context.level) : undefined
        const other = asFailure.find((one) => one.agent === agent.agent)?.horizons[index]?.minutes.value
        return {
          ...complete({
            quantity: `h${100 * each.rate}`,
            title: `length of task${inSteps ? ' in steps' : ''} done ${100 * each.rate}% of the time`,
            kind: 'time',
            at: each.rate,
            subject: { type: 'model', name: text(agent.agent) },
            unit,
            conditions: { ...part.conditions, agent: text(agent.agent) },
            estimate: each.minutes,
            n,
            policies: {
              missing: 'left out and counted',
              weights: '1/(runs of the task × √tasks of the family)',
              penalty: 'λ = 0.1',
            },
            details: {
              skippedReplicates: each.skipped,
              ...(ends !== undefined && { monteCarlo: { low: [...ends.low], high: [...ends.high] } }),
              ...(agent.fit !== undefined && { intercept: agent.fit.a, slope: agent.fit.b }),
            },
            caveats: [
              ...outsideCaveats(each.minutes.value, lengths, unit),
              ...monteCarloCaveats(ends, REPLICATES, unit),
              ...(context.has('tokens') ? [] : ['no token budget is given: a horizon without one is not comparable']),
            ],
            wrongIf:
              'success does not fall along a logistic curve of log length, or the tasks are not like the ones you care about',
          }),
          variants: other === undefined ? [] : [{ policy: 'missing as failure', value: other }],
        }
      })
    })
    return [...found, ...trendOf(part, runs, agents, context)]
  },
}

function trendOf(
  part: Part,
  runs: readonly HorizonRun[],
  agents: ReturnType<typeof horizons>,
  { has, level }: AuditContext,
): readonly Audited[] {
  if (!has('release_date')) return []
  const released = agents.flatMap((agent) => {
    const day = number(
      part.rows.find((row) => row['agent'] === agent.agent && row['release_date'] !== null)?.['release_date'],
    )
    const half = agent.horizons[0]
    const minutes = half?.minutes.value
    return day === undefined || half === undefined || minutes === undefined
      ? []
      : [{ released: day, minutes, draws: half.draws }]
  })
  const trend = horizonTrend(released, { level })
  const lengths = lengthsOf(runs)
  const outside = released.filter(({ minutes }) => isOutside(minutes, lengths)).length
  return [
    doublingTime(part, trend, {
      n: {
        trials: agents.reduce((all, each) => all + each.runs, 0),
        tasks: new Set(runs.map((run) => run.task)).size,
        clusters: released.length,
        invalid: 0,
        missing: agents.length - released.length,
      },
      caveats:
        outside > 0
          ? [
              `${outside} of ${released.length} horizons are outside the lengths that were tried: the trend rests on what fitted curves say there`,
            ]
          : [],
    }),
  ]
}

function runsOf(rows: readonly Row[], inSteps: boolean, missingFails: boolean): readonly HorizonRun[] {
  return rows.flatMap((row) => {
    const score = number(row['score']) ?? (missingFails ? 0 : undefined)
    const minutes = inSteps ? number(row['steps']) : (number(row['human_minutes']) ?? number(row['length']))
    if (score === undefined || minutes === undefined) return []
    return [{ agent: text(row['agent']), task: text(row['task']), family: familyOf(row), minutes, score }]
  })
}

function familyOf(row: Row): string {
  return text(row['family'] ?? row['task'])
}
