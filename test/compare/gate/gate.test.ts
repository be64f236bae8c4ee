import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/findings/index.ts'
import type { Reading } from '../../../src/study/index.ts'
import { gate, gateMarkdown, junit, parsePolicy, type GatePolicy, type GateResult } from '../../../src/compare/index.ts'
import { xml } from '../../../src/compare/gate/reports.ts'
import { made } from '../../report/findings.ts'

function held(
  findings: readonly Finding[],
  policy: Partial<GatePolicy> = {},
  reading: Partial<Reading> = {},
): GateResult {
  return gate(
    { rules: [{ quantity: 'mean(netWorth)', where: {}, unit: 'cents', atLeast: 1200 }], ...policy },
    {
      run: 'vending-1',
      createdAt: '2026-05-01T10:00:00.000Z',
      reading: { findings, controls: [], unreadable: [], complete: true, dataHash: 'd', ...reading },
    },
  )
}

function rule(change: Partial<GatePolicy['rules'][number]>): GatePolicy {
  return { rules: [{ quantity: 'mean(netWorth)', where: {}, unit: 'cents', ...change }] }
}

describe('a gate', () => {
  test('holds the bound against the threshold, not the estimate', () => {
    expect(held([made({ value: 1310, low: 1200 })]).passed).toBe(true)
    expect(held([made({ value: 1310, low: 1199 })])).toMatchObject({
      passed: false,
      checks: [{ reasons: ['its lower bound $11.99 is below $12.00'] }],
    })
    expect(held([made({ high: 1420 })], rule({ atMost: 1420 })).passed).toBe(true)
    expect(held([made({ high: 1421 })], rule({ atMost: 1420 })).passed).toBe(false)
    expect(held([made({ high: Infinity })], rule({ atMost: 1e9 })).passed).toBe(false)
  })

  test.each([
    ['uncalibrated, since no control ran', made({ controls: 'off' }), /no control ran/],
    ['uncalibrated, since a control misread', made({ controls: 'false' }), /failed/],
    ['incomplete', made({ standing: 'incomplete' }), /unfinished/],
    ['exploratory', made({ standing: 'exploratory' }), /not in the plan/],
    ['in another unit', made({ unit: 'days' }), /in days, the policy is in cents/],
    ['not estimable', made({ estimate: { type: 'not-estimable', reason: 'one value' } }), /not estimable: one value/],
  ])('refuses a finding that is %s', (_, each, why) => {
    const { passed, checks } = held([each])
    expect(passed).toBe(false)
    expect(checks[0]?.reasons.join()).toMatch(why)
  })

  test('refuses a missing finding, and does not take a control for an agent unless it is named', () => {
    expect(held([]).passed).toBe(false)
    expect(held([]).checks[0]?.reasons[0]).toMatch(/no finding mean\(netWorth\); it has none/)
    const control = made({ agent: 'control/competent' })
    expect(held([control]).checks[0]?.reasons[0]).toMatch(/of a real agent has these conditions/)
    expect(held([control], rule({ where: { agent: 'control/competent' }, atLeast: 1 })).passed).toBe(true)
  })

  test('asks every finding that a rule names, and names each', () => {
    const result = held([made({ agent: 'local/a' }), made({ agent: 'local/b', low: 1100 })])
    expect(result.checks.map(({ rule: name, passed }) => [name, passed])).toEqual([
      ['mean(netWorth): local/a, scaffold=shown', true],
      ['mean(netWorth): local/b, scaffold=shown', false],
    ])
  })

  test('passes nothing of a run that cannot be read, or by a policy that came after it', () => {
    const unreadable = [{ where: 'local/m', invalid: 3, trials: 10, last: { trial: 't', stop: 'down' } }]
    expect(held([made()], {}, { unreadable }).checks[0]?.reasons[0]).toMatch(/3 of 10 trials are invalid in local\/m/)
    expect(held([made()], { setAt: '2026-05-01T09:59:00Z' }).passed).toBe(true)
    expect(held([made()], { setAt: '2026-05-01T12:30:00+02:00' }).checks[0]?.reasons[0]).toMatch(/after the run began/)
  })

  test('says that a threshold which no such number can miss decides nothing', () => {
    const share = made({ quantity: 'mean(solved)', unit: 'proportion', value: 0.5, low: 0.4, high: 0.6 })
    const below = { quantity: 'mean(solved)', unit: 'proportion', atLeast: -0.01 } as const
    expect(held([share], rule(below)).checks[0]?.reasons).toEqual([
      'the threshold −1.0% decides nothing: mean(solved) is always between 0.0% and 100.0%',
    ])
    expect(held([{ ...share, kind: 'change' }], rule(below)).passed).toBe(true)
  })

  test('asks for clusters where the policy does', () => {
    expect(held([made()], rule({ atLeast: 1, minClusters: 10 })).passed).toBe(true)
    expect(held([made()], rule({ atLeast: 1, minClusters: 11 })).checks[0]?.reasons).toEqual([
      'it has 10 clusters, the policy asks for 11',
    ])
  })
})

