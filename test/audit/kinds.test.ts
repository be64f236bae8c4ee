import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import { horizons } from '../../src/stats/index.ts'
import { type Audit, audit, type AuditOptions, readPublished } from '../../src/audit/index.ts'

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-test-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

async function auditOf(
  rows: readonly Readonly<Record<string, string | number>>[],
  options: Omit<AuditOptions, 'version' | 'published'>,
  published: readonly string[] = [],
): Promise<Audit> {
  const at = path.join(scratch, 'rows.jsonl')
  fs.writeFileSync(at, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return audit(at, { ...options, published: readPublished(published), version: 'test' })
}

function value(made: Audit, quantity: string, level = ''): number {
  const found = made.findings.find(
    (each) => each.quantity === quantity && (level === '' || Object.values(each.conditions).includes(level)),
  )
  return found?.estimate.value ?? NaN
}

function widthOf(made: Audit, quantity: string): number {
  const found = made.findings.find((each) => each.quantity === quantity)?.estimate
  return found?.type === 'estimate' ? found.interval.high - found.interval.low : NaN
}

async function costOf(rows: Parameters<typeof auditOf>[0]): Promise<Finding | undefined> {
  return (await auditOf(rows, { kind: 'rate' })).findings.find((each) => each.quantity === 'cost per success')
}

describe('rate', () => {
  test('one trial a task has the Wilson interval; repeats are clustered', async () => {
    const once = await auditOf(
      Array.from({ length: 100 }, (_, i) => ({ task: `t${i}`, score: i < 20 ? 1 : 0 })),
      { kind: 'rate' },
    )
    expect(once.findings[0]?.estimate).toMatchObject({
      value: 0.2,
      interval: { low: expect.closeTo(0.1334, 4), high: expect.closeTo(0.2888, 4), method: 'Wilson score' },
    })
    const repeated = await auditOf(
      Array.from({ length: 100 }, (_, i) => ({ task: `t${i % 10}`, score: i % 10 < 2 ? 1 : 0 })),
      { kind: 'rate' },
    )
    expect(repeated.findings[0]?.n).toMatchObject({ trials: 100, clusters: 10 })
    const [low = 0, high = 0] = Object.values(Object(repeated.findings[0]?.estimate).interval).map(Number)
    expect(high - low).toBeGreaterThan(3 * (0.2888 - 0.1334))
  })

  test('missing and invalid trials are counted apart, and the policy that explains a published rate is named', async () => {
    const rows = [
      ...Array.from({ length: 40 }, (_, i) => ({ task: `t${i}`, score: i < 20 ? 1 : 0, status: 'ok' })),
      ...Array.from({ length: 10 }, (_, i) => ({ task: `m${i}`, score: '', status: 'ok' })),
      ...Array.from({ length: 7 }, (_, i) => ({ task: `i${i}`, score: 0, status: 'invalid' })),
    ]
    const made = await auditOf(rows, { kind: 'rate' }, ['rate=40%'])
    expect(made.findings[0]?.n).toEqual({ trials: 40, tasks: 40, clusters: 40, invalid: 7, missing: 10 })
    expect(value(made, 'rate')).toBe(0.5)
    expect(made.published[0]?.explainedBy[0]).toMatchObject({
      policy: 'missing as failure, and all trials pooled',
      value: 0.4,
    })
  })

  test('a trial without a score does not make the others repeats: the interval stays that of Wilson', async () => {
    const scored = Array.from({ length: 100 }, (_, i) => ({ task: `t${i}`, score: i < 20 ? 1 : 0 }))
    const whole = await auditOf(scored, { kind: 'rate' })
    const holed = await auditOf([...scored, { task: 'blank', score: '' }], { kind: 'rate' })
    expect(holed.findings[0]?.estimate).toEqual(whole.findings[0]?.estimate)
    expect(holed.findings[0]?.n).toEqual({ trials: 100, tasks: 100, clusters: 100, invalid: 0, missing: 1 })
  })

  test('spending is divided among successes whole, and is unknown where one trial does not say its own', async () => {
    const rows = [
      { task: 'a', score: 1, cost: 2 },
      { task: 'b', score: 0, cost: 1 },
      { task: 'c', score: '', cost: 1 },
      { task: 'd', score: 1, cost: 2 },
    ]
    expect((await costOf(rows))?.estimate.value).toBe(300)
    const untold = await costOf(rows.map((row) => (row.task === 'd' ? { ...row, cost: '' } : row)))
    expect(untold?.n).toEqual({ trials: 3, tasks: 4, clusters: 4, invalid: 0, missing: 1 })
    expect(untold?.estimate).toEqual({
      type: 'not-estimable',
      reason: '1 of 4 trials without cost; the others spent $4.00',
    })
    const none = await costOf(rows.map((row) => ({ ...row, cost: row.task === 'd' ? 'nobody knows' : '' })))
    expect(none?.estimate).toEqual({ type: 'not-estimable', reason: 'no cost could be read' })
    const written = await costOf(rows.map((row) => ({ ...row, cost: row.task === 'd' ? '$1,000.00' : row.cost })))
    expect(written?.estimate.value).toBe(50_200)
  })

  test('with one success in twenty cost per success has no upper bound; without any, it says what was spent', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ task: `t${i}`, score: i === 0 ? 1 : 0, cost: 1 }))
    const one = await auditOf(rows, { kind: 'rate' })
    const cost = one.findings.find((each) => each.quantity === 'cost per success')?.estimate
    // Twenty dollars for 24.9 to 25.7% of twenty at the most; at the least for nothing, as a third of all draws says.
    expect(cost).toMatchObject({ value: 2_000, interval: { low: expect.closeTo(389.9, 1), high: Infinity } })
    const none = await auditOf(
      rows.map((row) => ({ ...row, score: 0 })),
      { kind: 'rate' },
    )
    expect(none.findings.find((each) => each.quantity === 'cost per success')?.estimate).toEqual({
      type: 'not-estimable',
      reason: 'no success for $20.00',
    })
  })

  test('all against none has an interval, within what a difference can be', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [
      { agent: 'a', task: `t${i}`, score: 0 },
      { agent: 'b', task: `t${i}`, score: 1 },
    ]).flat()
    const made = await auditOf(rows, { kind: 'rate' })
    const difference = made.findings.find((each) => each.quantity === 'difference(rate: a → b)')?.estimate
    // Newcombe of two Wilson intervals: 1 − √(0.1135² + 0.1135²).
    expect(difference).toMatchObject({ value: 1, interval: { low: expect.closeTo(0.8395, 4), high: 1 } })
  })

  test('differences and their sign flips count clusters and not tasks', async () => {
    // Six clusters of 30 tasks: all tasks of a cluster fare alike.
    const rows = Array.from({ length: 180 }, (_, i) => {
      const cluster = Math.floor(i / 30)
      const common = { task: `t${i}`, cluster: `c${cluster}` }
      return [
        { ...common, agent: 'a', score: cluster < 2 ? 1 : 0 },
        { ...common, agent: 'b', score: cluster < 4 ? 1 : 0 },
      ]
    }).flat()
    const made = await auditOf(rows, { kind: 'rate' })
    const difference = made.findings.find((each) => each.quantity === 'difference(rate: a → b)')
    // Of six cluster means 0 0 1 1 0 0: mean 1/3, t(5) × √(0.2667/6).
    expect(difference?.n).toMatchObject({ trials: 360, tasks: 180, clusters: 6 })
    expect(difference?.estimate).toMatchObject({
      value: expect.closeTo(1 / 3, 12),
      interval: { low: expect.closeTo(1 / 3 - 2.570582 * Math.sqrt(0.8 / 3 / 6), 5) },
    })
    expect(difference?.details['signFlipP']).toBe(0.5)
  })

  test('beyond ten pairs the best is compared with the rest, by intervals that hold at once', async () => {
    const rows = Array.from({ length: 6 * 40 }, (_, i) => {
      const [agent, task] = [i % 6, Math.floor(i / 6)]
      return { agent: `m${agent}`, task: `t${task}`, score: (task * 7 + agent * 11) % 40 < 6 * agent + 5 ? 1 : 0 }
    })
    const made = await auditOf(rows, { kind: 'rate' })
    const differences = made.findings.filter((each) => each.quantity.startsWith('difference('))
    expect(differences).toHaveLength(5)
    for (const { estimate } of differences) {
      if (estimate.type !== 'estimate') throw new Error('not estimable')
      expect(estimate.interval.method).toContain('simultaneous over 5')
    }
  })

  test('an attack called none is a stratum of that name', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      task: `t${i}`,
      score: i % 2,
      attack: i < 20 ? 'none' : i < 30 ? 'hard' : '',
    }))
    const made = await auditOf(rows, { kind: 'rate', by: ['attack'] })
    const strata = made.findings.filter((each) => each.quantity === 'rate').map((each) => each.conditions['attack'])
    expect(strata).toEqual([undefined, 'none', 'hard', '(blank)'])
  })

  test('pooled trials or the mean of task means', async () => {
    const rows = [...Array.from({ length: 9 }, () => ({ task: 'often', score: 1 })), { task: 'once', score: 0 }]
    const made = await auditOf(rows, { kind: 'rate' }, ['rate=0.5'])
    expect(value(made, 'rate')).toBeCloseTo(0.9, 12)
    expect(made.published[0]?.explainedBy[0]).toEqual({
      policy: 'missing dropped, and the mean of task means',
      value: 0.5,
    })
  })

  test('agents are paired by task and corrected for how many there are; cost per success', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => i).flatMap((i) => [
      { agent: 'a', task: `t${i}`, score: i % 3 === 0 ? 1 : 0, cost: 0.5 },
      { agent: 'b', task: `t${i}`, score: i % 3 === 0 || i % 2 === 0 ? 1 : 0, cost: 0.1 },
    ])
    const made = await auditOf(rows, { kind: 'rate' })
    const difference = made.findings.find((each) => each.quantity === 'difference(rate: a → b)')
    expect(difference?.estimate.value).toBeCloseTo(1 / 3, 12)
    expect(difference?.policies['corrected']).toBe('Holm over 1 comparisons')
    expect(value(made, 'cost per success', 'a')).toBeCloseTo(150, 9)
  })

  test('--by splits, keeps the whole, and pools strata part of the way', async () => {
    const rows = ['x', 'y', 'z'].flatMap((suite, s) =>
      Array.from({ length: 20 }, (_, i) => ({ task: `${suite}${i}`, suite, score: i < 5 * (s + 1) ? 1 : 0 })),
    )
    const made = await auditOf(rows, { kind: 'rate', by: ['suite'] }, ['rate=0.5', 'rate@x=0.25'])
    expect(made.published.map((each) => each.agrees)).toEqual([true, true])
    expect(value(made, 'rate, pooled', 'x')).toBeGreaterThan(0.25)
    expect(value(made, 'rate, pooled', 'x')).toBeLessThan(0.5)
  })
})

