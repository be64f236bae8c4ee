import { expect, test } from 'vitest'
import type { Finding } from '../../src/findings/index.ts'
import { pairText } from '../../src/report/index.ts'
import { made } from './findings.ts'

function pair(value: number, low: number, high: number, details: Finding['details']): Finding {
  const base = made({ estimate: { type: 'estimate', value, interval: { low, high, level: 0.95, method: 't' } } })
  return { ...base, kind: 'change', unit: 'proportion', conditions: { agent: 'b minus a', size: 'corner' }, details }
}
const names = { from: 'a', to: 'b', what: 'share right' }

test('the better of two is named first, with its gain', () => {
  const higher = { better: 'higher', holmP: 0.012, family: 1 }
  expect(pairText(pair(0.2, 0.1, 0.3, higher), names)).toBe(
    'b is better than a (size=corner): share right +20.0 points (95% CI +10.0 points to +30.0 points; 10 seeds; p = 0.012)',
  )
  expect(pairText(pair(-0.2, -0.3, -0.1, higher), names)).toContain(
    'a is better than b (size=corner): share right +20.0',
  )
})

test('where less is better, the better one has less', () => {
  expect(pairText(pair(0.2, 0.1, 0.3, { better: 'lower', holmP: 0.01, family: 1 }), names)).toContain(
    'a is better than b (size=corner): share right −20.0 points (95% CI −30.0 points to −10.0 points',
  )
})

test('without a direction the one with more is higher', () => {
  expect(pairText(pair(-0.2, -0.3, -0.1, { holmP: 0.01, family: 1 }), names)).toContain('a is higher than b')
})

test('an interval that holds 0, or a corrected p of 0.05 and more, shows no difference, with the direction in words', () => {
  const sentence = 'no difference could be shown between b and a (size=corner): share right'
  expect(pairText(pair(0.2, -0.1, 0.5, { better: 'higher', holmP: 0.2, family: 3 }), names)).toMatch(
    /share right .20\.0 points .*, b minus a, p corrected for 3 comparisons/,
  )
  const contrary = pairText(pair(0.2, 0.01, 0.39, { better: 'higher', holmP: 0.07, family: 1 }), names)
  expect(contrary).toContain(sentence)
  expect(contrary).toMatch(/; the interval excludes 0, but p decides$/)
})

test('two that have no number in common cannot be compared', () => {
  const none = made({ estimate: { type: 'not-estimable', reason: 'no pairs' } })
  expect(pairText({ ...none, conditions: { agent: 'b minus a' } }, names)).toMatch(/^b and a cannot be compared: /)
})