describe('a policy', () => {
  test('is read from YAML and from JSON', () => {
    const yaml = 'name: n\nrules:\n  - quantity: mean(x)\n    unit: proportion\n    atLeast: 0.9\n'
    const json = '{"name":"n","rules":[{"quantity":"mean(x)","unit":"proportion","atLeast":0.9}]}'
    expect(parsePolicy(yaml, 'p.yaml')).toEqual(parsePolicy(json, 'p.json'))
    expect(parsePolicy(yaml, 'p.yaml').rules[0]?.where).toEqual({})
  })

  test.each([
    ['no YAML', 'rules: [', /^p\.yaml:\d+:\d+: /],
    ['empty', '', /^p\.yaml is empty: a policy has the key rules with a list of them\. See/],
    ['only comments', '# soon', /^p\.yaml is empty: /],
    ['a list', '- quantity: q', /^p\.yaml holds a list: a policy has the key rules/],
    ['a word', 'strict', /^p\.yaml holds only "strict": /],
    ['without a quantity', 'rules: [{unit: cents, atLeast: 3}]', /rule 1: quantity: is missing \(string\)/],
    ['without rules', 'rules: []', /rules: needs at least one rule/],
    [
      'with a key nobody knows',
      'rules: [{quantity: q, unit: cents, atleast: 3, atMost: 4}]',
      /rule 1: knows no "atleast"/,
    ],
    ['without a threshold', 'rules: [{quantity: q, unit: cents}]', /rule 1: needs atLeast, atMost or both/],
    ['with an empty range', 'rules: [{quantity: q, unit: cents, atLeast: 3, atMost: 2}]', /no finding can pass/],
    ['in a unit nobody has', 'rules: [{quantity: q, unit: euros, atLeast: 3}]', /rule 1: unit: .*cents/],
    [
      'with a share in percent',
      'rules: [{quantity: q, unit: proportion, atLeast: 50}]',
      /rule 1: a share is from 0 to 1/,
    ],
    ['with a change beyond all shares', 'rules: [{quantity: q, unit: proportion, atLeast: -1.5}]', /from -1 to 1/],
    [
      'with a threshold in words',
      'rules: [{quantity: q, unit: cents, atLeast: lots}]',
      /rule 1: atLeast: should be number, not string/,
    ],
    [
      'set at no moment',
      'setAt: yesterday\nrules: [{quantity: q, unit: cents, atLeast: 3}]',
      /setAt: must be a moment/,
    ],
  ])('that is %s is refused on one line', (_, text, says) => {
    const refuse = (): unknown => parsePolicy(text, 'p.yaml')
    expect(refuse).toThrow(expect.objectContaining({ code: 'gate/policy', exit: 2 }))
    expect(refuse).toThrow(says)
    expect(refuse).toThrow(/^[^\n]*$/)
  })
})

describe('reports', () => {
  const result = held([made({ agent: 'a<b>&"c"|d', low: 1100 }), made({ agent: 'local/ok' })], { name: 'shop & co' })

  test('JUnit counts breaches and escapes what is said', () => {
    const text = junit(result)
    expect(text).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="shop &amp; co" tests="2" failures="1"/,
    )
    expect(text).toContain('a&lt;b&gt;&amp;&quot;c&quot;|d')
    expect(text.match(/<testcase /g)).toHaveLength(2)
    expect(text.match(/<failure type="fail" message="its lower bound \$11\.00 is below \$12\.00">/g)).toHaveLength(1)
  })

  test('any text stands in XML as it is, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (said) => {
        const written = xml(said)
        expect(written).not.toMatch(/[<>"']/)
        // oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
        expect(written).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
        const back = written
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&apos;', "'")
          .replaceAll('&amp;', '&')
        // oxlint-disable-next-line no-control-regex -- what XML 1.0 forbids
        expect(back).toBe(said.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd'))
      }),
    )
  })

  test('Markdown is one table row a check, with nothing in it that acts', () => {
    const rows = gateMarkdown(result)
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| result'))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/^\| \*\*FAIL\*\* \|/)
    expect(rows[0]).toContain(String.raw`a\<b\>&"c"\|d`)
  })
})