test('horizon: the numbers of the statistics room, in minutes, with the trend', async () => {
  const random = randomFrom('test', 'horizon')
  const days = ['2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01']
  const rows = days.flatMap((release, agent) =>
    Array.from({ length: 60 }, (_, task) => {
      const x = (task % 20) / 2
      return {
        agent: `a${agent}`,
        task: `t${task}`,
        score: random() < 1 / (1 + 2 ** (x - 2 - agent)) ? 1 : 0,
        human_minutes: 2 ** x,
        family: `f${task % 20}`,
        release_date: release,
      }
    }),
  )
  const made = await auditOf(rows, { kind: 'horizon' })
  const direct = horizons(
    rows.map((row) => ({
      agent: row.agent,
      task: row.task,
      family: row.family,
      minutes: row.human_minutes,
      score: row.score,
    })),
    { random: randomFrom('other'), replicates: 1 },
  )
  for (const { agent, horizons: found } of direct) {
    expect(value(made, 'h50', String(agent))).toBeCloseTo(found[0]?.minutes.value ?? NaN, 9)
    expect(value(made, 'h80', String(agent))).toBeCloseTo(found[1]?.minutes.value ?? NaN, 9)
  }
  expect(made.findings[0]?.unit).toBe('minutes')
  expect(made.findings[0]?.caveats).toContain('no token budget is given: a horizon without one is not comparable')
  const doubling = made.findings.find((each) => each.quantity === 'doubling time')
  expect(doubling?.estimate.value).toBeGreaterThan(60)
  expect(doubling?.estimate.value).toBeLessThan(500)
})

