import { expect, test } from 'vitest'
import {
  checkBrief,
  linkRun,
  makeBrief,
  parseBriefAt,
  briefYaml,
  verdictOf,
  type Brief,
  type CheckedAgainst,
  type ClaimSpec,
  type FoundSource,
} from '../../src/brief/index.ts'
import { ABOVE, made, run } from './made.ts'

const SOURCE = 'Agents earn money. Shops “pay”\n  well in May.'
const sources = new Map<string, FoundSource>([
  ['s', { type: 'read', text: { kind: 'text', text: SOURCE, hash: 'h', headings: [] } }],
])
const NOW = Date.parse('2026-05-02T00:00:00Z')

const wrong = (brief: Brief, against: Partial<CheckedAgainst> = {}): readonly (readonly [string, string, string])[] =>
  checkBrief(brief, { evidence: [], sources, now: NOW, ...against }).map(({ kind, what, todo }) => [kind, what, todo])

const one = (claim: Partial<ClaimSpec>, spec: Partial<Brief> = {}): Brief => ({
  ...makeBrief({
    title: 'T',
    updated: '2026-05-01',
    sources: [{ id: 's', title: 'S', file: 's.txt', hash: 'h' }],
    claims: [{ id: 'c', text: 'It earns.', takeaway: true, ...claim }],
  }),
  ...spec,
})

test('a sound brief has nothing wrong with it', () => {
  const brief = one({ test: ABOVE, quotes: [{ source: 's', text: 'Agents earn money.', at: [0, 18] }] })
  expect(wrong(brief)).toEqual([])
  expect(wrong(linkRun(brief, run([made()])), { evidence: [run([made()])] })).toEqual([])
})

test('quotes that are elsewhere, nearly there or nowhere, and sources that nobody can look into', () => {
  const quoted = (text: string, at?: readonly [number, number]): unknown =>
    wrong(one({ quotes: [{ source: 's', text, ...(at !== undefined && { at }) }] }))
  expect(quoted('Agents earn money.')).toEqual([])
  expect(quoted('Agents earn money.', [1, 19])).toEqual([
    ['quote', expect.stringContaining('is not at 1 to 19'), 'write at: [0, 18]'],
  ])
  expect(quoted('Shops "pay" well')).toEqual([['quote', expect.anything(), 'copy characters 19 to 37 of it']])
  expect(quoted('Agents lose money.')).toEqual([['quote', expect.stringContaining('is not in s'), expect.anything()]])
  const brief = one({ quotes: [{ source: 's', text: 'Agents' }] })
  expect(wrong(brief, { sources: new Map() })).toEqual([
    ['source', expect.stringContaining('names no file'), expect.anything()],
  ])
  expect(wrong(brief, { sources: new Map([['s', { type: 'missing', why: 'gone' }]]) })).toEqual([
    ['source', 'source s cannot be read: gone', 'fix its file'],
  ])
  const changed: FoundSource = { type: 'read', text: { kind: 'text', text: 'Agents', hash: 'other', headings: [] } }
  expect(wrong(brief, { sources: new Map([['s', changed]]) })).toEqual([
    ['source', 'the text of source s is other, and was h when it was quoted', expect.anything()],
  ])
})

test('a test set after the run started, or changed after it was linked', () => {
  const evidence = [run([made()])]
  const late = one({ test: { ...ABOVE, setAt: '2026-05-01T11:00:00Z' } })
  expect(wrong(late, { evidence })).toEqual([
    ['test', expect.stringContaining('after vending-1 started'), expect.anything()],
  ])
  const linked = linkRun(one({ test: ABOVE }), run([made()]))
  const eased = { ...linked, claims: linked.claims.map((claim) => ({ ...claim, test: { ...ABOVE, threshold: 1 } })) }
  expect(wrong(eased, { evidence })).toEqual([
    ['test', expect.stringContaining('changed after vending-1 was linked'), expect.anything()],
  ])
  expect(eased.claims.map((claim) => verdictOf(claim, evidence).status)).toEqual(['unresolved'])
})

test('runs that are not here, say nothing, hold other rows, are linked by name alone, or decide nothing', () => {
  const kinds = (finding: { run: string; data?: string; test?: string }, evidence = [run([made()])]): unknown =>
    wrong(one({ test: ABOVE, finding }), { evidence }).map(([kind, what]) => [kind, what])
  expect(kinds({ run: 'gone' })).toEqual([['run', 'c is linked to the run gone, which is not here']])
  expect(kinds({ run: 'vending-1' }, [run([made({ agent: 'other' })])])).toEqual([
    ['run', expect.stringContaining('it did not measure "mean net worth" under')],
  ])
  expect(kinds({ run: 'vending-1', data: 'old' })).toEqual([
    ['run', expect.stringContaining('rows of vending-1 under c have changed')],
  ])
  expect(kinds({ run: 'vending-1' })).toEqual([['run', 'c is linked to vending-1 by name alone']])
  expect(wrong(one({ finding: { run: 'vending-1' } }), { evidence: [run([made()])] })).toEqual([
    ['run', expect.stringContaining('has no test'), expect.anything()],
  ])
})

