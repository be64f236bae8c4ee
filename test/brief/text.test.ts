import { expect, test } from 'vitest'
import { importText, renderMarkdown, renderText, verdictsOf } from '../../src/brief/index.ts'
import { BRIEF, made, run } from './made.ts'

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
  expect(markdown).toContain('  - Rule: Supported if the whole interval of "mean net worth"')
})

test('hostile text stays text in Markdown and in the terminal', () => {
  const { brief } = importText('T\nKey takeaways\n- <img src=x onerror=1> [a](javascript:1) `x` \u001b[31mred\u202e\n')
  expect(renderMarkdown(brief)).toContain('\\<img src=x onerror=1\\> \\[a\\](javascript:1) \\`x\\` red')
  expect(renderText(brief)).not.toMatch(/\u202e|\[31m/)
})