test('horizon: what lies outside the tasks is said, of each and of the trend; ends that replicates do not settle too', async () => {
  const rows = ['2024-01-01', '2024-07-01', '2025-01-01'].flatMap((release, agent) =>
    Array.from({ length: 48 }, (_, task) => ({
      agent: `a${agent}`,
      task: `t${task}`,
      human_minutes: 4 * 2 ** (task % 4),
      // The first all but never succeeds, the last all but always; the second at half of the lengths.
      score: agent === 0 ? (task === 5 ? 1 : 0) : agent === 2 ? (task === 7 ? 0 : 1) : task % 4 < 2 ? 1 : 0,
      release_date: release,
      tokens: 100,
    })),
  )
  const made = await auditOf(rows, { kind: 'horizon' })
  const of = (agent: string): Finding | undefined =>
    made.findings.find((each) => each.quantity === 'h50' && each.conditions['agent'] === agent)
  const [first, second, last] = ['a0', 'a1', 'a2'].map((agent) => of(agent)?.caveats.join(' | ') ?? '')
  expect(first).toContain('it is below the shortest task that was tried (4 min to 32 min)')
  expect(last).toContain('it is beyond the longest task that was tried (4 min to 32 min)')
  expect(second).not.toContain('tried')
  expect(last).toContain('with 1000 replicates the ends of the interval are themselves uncertain')
  expect(of('a1')?.details['monteCarlo']).toMatchObject({ low: [expect.any(Number), expect.any(Number)] })
  expect(made.findings.find(({ quantity }) => quantity === 'doubling time')?.caveats).toEqual([
    '2 of 3 horizons are outside the lengths that were tried: the trend rests on what fitted curves say there',
  ])
})

test('horizon: lengths in steps where the table has no minutes', async () => {
  const rows = Array.from({ length: 60 }, (_, task) => ({
    agent: 'a',
    task: `t${task}`,
    steps: 2 ** (task % 6),
    score: task % 6 < 3 || task % 12 === 3 ? 1 : 0,
  }))
  const made = await auditOf(rows, { kind: 'horizon' })
  const inMinutes = await auditOf(
    rows.map(({ steps, ...row }) => ({ ...row, human_minutes: steps })),
    { kind: 'horizon' },
  )
  expect(made.findings[0]).toMatchObject({ quantity: 'h50', unit: 'count' })
  expect(value(made, 'h50')).toBe(value(inMinutes, 'h50'))
})

