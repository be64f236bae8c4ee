import { expect, test } from 'vitest'
import { briefStatus, confidenceOf, makeBrief, verdictsOf, type RunEvidence } from '../../src/brief/index.ts'
import { ABOVE, BRIEF, made, run } from './made.ts'

const one = makeBrief({
  title: 'One',
  sources: [{ id: 'a', title: 'A' }],
  claims: [{ text: 'It earns.', test: ABOVE, quotes: [{ source: 'a', text: 'It earns.' }] }],
})

const level = (evidence: readonly RunEvidence[], brief = one): string =>
  confidenceOf(brief, verdictsOf(brief, evidence)).level

test('a claim with a source that a clear, calibrated run supports gives high confidence', () => {
  expect(level([run([made()])])).toBe('High')
})

test('one source, few clusters or a narrow escape give medium', () => {
  const { quotes: _quotes, ...unsourced } = one.claims[0] ?? { id: '', text: '' }
  expect(level([run([made()])], { ...one, claims: [unsourced] })).toBe('Medium')
  const few = { trials: 5, tasks: 1, clusters: 5, invalid: 0, missing: 0 }
  expect(level([run([made({ n: few })])])).toBe('Medium')
  expect(level([run([made({ low: 550, high: 1420 })])])).toBe('Low')
  expect(level([run([made({ low: 700, high: 1420 })])])).toBe('Medium')
})

test('a contradiction is decided too, but its source is no support', () => {
  expect(level([run([made({ value: 100, low: 0, high: 200 })])])).toBe('Medium')
})

test('an uncalibrated claim, or too few decided, give low', () => {
  expect(level([run([made({ controls: 'false' })])])).toBe('Low')
  const reading = confidenceOf(one, verdictsOf(one, []))
  expect(reading.level).toBe('Low')
  expect(reading.short[0]).toBe('50% of the claims decided (0 of 1 now)')
})

test('the status says of every claim what it is, why, where it stands and what would decide it', () => {
  const { claims, counts } = briefStatus(BRIEF, [run([made()])])
  expect(counts).toEqual({ supported: 1, contradicted: 0, unresolved: 0, uncalibrated: 0, unvalidated: 0, untested: 1 })
  expect(claims[0]).toMatchObject({ status: 'supported', places: ['takeaways', 'Corner-Shop'] })
  expect(claims[0]).not.toHaveProperty('next')
  expect(claims[1]?.next).toContain('write the test')
  expect(briefStatus(BRIEF, []).claims[0]).toMatchObject({ status: 'untested', next: 'npx assay run vending' })
})
