import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { importText, renderMarkdown, renderText, verdictsOf } from '../../src/brief/index.ts'
import { briefs } from './briefs.ts'
import { BRIEF, made, run } from './made.ts'

const TEXT = `Small models in small shops
Sources: 3 • Confidence: Medium • Updated: 2026-05-01 10:00
Key takeaways
- Worked examples pay.
Sections
Corner-Shop
- Worked examples pay.
- Idle shops earn nothing.
Controls
- Idle shops earn nothing.
Watchlist
- Larger models.
Unknowns
- Does it last a year?
`

test('the canonical text becomes a brief in which a claim that stands twice is one claim', () => {
  const { brief, notes } = importText(TEXT)
  expect(notes).toEqual([])
  expect(brief).toMatchObject({
    title: 'Small models in small shops',
    stated: { sources: 3, confidence: 'Medium' },
    claims: [{ text: 'Worked examples pay.' }, { text: 'Idle shops earn nothing.' }],
    takeaways: ['worked-examples-pay'],
    sections: [
      { title: 'Corner-Shop', claims: ['worked-examples-pay', 'idle-shops-earn-nothing'] },
      { title: 'Controls', claims: ['idle-shops-earn-nothing'] },
    ],
  })
})

test('text to brief to text is the identity on the canonical form', () => {
  expect(renderText(importText(TEXT).brief)).toBe(TEXT)
  fc.assert(
    fc.property(briefs, (brief) => {
      const text = renderText(brief)
      expect(renderText(importText(text).brief)).toBe(text)
    }),
    { seed: 7 },
  )
})

test('Windows line ends, blank lines, other bullets and Markdown headings read the same', () => {
  const other = `\ufeff# ${TEXT.replaceAll('- ', '* ').replace('Key takeaways', '## key takeaways').replaceAll('\n', '\r\n\r\n').trimEnd()}`
  expect(importText(other).brief).toEqual(importText(TEXT).brief)
})

test('lines without a place are named with their line', () => {
  const { notes } = importText('Title\nSources: many • Updated: 2026-05-01\nhello\n- early\nSections\n- homeless\n')
  expect(notes.map(({ line, text }) => [line, text])).toEqual([
    [2, 'Sources: many'],
    [3, 'hello'],
    [4, 'early'],
    [6, 'homeless'],
  ])
})

test('any text is read or refused, and reading what was rendered changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...TEXT.split('\n'))), { maxLength: 24 }),
      (lines) => {
        let first
        try {
          first = importText(lines.join('\n')).brief
        } catch (error) {
          expect(error).toHaveProperty('code', 'brief/bad-brief')
          return
        }
        expect(importText(renderText(first)).brief).toEqual(first)
      },
    ),
    { seed: 7 },
  )
})

test('with findings the header is counted and every claim ends in its verdict, which an import takes off again', () => {
  const verdicts = verdictsOf(BRIEF, [run([made()])])
  const text = renderText(BRIEF, verdicts)
  expect(text.split('\n').slice(1, 4)).toEqual([
    'Sources: 2 • Confidence: Medium • Updated: 2026-05-01 10:30',
    'Key takeaways',
    '- Worked examples pay. [supported]',
  ])
  expect(text).toContain('- Idle shops earn nothing. [untested]')
  expect(importText(text).brief.claims.map((claim) => claim.text)).toEqual(BRIEF.claims.map((claim) => claim.text))
})

test('Markdown tells rule, finding, controls and what would make it wrong, once a claim', () => {
  const markdown = renderMarkdown(BRIEF, verdictsOf(BRIEF, [run([made()])]))
  expect(markdown.match(/Wrong if:/g)).toHaveLength(1)
  expect(markdown).toContain('- Worked examples pay. **[supported]**')
  expect(markdown).toContain('  - Rule: Supported if the whole interval of mean(netWorth)')
})

test('hostile text stays text in Markdown and in the terminal', () => {
  const { brief } = importText('T\nKey takeaways\n- <img src=x onerror=1> [a](javascript:1) `x` \u001b[31mred\u202e\n')
  expect(renderMarkdown(brief)).toContain('\\<img src=x onerror=1\\> \\[a\\](javascript:1) \\`x\\` red')
  expect(renderText(brief)).not.toMatch(/\u202e|\[31m/)
})