test('pairs: strata, raters, strengths and order', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => i).flatMap((i) =>
    ['r1', 'r2'].map((rater) => ({
      pair: `p${i}`,
      rater,
      left: i % 2 === 0 ? 'ai' : 'human',
      right: i % 2 === 0 ? 'human' : 'ai',
      order: 'left',
      stratum: `s${i % 3}`,
      verdict: i % 5 === 0 ? 'tie' : i % 4 < 3 ? 'left' : 'right',
    })),
  )
  const made = await auditOf(rows, { kind: 'pairs' }, ['half-ties=0.5'])
  expect(value(made, 'agreement')).toBe(1)
  expect(made.findings.find((each) => each.quantity === 'wins')?.n).toMatchObject({ trials: 120, clusters: 60 })
  expect(value(made, 'first wins')).toBeCloseTo(
    rows.filter((row) => row.verdict === 'left').length / rows.filter((row) => row.verdict !== 'tie').length,
    12,
  )
  const strengths = made.findings
    .filter((each) => each.quantity === 'strength')
    .map((each) => each.estimate.value ?? NaN)
  expect((strengths[0] ?? NaN) + (strengths[1] ?? NaN)).toBeCloseTo(0, 9)
  expect(made.findings.some((each) => each.quantity === 'wins' && each.conditions['stratum'] === 's1')).toBe(true)
})

describe('budget', () => {
  test('who gives up has failed at every larger spend; who is stopped is censored', async () => {
    const base = [
      { case: 'a', success: 1, spend: 1 },
      { case: 'b', success: 0, spend: 2 },
      { case: 'c', success: 1, spend: 3 },
    ]
    const censored = await auditOf(
      base.map((row) => ({ ...row, cap: row.spend })),
      { kind: 'budget' },
    )
    // The curve alone says 100%, of which two in three were seen.
    expect(value(censored, 'success@3')).toBeCloseTo(2 / 3, 12)
    expect(censored.findings.find((each) => each.quantity === 'success@3')?.caveats).toHaveLength(1)
    const gaveUp = await auditOf(
      base.map((row) => ({ ...row, cap: 3 })),
      { kind: 'budget' },
      ['success@3=66.7%'],
    )
    expect(value(gaveUp, 'success@3')).toBeCloseTo(2 / 3, 12)
    const uncapped = await auditOf(base, { kind: 'budget' }, ['success@3=66.7%'])
    expect(uncapped.published[0]?.agrees).toBe(true)
  })

  test('a failure with a blank spend spent its cap; without a cap there is no curve, and it is said why', async () => {
    const rows = [
      { case: 'a', success: 1, spend: 5 },
      ...['b', 'c', 'd'].map((each) => ({ case: each, success: 0, spend: '' })),
    ]
    const capped = await auditOf(
      rows.map((row) => ({ ...row, cap: 10 })),
      { kind: 'budget' },
    )
    expect(value(capped, 'success')).toBe(0.25)
    expect(value(capped, 'success@5')).toBe(0.25)
    expect(capped.findings.find((each) => each.quantity === 'success@5')?.n).toMatchObject({ trials: 4, missing: 0 })
    const bare = await auditOf(rows, { kind: 'budget' }, ['success@5=100%'])
    expect(bare.findings.map((each) => each.quantity)).toEqual(['success', 'success@5', 'median spend'])
    expect(bare.findings.slice(1).map((each) => each.estimate)).toEqual(
      Array.from({ length: 2 }, () => ({
        type: 'not-estimable',
        reason: '3 of the failures have neither a spend nor a cap',
      })),
    )
  })

  test('one constant spent by failures and successes alike is a cap, and no curve is made of it', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ case: `c${i}`, success: i < 14 ? 1 : 0, spend: 10_000 }))
    const made = await auditOf(rows, { kind: 'budget' })
    expect(made.findings.map((each) => [each.quantity, each.estimate.type])).toEqual([
      ['success', 'estimate'],
      ['median spend', 'not-estimable'],
    ])
    const single = await auditOf(
      rows.map((row) => ({ ...row, spend: 1 })),
      { kind: 'budget' },
    )
    expect(value(single, 'success@1')).toBe(0.7)
  })

  test('each attack and the union of all', async () => {
    const rows = ['x', 'y'].flatMap((attack, a) =>
      Array.from({ length: 10 }, (_, i) => ({ case: `c${i}`, attack, success: i % 2 === a && i < 6 ? 1 : 0 })),
    )
    const made = await auditOf(rows, { kind: 'budget' })
    expect(value(made, 'success', 'x')).toBe(0.3)
    expect(value(made, 'union')).toBe(0.6)
  })
})

test('layers: dependence that is all the mix of strata goes away within them', async () => {
  const rows = Array.from({ length: 400 }, (_, i) => i).flatMap((i) => {
    const hard = i < 200
    const first = hard ? i % 2 === 0 : i % 20 === 0
    const second = hard ? Math.floor(i / 2) % 2 === 0 : Math.floor(i / 20) % 20 === 0
    return [
      { case: `c${i}`, layer: 'one', breached: first ? 1 : 0, stratum: hard ? 'hard' : 'easy' },
      { case: `c${i}`, layer: 'two', breached: second ? 1 : 0, stratum: hard ? 'hard' : 'easy' },
    ]
  })
  const made = await auditOf(rows, { kind: 'layers' })
  expect(value(made, 'ratio')).toBeGreaterThan(1.4)
  expect(value(made, 'ratio within strata')).toBeLessThan(1.15)
})

