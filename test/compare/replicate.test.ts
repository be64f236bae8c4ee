import { describe, expect, test } from 'vitest'
import { jsonObject } from '../../src/record/index.ts'
import { detectableDifference, tQuantile } from '../../src/stats/index.ts'
import {
  judgeable,
  judgeReplication,
  recordedFinding,
  replicationRule,
  type ReplicationTerms,
  type ReplicationVerdict,
} from '../../src/compare/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import type { Reading } from '../../src/study/index.ts'
import { made } from '../report/findings.ts'

const terms: ReplicationTerms = { level: 0.95, family: 1, agents: {} }
const DF = 19

/** A finding with a t interval on 19 degrees of freedom. */
function found(value: number, standardError: number, change: Parameters<typeof made>[0] = {}): Finding {
  const half = tQuantile(0.975, DF) * standardError
  return made({
    quantity: 'difference(netWorth: scaffold plain → shown)',
    kind: 'change',
    estimate: {
      type: 'estimate',
      value,
      standardError,
      df: DF,
      interval: { low: value - half, high: value + half, level: 0.95, method: 't' },
    },
    n: { trials: 40, tasks: 1, clusters: 20, invalid: 0, missing: 0 },
    ...change,
  })
}

function reading(findings: readonly Finding[], change: Partial<Reading> = {}): Reading {
  return { findings, controls: [], unreadable: [], complete: true, dataHash: 'd', ...change }
}

function judge(original: Finding, second: Finding, given = terms): ReplicationVerdict {
  const [verdict] = judgeReplication([original], reading([second]), given)
  if (verdict === undefined) throw new Error('no verdict')
  return verdict
}

describe('a difference', () => {
  const original = found(300, 100)

  test('replicated where the second run finds it again', () => {
    const verdict = judge(original, found(250, 80))
    expect(verdict).toMatchObject({ status: 'replicated', prediction: { inside: true } })
    expect(verdict.smallTelescopes).toMatchObject({ type: 'tested', below: false })
  })

  test('failed where the second run leaves no room for what the first could have seen: small telescopes', () => {
    const verdict = judge(original, found(0, 50))
    expect(verdict).toMatchObject({ status: 'failed', prediction: { inside: false } })
    // Inside the prediction interval of a vague original, and yet too small for it to have seen.
    const vague = found(2300, 1000)
    const small = judge(vague, found(250, 100))
    expect(small).toMatchObject({ status: 'failed', prediction: { inside: true } })
    if (small.smallTelescopes.type !== 'tested') throw new Error('not tested')
    const third = detectableDifference(
      { tasks: 20, repeats: 1, betweenTasks: 1000 * Math.sqrt(20), withinTask: 0 },
      1 / 3,
    )
    expect(small.smallTelescopes.small).toBeCloseTo(third, 9)
    expect(small.smallTelescopes.bound).toBeCloseTo(250 + tQuantile(0.95, DF) * 100, 9)
  })

  test('cannot be told where the second run has too little power', () => {
    const verdict = judge(original, found(150, 200))
    expect(verdict).toMatchObject({ status: 'cannot tell', why: /too little power/ })
    if (verdict.smallTelescopes.type !== 'tested') throw new Error('not tested')
    expect(verdict.smallTelescopes.power).toBeLessThan(0.2)
  })

  test('below 0 is judged on its own side', () => {
    const mirrored = judge(found(-300, 100), found(-250, 80))
    expect(mirrored.status).toBe('replicated')
    if (mirrored.smallTelescopes.type !== 'tested') throw new Error('not tested')
    expect(mirrored.smallTelescopes.small).toBeLessThan(0)
    expect(judge(found(-300, 100), found(300, 80)).status).toBe('failed')
  })

  test('that the original did not show has no effect to look for', () => {
    const verdict = judge(found(100, 100), found(50, 90))
    expect(verdict).toMatchObject({ status: 'replicated', smallTelescopes: { type: 'no-effect', why: /left 0 in/ } })
  })

  test('stands at a stricter level the more findings are judged', () => {
    const second = found(10, 75)
    expect(judge(original, second).prediction?.inside).toBe(false)
    expect(judge(original, second, { ...terms, family: 20 }).prediction?.inside).toBe(true)
  })
})

describe('a finding in a record of before findings said their kind', () => {
  const now = found(300, 100)
  const { kind: _, subject: __, ...old } = found(250, 100)
  const written = jsonObject.parse(JSON.parse(JSON.stringify(old)))

  test('keeps its numbers, and takes its kind from the same finding of its run', () => {
    expect(recordedFinding(written, [made(), now])).toEqual(found(250, 100))
    expect(recordedFinding(jsonObject.parse(JSON.parse(JSON.stringify(now))), [])).toEqual(now)
  })

  test('is refused where its run has it no more', () => {
    expect(() => recordedFinding(written, [made()])).toThrow(
      /"difference\(netWorth: scaffold plain → shown\)" in an older/,
    )
  })
})

function share(value: number, low: number, high: number): Finding {
  return made({ quantity: 'mean(solved)', unit: 'proportion', value, low, high })
}

