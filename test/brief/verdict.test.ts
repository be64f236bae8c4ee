import { expect, test } from 'vitest'
import { verdictOf, type Claim } from '../../src/brief/index.ts'
import { ABOVE, made, run } from './made.ts'

const claim: Claim = { id: 'c', text: 'It earns.', test: ABOVE }

const status = (low: number, high: number, test: Claim['test'] = ABOVE): string =>
  verdictOf({ ...claim, test: test ?? ABOVE }, [run([made({ value: (low + high) / 2, low, high })])]).status

test('the place of the whole interval decides', () => {
  expect(status(501, 900)).toBe('supported')
  expect(status(100, 499)).toBe('contradicted')
  expect(status(100, 900)).toBe('unresolved')
})

test('a bound that touches the threshold decides nothing', () => {
  expect([status(500, 900), status(100, 500), status(500, 500)]).toEqual(['unresolved', 'unresolved', 'unresolved'])
})

test('below and between have their own sides', () => {
  const below = { ...ABOVE, direction: 'below', threshold: 500 } as const
  expect([status(100, 499, below), status(501, 900, below)]).toEqual(['supported', 'contradicted'])
  const { study, quantity, where, unit, setAt } = ABOVE
  const between = { study, quantity, where, unit, setAt, direction: 'between', low: 200, high: 600 } as const
  expect([
    status(201, 599, between),
    status(100, 199, between),
    status(601, 900, between),
    status(100, 300, between),
    status(100, 900, between),
  ]).toEqual(['supported', 'contradicted', 'contradicted', 'unresolved', 'unresolved'])
})

test('an interval without an upper bound can still lie above', () => {
  expect(verdictOf(claim, [run([made({ value: 900, low: 600, high: Infinity })])])).toMatchObject({
    status: 'supported',
    margin: 0,
  })
})

test('a finding whose controls misread, or that had none, is uncalibrated', () => {
  expect(verdictOf(claim, [run([made({ controls: 'false' })])])).toMatchObject({
    status: 'uncalibrated',
    reasons: ['control idle failed'],
  })
  expect(verdictOf(claim, [run([made({ controls: 'off' })])])).toMatchObject({
    status: 'uncalibrated',
    reasons: ['no control ran'],
  })
})

test('a control decides a claim only where its test names it', () => {
  const control = made({ subject: { type: 'control', name: 'control/idle' }, conditions: { agent: 'control/idle' } })
  const anyone = { ...claim, test: { ...ABOVE, where: {} } }
  expect(verdictOf(anyone, [run([control])]).status).toBe('untested')
  expect(verdictOf(anyone, [run([control, made()])])).toMatchObject({ status: 'supported', finding: made() })
  const named = { ...claim, test: { ...ABOVE, where: { agent: 'control/idle' } } }
  expect(verdictOf(named, [run([control])]).status).toBe('supported')
})

test('what is incomplete, exploratory, unreadable, late, not estimable or in another unit decides nothing', () => {
  const late = { ...claim, test: { ...ABOVE, setAt: '2026-05-01T12:00:01+02:00' } }
  const cases = [
    verdictOf(claim, [run([made({ standing: 'incomplete' })])]),
    verdictOf(claim, [run([made({ standing: 'exploratory' })])]),
    verdictOf(claim, [
      run([made()], { unreadable: [{ where: 'm', invalid: 3, trials: 5, last: { trial: 't', stop: 'down' } }] }),
    ]),
    verdictOf(late, [run([made()])]),
    verdictOf(claim, [run([made({ estimate: { type: 'not-estimable', reason: 'one cluster' } })])]),
    verdictOf(claim, [run([made({ unit: 'count' })])]),
  ]
  expect(cases.map((verdict) => verdict.status)).toEqual(Array.from({ length: 6 }, () => 'unresolved'))
  expect(cases.map((verdict) => verdict.reasons[0])).toEqual([
    expect.stringContaining('incomplete'),
    expect.stringContaining('exploratory'),
    expect.stringContaining('invalid'),
    expect.stringContaining('after the run started'),
    expect.stringContaining('one cluster'),
    expect.stringContaining('the test in cents'),
  ])
})

test('every obstacle is named, not the first alone', () => {
  const { status: said, reasons } = verdictOf(claim, [run([made({ standing: 'incomplete', controls: 'off' })])])
  expect([said, reasons.length]).toEqual(['unresolved', 2])
})

const why = (each: Claim, evidence = [run([made()])]): unknown => {
  const verdict = verdictOf(each, evidence)
  return [verdict.status, verdict.reasons[0]]
}

test('without test, run or finding a claim is untested, and says which', () => {
  expect(why({ id: 'c', text: 'It earns.' })).toEqual(['untested', 'no test says what would decide it'])
  expect(why(claim, [])).toEqual(['untested', 'no one has run the study "vending" for this brief'])
  expect(verdictOf(claim, [], 1, new Map()).reasons).toEqual(['the study "vending" does not exist here yet'])
  expect(why({ ...claim, finding: { run: 'vending-9' } })).toEqual(['untested', 'the run vending-9 is not here'])
  expect(why({ ...claim, test: { ...ABOVE, where: { agent: 'other' } } })).toEqual([
    'untested',
    `1 run of the study "vending" exists (vending-1), but it did not measure "mean net worth" under the test's conditions`,
  ])
})

test('two findings that answer one test leave it unresolved', () => {
  const two = run([made(), made({ conditions: { agent: 'local/m', scaffold: 'plain' } })])
  expect(verdictOf(claim, [two]).reasons[0]).toContain('2 findings answer the test')
})

test('a verdict carries the rule and what the rule was given', () => {
  const verdict = verdictOf(claim, [run([made()])])
  expect(verdict.rule).toBe(
    'Supported if the whole interval of "mean net worth" in the study "vending" (local/m) is above $5.00, contradicted if all of it is below, else unresolved; set on 2026-05-01.',
  )
  expect(verdict.inputs).toBe(
    'mean net worth $13.10 (95% CI $12.00 to $14.20; 10 seeds), 10 trials, 10 clusters; run vending-1, started 2026-05-01T10:00:00.000Z.',
  )
  expect(verdict.margin).toBeCloseTo(700 / 220)
})

test('a threshold that no such number can miss decides nothing; of a change it is one like any other', () => {
  const test = { ...ABOVE, quantity: 'worth', unit: 'proportion', threshold: -0.01 } as const
  const worth = { quantity: 'worth', unit: 'proportion', value: 0.2, low: 0.1, high: 0.3 } as const
  expect(verdictOf({ ...claim, test }, [run([made(worth)])])).toMatchObject({
    status: 'unresolved',
    reasons: [expect.stringContaining('the threshold −1.0% decides nothing: worth is always between 0.0% and 100.0%')],
  })
  expect(verdictOf({ ...claim, test }, [run([made({ ...worth, kind: 'change' })])])).toMatchObject({
    status: 'supported',
    rule: expect.stringContaining('is above −1.0 points'),
  })
})