test('layers and budgets: crossed user tasks and injections are two ways of clustering', async () => {
  // Five tasks by four injections; which works goes by the task.
  const works = [1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0]
  const rows = works.map((won, i) => ({
    case: `c${i}`,
    won,
    cluster: `task-${i % 5}`,
    cluster2: `injection-${Math.floor(i / 5)}`,
  }))
  const one = rows.map(({ case: id, won, cluster }) => ({ case: id, cluster, layer: 'a', breached: won }))
  const two = rows.map(({ won, ...row }) => ({ ...row, layer: 'a', breached: won }))
  const single = (await auditOf(one, { kind: 'layers' })).findings[0]
  expect(single?.n).toMatchObject({ trials: 20, clusters: 5 })
  const double = (await auditOf(two, { kind: 'layers' })).findings[0]
  expect(double?.n).toMatchObject({ trials: 20, clusters: 4 })
  expect(double?.estimate).toMatchObject({
    standardError: expect.closeTo(0.152393189515, 10),
    interval: { method: 'Korn–Graubard exact, two-way clustered' },
  })
  const success = (
    await auditOf(
      rows.map(({ won, ...row }) => ({ ...row, success: won })),
      { kind: 'budget' },
    )
  ).findings[0]
  expect(success?.estimate).toEqual(double?.estimate)
})

test('rate: scores and differences of agents that share two sampled things are clustered by both', async () => {
  const random = randomFrom('crossed', 'rate')
  const effects = Array.from({ length: 30 }, () => random())
  const rows = Array.from({ length: 6 * 24 }, (_, i) => {
    const [user, injection] = [i % 6, Math.floor(i / 6)]
    const at = ((effects[user] ?? 0) + (effects[6 + injection] ?? 0)) / 2
    return ['a', 'b'].map((agent) => ({
      agent,
      task: `t${i}`,
      user: `u${user}`,
      injection: `i${injection}`,
      // One of them is better with some users, and at some injections.
      score: random() < (agent === 'a' ? at : at * (user % 2 === 0 ? 0.4 : 1)) ? 1 : 0,
    }))
  }).flat()
  const both = { cluster: 'user', cluster2: 'injection' }
  const [plain, one, two] = await Promise.all([
    auditOf(rows, { kind: 'rate' }),
    auditOf(rows, { kind: 'rate', map: { cluster: 'user' } }),
    auditOf(rows, { kind: 'rate', map: both }),
  ])
  for (const quantity of ['rate', 'difference(rate: a → b)']) {
    expect(value(two, quantity)).toBeCloseTo(value(plain, quantity) ?? NaN, 12)
    expect(widthOf(two, quantity)).toBeGreaterThan(1.2 * widthOf(plain, quantity))
    expect(widthOf(two, quantity)).not.toBeCloseTo(widthOf(one, quantity), 6)
  }
  const [rate, difference] = [two.findings[0], two.findings.find(({ kind }) => kind === 'change')]
  expect(rate?.estimate).toMatchObject({ interval: { method: 'Korn–Graubard exact, two-way clustered' } })
  expect(difference?.estimate).toMatchObject({ interval: { method: 'two-way cluster-robust t' } })
  expect([rate?.n.clusters, difference?.n.clusters]).toEqual([6, 6])
  expect(difference?.details['p']).toBeGreaterThan(0)
})

async function strengthOf(rows: Parameters<typeof auditOf>[0]): Promise<Finding | undefined> {
  return (await auditOf(rows, { kind: 'pairs' })).findings.find((each) => each.quantity === 'strength')
}

test('detect and agree: texts and items that share what they were made of are clusters, one way or two', async () => {
  const random = randomFrom('crossed', 'detect and agree')
  const effects = Array.from({ length: 30 }, () => 2 * random())
  const rows = Array.from({ length: 6 * 24 }, (_, i) => {
    const [opening, ending] = [i % 6, Math.floor(i / 6)]
    const score = (effects[opening] ?? 0) + (effects[6 + ending] ?? 0) + random() + (ending % 2)
    return { case: `t${i}`, label: ending % 2, score, opening: `o${opening}`, ending: `e${ending}` }
  })
  const both = { cluster: 'opening', cluster2: 'ending' }
  const plain = await auditOf(rows, { kind: 'detect' })
  const crossed = await auditOf(rows, { kind: 'detect', map: both })
  for (const quantity of ['auroc', 'recall@5%']) {
    expect(value(crossed, quantity)).toBe(value(plain, quantity))
    expect(widthOf(crossed, quantity)).toBeGreaterThan(1.3 * widthOf(plain, quantity))
  }
  expect(crossed.findings[0]?.n.clusters).toBe(6)

  const labels = rows.flatMap(({ case: item, opening, ending, score }) =>
    [0, 1, 2].map((rater) => ({
      item,
      rater: `r${rater}`,
      // Raters differ where an opening is hard.
      label: score + (Number(opening.slice(1)) < 3 ? 3 * random() : 0) > 3 ? 'yes' : 'no',
      opening,
      ending,
    })),
  )
  const alone = await auditOf(labels, { kind: 'agree' })
  const byOpening = await auditOf(labels, { kind: 'agree', map: { cluster: 'opening' } })
  const byBoth = await auditOf(labels, { kind: 'agree', map: both })
  for (const quantity of ['raw', 'alpha', 'kappa(r0, r1)', 'against the others'])
    for (const clustered of [byOpening, byBoth]) {
      expect(value(clustered, quantity)).toBeCloseTo(value(alone, quantity), 12)
      expect(widthOf(clustered, quantity)).toBeGreaterThan(1.1 * widthOf(alone, quantity))
    }
  expect(byBoth.findings.find(({ quantity }) => quantity === 'kappa(r0, r1)')?.n.clusters).toBe(6)
})

