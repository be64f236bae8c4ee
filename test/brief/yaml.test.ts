import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { briefYaml, editBrief, linkRun, parseBrief } from '../../src/brief/index.ts'
import { BRIEF, made, run } from './made.ts'
import { briefs } from './briefs.ts'

const FILE = `# Reviewed by both of us.
title: Small shops   # working title
updated: 2026-05-01
claims:
  # The one that matters.
  - id: examples-pay
    text: Worked examples pay.
    test:
      study: vending
      quantity: mean(netWorth)
      where: { agent: local/m }
      direction: above
      threshold: 500 # five dollars
      unit: cents
      setAt: 2026-05-01T09:00:00Z
  - id: idle
    text: "Idle shops earn nothing."
takeaways: [examples-pay]
unknowns:
  - Does it last?
`

/** Lines without blanks: what an edit may lay out anew. */
const bare = (text: string): readonly string[] => text.replaceAll(' ', '').split('\n')

const failure = (text: string): string => {
  try {
    parseBrief(text, 'brief.yaml')
    return 'no failure'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test('a brief written and read is the same brief', () => {
  expect(parseBrief(briefYaml(BRIEF), 'brief.yaml')).toEqual(BRIEF)
  fc.assert(
    fc.property(briefs, (brief) => {
      expect(parseBrief(briefYaml(brief), 'b')).toEqual(brief)
    }),
    { seed: 7 },
  )
})

test('an edit that changes nothing changes no letter', () => {
  expect(editBrief(FILE, 'brief.yaml', (brief) => brief)).toBe(FILE)
})

test('linking a run adds its lines and keeps comments, order and style', () => {
  const edited = editBrief(FILE, 'brief.yaml', (brief) => linkRun(brief, run([made()])))
  expect(bare(edited).toSpliced(15, 4)).toEqual(bare(FILE))
  expect(edited).toContain('# The one that matters.')
  expect(edited).toContain('threshold: 500 # five dollars')
  expect(edited).toContain('"Idle shops earn nothing."')
  expect(parseBrief(edited, 'brief.yaml').claims[0]?.finding).toMatchObject({ run: 'vending-1', data: 'sha256-data' })
})

test('comments move with the claim they stand above', () => {
  const edited = editBrief(FILE, 'brief.yaml', (brief) => ({
    ...brief,
    claims: [{ id: 'new', text: 'New.' }, ...brief.claims.toReversed()],
  }))
  expect(edited).toMatch(/# The one that matters\.\n\s+- id: examples-pay/)
})

test('any brief can be edited into any other', () => {
  fc.assert(
    fc.property(briefs, briefs, (from, to) => {
      expect(
        parseBrief(
          editBrief(briefYaml(from), 'b', () => to),
          'b',
        ),
      ).toEqual(to)
    }),
    { seed: 7 },
  )
})

function retitled(text: string): string {
  return editBrief(text, 'brief.yaml', (value) => ({ ...value, title: 'Shops' }))
}

test('a change keeps the line ends of Windows', () => {
  const windows = FILE.replaceAll('\n', '\r\n')
  expect(retitled(windows)).toBe(retitled(FILE).replaceAll('\n', '\r\n'))
})

test('what is wrong is named with its line and column', () => {
  expect(failure(FILE.replace('threshold: 500', 'threshold: five'))).toMatch(
    /^brief\.yaml:13:18: claims\[0\]\.test\.threshold must be a number\./,
  )
  expect(failure(FILE.replace('takeaways: [examples-pay]', 'takeaways: [pay]'))).toMatch(
    /^brief\.yaml:18:13: takeaways\[0\] there is no claim with the id "pay"/,
  )
  expect(failure(FILE.replace('direction: above', 'direction: up'))).toContain('direction must be above or below')
  expect(failure(FILE.replace('unknowns:', 'unknown:'))).toMatch(/^brief\.yaml:19:1: unknown is not a field of a brief/)
  expect(failure(FILE.replace('2026-05-01T09:00:00Z', '2026-05-01'))).toContain('must be a moment with its zone')
  expect(failure(FILE.replace('title: Small shops', 'titel: Small shops'))).toMatch(/title is missing|titel is no part/)
})

test('broken YAML and alias bombs are one clear line', () => {
  expect(failure('title: [a\nclaims: {')).toMatch(/^brief\.yaml:\d+:\d+: [^\n]+Fix the line[^\n]*\.$/)
  const bomb = `title: &a [x,x,x,x,x,x,x,x,x]\nclaims: &b [*a,*a,*a,*a,*a,*a,*a]\nsources: &c [*b,*b,*b,*b,*b,*b,*b]\nwatchlist: [*c,*c,*c,*c,*c]\n`
  expect(failure(bomb)).toMatch(/^brief\.yaml:\d+:\d+: [^\n]+$/)
  expect(failure('')).toMatch(/^brief\.yaml:1:1: /)
  expect(failure('- a\n- b\n')).toMatch(/^brief\.yaml:1:1: the brief must be fields with values/)
})

test('a title or section that the text form could not carry is refused', () => {
  expect(failure('title: Key takeaways\n')).toContain('must not be a heading of the text form')
  expect(failure('title: A\nsections: [{title: Unknowns}]\n')).toContain('must not be a heading')
})

test('an address that is no web address is refused', () => {
  expect(failure('title: A\nsources: [{id: a, title: A, url: "javascript:alert(1)"}]\n')).toContain('sources[0].url')
})
