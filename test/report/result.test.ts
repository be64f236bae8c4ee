import { expect, test } from 'vitest'
import {
  citation,
  estimateText,
  findingLine,
  headlines,
  intervalText,
  resultOf,
  resultSentences,
  textOf,
} from '../../src/report/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import { made } from './findings.ts'

function full(finding: Finding, all: readonly Finding[] = []): string {
  return textOf(resultOf([finding], 'full', all))
}

const careful = made({
  agent: 'control/careful',
  value: 1930,
  low: 1900,
  high: 1960,
  conditions: { agent: 'control/careful' },
})

test('a result is one sentence: agent, conditions, estimate, interval, sample, and the controls', () => {
  expect(full(made(), [made(), careful])).toBe(
    'Result: local/m, scaffold=shown: mean net worth $13.10 (95% CI $12.00 to $14.20; 10 seeds). Controls: careful $19.30.',
  )
})

test('a result says what keeps it from deciding anything', () => {
  expect(full(made({ controls: 'false' }))).toMatch(/, uncalibrated: control idle failed\.$/)
  expect(full(made({ controls: 'off', standing: 'incomplete' }))).toMatch(
    /, incomplete; uncalibrated: no control ran\.$/,
  )
})

test('a number without an interval says why', () => {
  const alike = made({
    estimate: { type: 'not-estimable', reason: 'no spread between clusters', value: 2000 },
    n: { trials: 8, tasks: 1, clusters: 8, invalid: 0, missing: 0 },
  })
  expect(full(alike)).toContain('mean net worth $20.00 (no interval: all 8 seeds gave $20.00; 8 seeds)')
  expect(findingLine(alike)).toContain('$20.00, no interval: all 8 seeds gave $20.00; 8 trials')
})

test('a share of nothing says of how many, and how much it may be', () => {
  const none = made({
    title: 'attack success rate',
    unit: 'proportion',
    value: 0,
    low: 0,
    high: 0.142,
    n: { trials: 24, tasks: 24, clusters: 24, invalid: 0, missing: 0 },
    policies: { cluster: 'task' },
  })
  expect(full(none)).toContain('attack success rate 0 of 24 (at most 14.2% by its 95% CI; 24 tasks)')
})

test('an estimate and its bounds have the same decimals', () => {
  const days = made({ unit: 'days', value: 200.8, low: 194.52, high: 207 })
  expect(`${estimateText(days)}, ${intervalText(days)}`).toBe('200.8 days, 95% interval 194.5 days to 207.0 days')
  const whole = made({ unit: 'score', value: 12, low: 9, high: 1215 })
  expect(`${estimateText(whole)}, ${intervalText(whole)}`).toBe('12, 95% interval 9 to 1,215')
})

test('only agents are headlines: those that the study names, or its first quantity', () => {
  const second = made({ quantity: 'mean(days)' })
  expect(headlines([careful, made(), second])).toEqual([made()])
  expect(headlines([careful, made(), second], ({ quantity }) => quantity === 'mean(days)')).toEqual([second])
  expect(resultSentences([careful])).toEqual(['Result: only controls ran, so no agent was measured.'])
  expect(resultSentences(Array.from({ length: 8 }, () => made())).at(-1)).toBe('And 2 more results in the tables.')
})

test('a citation names all that a reader needs to check it', () => {
  expect(citation(made({ policies: { cluster: 'seed', sampling: 'temperature 0.7' } }))).toBe(
    'Mean net worth (local/m, scaffold=shown; temperature 0.7): $13.10 (95% CI $12.00 to $14.20; cluster-robust t over 10 seeds; 10 trials of 1 task, 0 invalid, 0 missing). One control check of this number passed (idle). The analysis was planned before the run. Assay 0.1.0, study vending, run vending-1, plan sha256-design, data sha256-data.',
  )
})

test('at a glance several agents are in one sentence, highest first, and a page may set its parts apart', () => {
  const large = made({ agent: 'acme/large', value: 2000, low: 1900, high: 2100, conditions: { agent: 'acme/large' } })
  const small = made({ agent: 'acme/small', conditions: { agent: 'acme/small' } })
  expect(
    resultOf([small, large, careful], 'glance')
      .parts.map(({ text }) => text)
      .join(''),
  ).toBe('Mean net worth: acme/large $20.00 ($19.00 to $21.00), acme/small $13.10 ($12.00 to $14.20)')
  expect(resultOf([small], 'glance').parts.map(({ type }) => type)).toContain('range')
})

test('every detail says the same number', () => {
  for (const detail of ['glance', 'number', 'full', 'cite'] as const)
    expect(textOf(resultOf([made()], detail))).toContain('$13.10')
})