test('strengths: verdicts of three raters on one pair are one contest', async () => {
  const verdicts = Array.from({ length: 60 }, (_, i) => ({
    pair: `p${i}`,
    left: 'a',
    right: 'b',
    verdict: i % 3 === 0 ? 'right' : i % 7 === 0 ? 'tie' : 'left',
  }))
  const once = await strengthOf(verdicts)
  const thrice = await strengthOf(verdicts.flatMap((row) => ['x', 'y', 'z'].map((rater) => ({ ...row, rater }))))
  expect(thrice?.n).toMatchObject({ trials: 180, clusters: 60 })
  expect(thrice?.estimate.value).toBeCloseTo(once?.estimate.value ?? NaN, 9)
  if (once?.estimate.type !== 'estimate' || thrice?.estimate.type !== 'estimate') throw new Error('not estimable')
  expect(thrice.estimate.interval.low).toBeCloseTo(once.estimate.interval.low, 6)
})

test('earnings: untested tasks are left out and printed as zero beside it', async () => {
  const rows = [
    { task: 'a', price: 100, score: 1, kind: 'small', tested: 1, cost: 1 },
    { task: 'b', price: 100, score: 0, kind: 'small', tested: 1, cost: 1 },
    { task: 'c', price: 600, score: 0.9, kind: 'large', tested: 1, cost: 1 },
    { task: 'd', price: 200, score: 0, kind: 'large', tested: 0, cost: 1 },
  ]
  const made = await auditOf(rows, { kind: 'earnings' }, ['earned share=10%', 'offered=$1,000'])
  expect(value(made, 'earned share')).toBeCloseTo(1 / 8, 12)
  expect(value(made, 'earned share, untested as zero')).toBeCloseTo(0.1, 12)
  expect(value(made, 'earned')).toBe(10_000)
  expect(value(made, 'cost')).toBe(400)
  expect(made.published.map((each) => each.explainedBy[0]?.policy)).toEqual(['untested as zero', undefined])
  expect(made.findings[1]?.n).toMatchObject({ trials: 3, invalid: 1 })
  expect(value(made, 'untested')).toBe(0.25)
  expect(made.findings[0]?.caveats).toEqual([])
})

test('a bare number is not taken for cents, and a rate beyond 100% is no published finding', async () => {
  const work = [{ task: 'a', price: 15, score: 1 }]
  await expect(auditOf(work, { kind: 'earnings' }, ['earned=15'])).rejects.toThrow(
    /--published earned=15: it is money, so write dollars with their sign/,
  )
  const cases = [
    { case: 'a', label: 1, score: 2 },
    { case: 'b', label: 0, score: 1 },
  ]
  await expect(auditOf(cases, { kind: 'detect' }, ['recall@200%=1'])).rejects.toThrow(/no finding has that name/)
})

test('earnings: work that falls into clusters is read by a clustered method', async () => {
  const made = await audit('test/data/evmbench/rows.csv', {
    kind: 'earnings',
    sql: `select audit || '/' || vuln as task, audit as cluster, award_usd as price,
      case when n_auditors_found >= 50 then 1 else 0 end as score from rows where n_auditors_found is not null`,
    version: 'test',
  })
  const done = made.findings.find((each) => each.quantity === 'done')
  expect(done?.n).toMatchObject({ trials: 113, tasks: 113, clusters: 37 })
  // By numpy and scipy.stats.beta, with the variance between audits; Wilson's would be 6.9% to 18.7%.
  expect(done?.estimate).toMatchObject({
    value: expect.closeTo(13 / 113, 12),
    interval: { low: expect.closeTo(0.0415878, 6), high: expect.closeTo(0.2389278, 6) },
  })
})

