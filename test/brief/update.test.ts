import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  applyChanges,
  briefYaml,
  changesOf,
  changeText,
  importText,
  makeBrief,
  parseBrief,
  renderHtml,
  renderText,
  verdictsOf,
  type Brief,
} from '../../src/brief/index.ts'
import { assay, scratch } from '../cli/assay.ts'
import { ABOVE, made, run } from './made.ts'

const OLD = makeBrief({
  title: 'A tool for cracks',
  updated: '2026-01-01',
  sources: [{ id: 'first', title: 'First report', file: 'first.txt', hash: 'h1' }],
  claims: [
    {
      text: 'The tool found 14 of 20 cracks in the gears.',
      quotes: [{ source: 'first', text: 'The tool found 14 of 20 cracks in the gears.' }],
      takeaway: true,
      sections: ['Cracks'],
    },
    { text: 'The shop earns money.', test: ABOVE, sections: ['Money'] },
    { text: 'A tray took nine minutes with the tool.', sections: ['Time'] },
  ],
  unknowns: ['Does it help at night?'],
})

const draft = (claims: Parameters<typeof makeBrief>[0]['claims'], more: Partial<Brief> = {}): Brief => ({
  ...makeBrief({
    title: 'x',
    updated: '2026-02-01',
    sources: [{ id: 'first', title: 'Second report', file: 'second.txt', hash: 'h2' }],
    claims,
  }),
  ...more,
})

const said = (text: string, how: 'asserted' | 'retracted' = 'asserted'): object => ({
  quotes: [{ source: 'first', text, how }],
  sections: ['News'],
})

/** As it is written down and read again: what was accepted is still a brief. */
function kept(brief: Brief): Brief {
  const read = parseBrief(briefYaml(brief), 'brief.yaml')
  expect(read).toEqual(brief)
  const text = renderText(read)
  expect(renderText(importText(text).brief)).toBe(text)
  return read
}

test('first history: a second source says one thing again, one thing anew and one thing otherwise', async () => {
  const news = draft(
    [
      { text: 'In the gears the tool found 14 of 20 cracks.', ...said('14 of 20 cracks') },
      { text: 'The tool found 11 of 20 cracks in the gears.', ...said('only 11 of 20 cracks in the gears') },
      { text: 'A licence costs 900 euros a year.', ...said('A licence costs 900 euros a year') },
    ],
    { unknowns: ['Does it help at night?', 'Who repairs it?'], watchlist: ['A third hall opens in June.'] },
  )
  const changes = changesOf(OLD, { draft: news, verdicts: [], texts: new Map() })
  expect(changes.map((change) => `${change.type}: ${changeText(change, OLD)}`)).toEqual([
    'said-again: The tool found 14 of 20 cracks in the gears. (“14 of 20 cracks”)',
    'contradicts: The tool found 11 of 20 cracks in the gears. (against: The tool found 14 of 20 cracks in the gears.)',
    'new: A licence costs 900 euros a year.',
    'watch: A third hall opens in June.',
    'unknown: Who repairs it?',
  ])
  const after = kept(applyChanges(OLD, changes, '2026-02-01', news))
  expect(after.sources.map(({ id, title }) => [id, title])).toEqual([
    ['first', 'First report'],
    ['first-2', 'Second report'],
  ])
  const [old] = after.claims
  expect(old?.quotes?.map(({ source }) => source)).toEqual(['first', 'first-2'])
  expect(after.contradictions).toHaveLength(1)
  expect(after.history?.map(({ what }) => what)).toEqual([
    'said again',
    'new',
    `contradicted by ${after.claims[3]?.id}`,
    'new',
  ])
  // A second update with the same news has nothing left to say.
  expect(changesOf(after, { draft: news, verdicts: [], texts: new Map() })).toEqual([])
  const page = await renderHtml(after)
  expect(page).toContain('<time datetime="2026-02-01">2026-02-01</time> said again')
})

test('second history: a speaker takes a claim back, and a report drops another', () => {
  const news = draft([
    {
      text: 'Taken back: “a tray took nine minutes with the tool”.',
      ...said('a tray took nine minutes with the tool', 'retracted'),
    },
  ])
  const changes = changesOf(OLD, { draft: news, verdicts: [], texts: new Map([['first', 'Another text.']]) })
  expect(changes.map(({ type }) => type)).toEqual(['withdrawn', 'withdrawn'])
  const after = kept(applyChanges(OLD, changes, '2026-03-01', news))
  expect(after.takeaways).toEqual([])
  expect(after.sections.map(({ title, claims }) => [title, claims.length])).toEqual([
    ['Money', 1],
    ['Withdrawn', 2],
  ])
  // Line by line: one alone leaves the other as it was.
  expect(applyChanges(OLD, changes.slice(1), '2026-03-01', news).takeaways).toEqual(OLD.takeaways)
})

test('third history: runs decide a claim, and later decide it otherwise', () => {
  const above = made({ value: 800, low: 700, high: 900 })
  const below = made({ value: 200, low: 100, high: 300 })
  const at = (brief: Brief, finding: typeof above): ReturnType<typeof changesOf> =>
    changesOf(brief, { verdicts: verdictsOf(brief, [run([finding])]), texts: new Map() })
  const first = at(OLD, above)
  expect(first).toMatchObject([{ type: 'verdict', from: 'untested', to: 'supported' }])
  const once = kept(applyChanges(OLD, first, '2026-02-01'))
  expect(at(once, above)).toEqual([])
  const twice = kept(applyChanges(once, at(once, below), '2026-04-01'))
  expect(twice.history).toEqual([
    { on: '2026-02-01', claim: 'the-shop-earns-money', what: 'untested → supported' },
    { on: '2026-04-01', claim: 'the-shop-earns-money', what: 'supported → contradicted' },
  ])
})

test('the command prints the lines, writes those that are accepted, and refuses numbers that are not there', async () => {
  const folder = scratch()
  const file = path.join(folder, 'brief.yaml')
  fs.writeFileSync(path.join(folder, 'first.txt'), 'The tool found 14 of 20 cracks in the gears.\n')
  fs.writeFileSync(
    path.join(folder, 'second.txt'),
    'The tool found 11 of 20 cracks in the gears. A licence of the tool costs 900 euros a year.\n',
  )
  fs.writeFileSync(file, `# Mine\n${briefYaml(OLD)}`)
  const shown = await assay(folder, 'brief', 'update', 'brief.yaml', 'second.txt')
  expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(/1 {2}! contradicts .*\n {2}2 {2}\+ new/)])
  expect(shown.err).toContain('--accept all')
  expect(fs.readFileSync(file, 'utf8')).not.toContain('licence')
  expect((await assay(folder, 'brief', 'update', 'brief.yaml', 'second.txt', '--accept', '7')).code).toBe(2)
  const taken = await assay(folder, 'brief', 'update', 'brief.yaml', 'second.txt', '--accept', '2')
  expect([taken.code, taken.err]).toEqual([0, expect.stringContaining('1 of 2 changes accepted')])
  const text = fs.readFileSync(file, 'utf8')
  expect(text).toMatch(/^# Mine\n/)
  expect(parseBrief(text, file).history).toHaveLength(1)
})