describe('a number that is no difference', () => {
  const quantity = { quantity: 'mean(netWorth)', kind: 'level' } as const

  test('replicated where it lies where the first says, at about its precision', () => {
    const verdict = judge(found(1000, 100, quantity), found(1100, 120, quantity))
    const half = tQuantile(0.975, (100 ** 2 + 120 ** 2) ** 2 / (100 ** 4 / DF + 120 ** 4 / DF)) * Math.hypot(100, 120)
    expect(verdict).toMatchObject({ status: 'replicated', smallTelescopes: { type: 'no-effect', why: /no null/ } })
    expect(verdict.prediction?.low).toBeCloseTo(1000 - half, 9)
    expect(verdict.prediction?.high).toBeCloseTo(1000 + half, 9)
    expect(judge(found(1000, 100, quantity), found(1500, 120, quantity)).status).toBe('failed')
    expect(judge(found(1000, 100, quantity), found(1100, 250, quantity))).toMatchObject({
      status: 'cannot tell',
      why: /2\.5 times as wide/,
    })
  })

  test('precision is that of intervals, as the rule says: few clusters make one wide whose standard error is small', () => {
    const half = tQuantile(0.975, 2) * 120
    const few = found(1100, 120, {
      ...quantity,
      estimate: {
        type: 'estimate',
        value: 1100,
        standardError: 120,
        df: 2,
        interval: { low: 1100 - half, high: 1100 + half, level: 0.95, method: 't' },
      },
    })
    // 1.2 × t(2)/t(19) = 2.47.
    expect(judge(found(1000, 100, quantity), few)).toMatchObject({
      status: 'cannot tell',
      why: /is 2\.5 times as wide/,
    })
    const endless = {
      ...few,
      estimate: { ...few.estimate, interval: { low: 900, high: Infinity, level: 0.95, method: 't' } },
    }
    expect(judge(found(1000, 100, quantity), endless)).toMatchObject({ status: 'cannot tell', why: /has no end/ })
  })

  test('a share keeps its prediction between 0 and 1', () => {
    const verdict = judge(share(0.98, 0.9, 1), share(1, 0.88, 1))
    expect(verdict.status).toBe('replicated')
    expect(verdict.prediction?.high).toBe(1)
    expect(judge(share(0.98, 0.9, 1), share(0.4, 0.3, 0.5)).status).toBe('failed')
  })
})

describe('a share that nothing could have refuted', () => {
  // None of 4, five findings of it at once.
  const none = made({
    quantity: 'mean(solved)',
    unit: 'proportion',
    value: 0,
    low: 0,
    high: 0.602,
    n: { trials: 4, tasks: 1, clusters: 4, invalid: 0, missing: 0 },
  })
  const five = { ...terms, family: 5 }

  test('cannot be told, by a rule that says so', () => {
    expect(judge(none, none, { ...five, whole: 0.8 })).toMatchObject({
      status: 'cannot tell',
      why: expect.stringMatching(/nothing could have failed/),
      prediction: { inside: true },
    })
    expect(replicationRule({ ...terms, whole: 0.8 })).toContain('holds 80% or more of 0% to 100%')
  })

  test('is judged by an older rule as that rule was written', () => {
    expect(judge(none, none, five).status).toBe('replicated')
    expect(replicationRule(terms)).not.toContain('nothing could have failed')
  })

  test('is judged where its prediction leaves shares out, and so is money', () => {
    expect(judge(share(0.5, 0.4, 0.6), share(0.45, 0.35, 0.55), { ...terms, whole: 0.8 }).status).toBe('replicated')
    const money = { quantity: 'mean(netWorth)' }
    expect(judge(found(1000, 900, money), found(1100, 900, money), { ...terms, whole: 0.8 }).status).toBe('replicated')
  })
})

describe('nothing is told', () => {
  const original = found(300, 100)
  test.each([
    ['of a incomplete replication', found(250, 80, { standing: 'incomplete' }), /replication is incomplete/],
    ['of an uncalibrated one', found(250, 80, { controls: 'false' }), /replication is uncalibrated/],
    [
      'of one in other conditions',
      found(250, 80, { conditions: { agent: 'local/m', scaffold: 'x' } }),
      /no such finding/,
    ],
    ['of one in another unit', found(250, 80, { unit: 'days' }), /in days, not in cents/],
    ['without an interval', found(250, 80, { estimate: { type: 'not-estimable', reason: 'one pair' } }), /one pair/],
  ])('%s', (_, second, why) => {
    expect(judge(original, second)).toMatchObject({ status: 'cannot tell', why: expect.stringMatching(why) })
  })

  test('of a run that cannot be read, or by an original that was uncalibrated', () => {
    const unreadable = [{ where: 'local/m', invalid: 5, trials: 10, last: { trial: 't', stop: 'down' } }]
    const [verdict] = judgeReplication([original], reading([found(250, 80)], { unreadable }), terms)
    expect(verdict).toMatchObject({ status: 'cannot tell', why: /cannot be read/ })
    expect(judge(found(300, 100, { controls: 'off' }), found(250, 80)).why).toMatch(/the original is uncalibrated/)
  })
})

test('another model stands for the one it replaces', () => {
  const second = found(250, 80, { conditions: { agent: 'local/new', scaffold: 'shown' } })
  expect(judge(found(300, 100), second).status).toBe('cannot tell')
  expect(judge(found(300, 100), second, { ...terms, agents: { 'local/m': 'local/new' } }).status).toBe('replicated')
})

test('real agents are judged, controls only where there is no real agent', () => {
  const real = found(1, 1)
  const control = found(1, 1, { agent: 'control/idle' })
  const flat = made({ estimate: { type: 'not-estimable', reason: 'no spread', value: 3 } })
  expect(judgeable([real, control, flat])).toEqual([real])
  expect(judgeable([control, flat])).toEqual([control])
  expect(judgeable([real], ['mean(other)'])).toEqual([])
})

test('the rule names both criteria, the level and the family', () => {
  const rule = replicationRule({ level: 0.95, family: 3, agents: {} })
  expect(rule).toMatch(/Prediction interval: .*95% jointly over 3 findings/)
  expect(rule).toMatch(/Small telescopes/)
})