test('lead: records by elaborate scaffolds end at the release of the model that matches them bare', async () => {
  const rows = [
    { date: '2024-01-01', model: 'm1', scaffold: 'bare', score: 10, model_release: '2024-01-01', minimal: 1 },
    { date: '2024-02-01', model: 'm1', scaffold: 'big', score: 30, model_release: '2024-01-01', minimal: 0 },
    { date: '2024-05-11', model: 'm2', scaffold: 'bare', score: 35, model_release: '2024-05-11', minimal: 1 },
    { date: '2024-06-01', model: 'm2', scaffold: 'big', score: 60, model_release: '2024-05-11', minimal: 0 },
    { date: '2024-12-31', model: 'm3', scaffold: 'bare', score: 50, model_release: '2024-12-31', minimal: 1 },
  ]
  const made = await auditOf(rows, { kind: 'lead' })
  const found = made.findings.find((each) => each.quantity === 'lead')
  expect(found?.estimate.value).toBe(100)
  expect(found?.policies['censored']).toContain('1 of 2 are not matched yet')
  expect(found?.n).toMatchObject({ trials: 2, clusters: 2 })
})

function scored(
  date: string,
  model: string,
  score: number,
  minimal: 0 | 1,
  release = date,
): Readonly<Record<string, string | number>> {
  return { date, model, scaffold: minimal === 1 ? 'bare' : 'big', score, model_release: release, minimal }
}

test('lead: a record without a release is counted as left out; few clusters, and rows that --where left out, are said', async () => {
  const rows = [
    scored('2023-01-01', 'm0', 55, 0),
    scored('2024-01-01', 'm1', 10, 1),
    scored('2024-02-01', 'm1', 30, 0, '2024-01-01'),
    scored('2024-03-01', 'm9', 40, 0, ''),
    scored('2024-05-11', 'm2', 45, 1),
    scored('2024-06-01', 'm2', 60, 0, '2024-05-11'),
    scored('2024-12-31', 'm3', 70, 1),
  ]
  const lead = async (where?: string): Promise<Finding | undefined> =>
    (await auditOf(rows, { kind: 'lead', ...(where !== undefined && { where }) })).findings.find(
      ({ quantity }) => quantity === 'lead',
    )
  const whole = await lead()
  // Scores of 30, 40 and 45 are below the record of 2023: only 55 and 60 are records.
  expect(whole?.n).toMatchObject({ trials: 2, missing: 0 })
  const cut = await lead("date >= '2024-01-01'")
  expect(cut?.n).toMatchObject({ trials: 2, missing: 1 })
  expect(cut?.policies['unreleased']).toBe('1 record without model_release left out and counted')
  expect(cut?.caveats).toEqual([
    'only 2 clusters: below 30 a bootstrap interval is too narrow',
    '1 row left out by --where: a record is the best of the rows that were kept, so a score that an earlier row had beaten may count as one',
  ])
})

test('generality: an agent tuned to the static benchmarks stands out', async () => {
  const rows = Array.from({ length: 10 }, (_, i) => i).flatMap((i) => [
    { agent: `a${i}`, benchmark: 's1', kind: 'static', score: 10 * i + (i % 3) },
    { agent: `a${i}`, benchmark: 's2', kind: 'static', score: 10 * i - (i % 2) },
    { agent: `a${i}`, benchmark: 'g1', kind: 'agentic', score: i === 9 ? 0 : 5 * i + (i % 2) },
  ])
  const made = await auditOf(rows, { kind: 'generality' })
  const outliers = made.findings
    .filter((each) => each.details['outlier'] === true)
    .map((each) => each.conditions['agent'])
  expect(outliers).toEqual(['a9'])
  expect(value(made, 'correlation')).toBeLessThan(1)
})

test('detect: AUROC, recall and precision; a perfect detector and a coin', async () => {
  const random = randomFrom('test', 'detect')
  const rows = Array.from({ length: 400 }, (_, i) => ({
    case: `c${i}`,
    label: i % 2,
    monitor: 'coin',
    score: random(),
  }))
  const perfect = rows.map((row) => ({ ...row, monitor: 'perfect', score: row.label + row.score / 2 }))
  const made = await auditOf([...rows, ...perfect], { kind: 'detect' }, ['recall@10%@perfect=100%'])
  expect(value(made, 'auroc', 'perfect')).toBe(1)
  expect(Math.abs(value(made, 'auroc', 'coin') - 0.5)).toBeLessThan(0.1)
  expect(made.published[0]?.agrees).toBe(true)
  const precision = made.findings.find(
    (each) => each.quantity === 'precision@5%, prevalence 1%' && each.conditions['monitor'] === 'coin',
  )
  expect(precision?.estimate.value).toBeLessThan(0.1)
})

test('agree: who stands against the others is named', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => i).flatMap((i) =>
    ['r1', 'r2', 'r3', 'odd'].map((rater) => ({
      item: `i${i}`,
      rater,
      label: rater === 'odd' && i % 2 === 0 ? 'no' : i % 3 === 0 ? 'no' : 'yes',
    })),
  )
  const made = await auditOf(rows, { kind: 'agree' })
  expect(value(made, 'against the others', 'odd')).toBeCloseTo(10 / 30, 12)
  expect(value(made, 'against the others', 'r1')).toBe(0)
  expect(value(made, 'kappa(r1, r2)')).toBe(1)
})