test('findings that are not calibrated, and verdicts and confidence that are not the rule’s', () => {
  const off = [run([made({ controls: 'off' })])]
  expect(wrong(one({ test: ABOVE }), { evidence: off })).toEqual([
    ['uncalibrated', expect.stringContaining('no control ran'), expect.stringContaining('--controls with')],
  ])
  expect(wrong(one({ test: ABOVE, verdict: 'contradicted' }), { evidence: [run([made()])] })).toEqual([
    ['verdict', 'c is called contradicted, and by its rule it is supported', expect.anything()],
  ])
  expect(wrong(one({ verdict: 'supported' }))).toEqual([
    ['verdict', expect.stringContaining('by its rule it is untested (no test says'), expect.anything()],
  ])
  const low = [run([made({ unit: 'days', n: { trials: 5, tasks: 1, clusters: 5, invalid: 0, missing: 0 } })])]
  const days = one({ test: { ...ABOVE, unit: 'days' } }, { stated: { confidence: 'High' } })
  expect(wrong(days, { evidence: low })).toEqual([
    ['verdict', expect.stringContaining('confidence High, and by the rule it is Medium'), expect.anything()],
  ])
})

test('claims said twice, nearly twice, or nowhere; and lines said twice', () => {
  const brief: Brief = {
    ...makeBrief({
      title: 'T',
      claims: [
        { id: 'a', text: 'Shown examples, agents earn money in small shops.', takeaway: true },
        { id: 'b', text: 'Agents shown examples earn money in small shops.', sections: ['S'] },
        { id: 'c', text: 'Agents shown 3 examples earn money in small shops.', sections: ['S'] },
        { id: 'd', text: 'Guards break.' },
      ],
      watchlist: ['Larger models.', 'larger models'],
    }),
    takeaways: ['a', 'a'],
  }
  expect(wrong(brief).map(([kind, what]) => [kind, what])).toEqual([
    ['duplicate', 'a is here twice'],
    ['duplicate', 'b says nearly what a says (100% of their words)'],
    ['duplicate', 'watchlist says this twice'],
    ['place', 'd is in no part of the brief'],
  ])
})

test('dates: older than what it rests on, still to come, too old, none at all', () => {
  const evidence = [run([made()])]
  const dated = (updated: string | undefined, more: Partial<CheckedAgainst> = {}): readonly string[] => {
    const { updated: _updated, ...rest } = one({ test: ABOVE })
    return wrong(updated === undefined ? rest : { ...rest, updated }, { evidence, ...more }).map(([, what]) => what)
  }
  expect(dated('2026-05-01')).toEqual([])
  expect(dated('2026-05-01 10:00')).toEqual([])
  expect(dated('2026-05-01 09:30')).toEqual([
    'the brief was updated 2026-05-01 09:30, before the run vending-1 (2026-05-01T10:00:00.000Z)',
  ])
  expect(dated('2026-04-30')).toEqual([expect.stringContaining('and 1 more')])
  expect(dated('2026-05-09')).toEqual([expect.stringContaining('still to come')])
  expect(dated('2026-05-01', { now: Date.parse('2026-07-01'), staleAfter: 30 })).toEqual([
    'the brief is 61 days old, and 30 are allowed',
  ])
  expect(dated(undefined)).toEqual(['the brief has no date'])
})

test('a quantity that the study never finds is named with those it does', () => {
  expect(wrong(one({ test: ABOVE }), { quantities: () => ['mean(sold)'] })).toEqual([
    ['test', 'no finding of vending is called mean(netWorth)', 'name what it finds: mean(sold)'],
  ])
})

test('every issue is found again in the file, by line and column', () => {
  const { brief, at } = parseBriefAt(briefYaml(one({ quotes: [{ source: 's', text: 'nowhere' }] })), 'b.yaml')
  const [issue] = checkBrief(brief, { evidence: [], sources, now: NOW })
  expect(at(issue?.path ?? [])).toBe('b.yaml:12:9')
})

test('two thousand claims are compared in a moment', () => {
  const claims = Array.from({ length: 2000 }, (_, index) => ({
    text: `Agents of kind ${index} earn money number ${index * 7} in shop ${index % 13}.`,
    takeaway: true,
  }))
  expect(wrong(makeBrief({ title: 'T', claims }))).toEqual([])
})