describe('what every audit says', () => {
  const rows = Array.from({ length: 10 }, (_, i) => ({ task: `t${i}`, score: i % 2 }))

  test('equal rows and options give equal bytes; findings are uncalibrated and exploratory, with the hash of the data', async () => {
    const [first, second] = [await auditOf(rows, { kind: 'rate' }), await auditOf(rows, { kind: 'rate' })]
    expect(JSON.stringify(first)).toBe(JSON.stringify(second))
    expect(first.findings[0]).toMatchObject({
      calibration: 'uncalibrated',
      standing: 'exploratory',
      provenance: { dataHash: first.dataHash, study: 'audit rate' },
    })
  })

  test('a name that no finding has, or several, is refused with what there is', async () => {
    await expect(auditOf(rows, { kind: 'rate' }, ['accuracy=0.5'])).rejects.toThrow(/there are rate/)
    const two = rows.map((row, i) => ({ ...row, agent: `a${i % 2}` }))
    await expect(auditOf(two, { kind: 'rate' }, ['rate=0.5'])).rejects.toThrow(/say which: rate@a0, rate@a1/)
    expect(() => readPublished(['rate'])).toThrow(/write name=value/)
    expect(() => readPublished(['rate=high'])).toThrow(/write name=value/)
  })

  test('what rounding alone explains agrees', async () => {
    const thirds = Array.from({ length: 3 }, (_, i) => ({ task: `t${i}`, score: i === 0 ? 1 : 0 }))
    const made = await auditOf(thirds, { kind: 'rate' }, ['rate=33%', 'rate=33.3%', 'rate=0.34'])
    expect(made.published.map((each) => each.agrees)).toEqual([true, true, false])
  })
})

test('too many things to set each two beside one another are refused, or left out and told', async () => {
  const many = Array.from({ length: 41 }, (_, i) => `n${i}`)
  const scores = many.flatMap((benchmark, i) => ['a', 'b'].map((agent) => ({ agent, benchmark, score: i })))
  await expect(auditOf(scores, { kind: 'generality' })).rejects.toThrow(/41 benchmarks are too many .* \(at most 40\)/)
  const labels = many.flatMap((rater, i) => ['x', 'y'].map((item) => ({ rater, item, label: i % 2 })))
  const made = await auditOf(labels, { kind: 'agree' })
  expect(made.findings.some(({ quantity }) => quantity.startsWith('kappa('))).toBe(false)
  expect(made.findings[0]?.caveats[0]).toMatch(/41 raters are too many/)
})

describe('what has no value is no task and no cluster', () => {
  test('horizon: families without a run that counts, and runs without a length', async () => {
    const rows = Array.from({ length: 24 }, (_, i) => ({
      agent: 'a',
      task: `t${i}`,
      score: i % 5 < 3 ? 1 : 0,
      human_minutes: 2 ** (i % 8),
      family: `f${i % 6}`,
      status: 'ok',
    }))
    const some = { agent: 'a', score: 1, human_minutes: 4, status: 'ok' }
    const odd = [
      { ...some, task: 'blank', family: 'blank', score: '' },
      { ...some, task: 'no length', family: 'no length', human_minutes: '' },
      { ...some, task: 'broken', family: 'broken', status: 'invalid' },
    ]
    const made = await auditOf([...rows, ...odd], { kind: 'horizon' })
    expect(made.findings[0]?.n).toEqual({ trials: 24, tasks: 24, clusters: 6, invalid: 1, missing: 2 })
  })

  test('pairs: a pair without a verdict; agreement counts verdicts', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => [
      { pair: `p${i}`, task: `t${i}`, rater: 'x', verdict: i < 6 ? 'left' : 'right' },
      { pair: `p${i}`, task: `t${i}`, rater: 'y', verdict: i < 5 ? 'left' : 'right' },
    ]).flat()
    const blank = { pair: 'p10', task: 't10', rater: 'x', verdict: '' }
    const made = await auditOf([...rows, blank, { ...blank, pair: 'p0', task: 't0', rater: 'z' }], { kind: 'pairs' })
    expect(made.findings.find((each) => each.quantity === 'wins')?.n).toMatchObject({ tasks: 10, missing: 2 })
    expect(made.findings.find((each) => each.quantity === 'agreement')?.n).toMatchObject({ trials: 20, tasks: 10 })
  })

  test('layers: utility on the cases that have one; a case met twice is one cluster; a layer never judged is said', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({
      case: `c${i}`,
      layer: 'filter',
      breached: i < 4 ? 1 : 0,
      utility: i < 8 ? 1 : '',
    }))
    const unjudged = { case: 'c0', layer: 'unjudged', breached: '', utility: 1 }
    const made = await auditOf([...rows, unjudged], { kind: 'layers' })
    const of = (quantity: string, layer: string): Audit['findings'][number] | undefined =>
      made.findings.find((each) => each.quantity === quantity && each.conditions['layer'] === layer)
    expect(of('utility', 'filter')?.n).toEqual({ trials: 8, tasks: 8, clusters: 8, invalid: 0, missing: 4 })
    expect(of('breach', 'unjudged')?.estimate).toEqual({ type: 'not-estimable', reason: 'no values' })
    const twice = await auditOf([...rows, ...rows], { kind: 'layers' })
    expect(twice.findings[0]?.method).toContain('clustered')
  })
})
