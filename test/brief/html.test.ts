import { createHash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { makeBrief, renderHtml, verdictsOf } from '../../src/brief/index.ts'
import { ABOVE, BRIEF, made, run } from './made.ts'

const control = made({ conditions: { agent: 'control/idle' }, value: 0, low: 0, high: 0 })

const page = async (): Promise<string> => renderHtml(BRIEF, verdictsOf(BRIEF, [run([made(), control])]))

test('the page tells every claim: verdict, rule with inputs, finding, figure, controls, n, what would make it wrong', async () => {
  const { document } = parseHTML(await page())
  const article = document.querySelector('#claim-worked-examples-pay')
  const text: string = article?.textContent ?? ''
  for (const part of [
    'supported',
    'Supported if the whole interval',
    '95% interval $12.00 to $14.20',
    '10 trials, 10 clusters',
    'One control check of this number passed (idle).',
    'the 10 seeds are not like the ones you care about',
    'A paper on shops',
  ]) {
    expect(text).toContain(part)
  }
  expect(article?.querySelector('figure svg title')?.textContent).toBe('mean net worth')
  expect(document.querySelectorAll('article')).toHaveLength(2)
  expect(document.querySelector('#claim-idle-shops-earn-nothing')?.textContent).toContain('untested')
})

test('nothing in the page runs or asks for anything, and its policy allows its own styles alone', async () => {
  const text = await page()
  const { document } = parseHTML(text)
  expect(document.querySelectorAll('script,img,link,iframe,object,[style],[src]')).toHaveLength(0)
  const policy: string = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? ''
  expect(policy).toMatch(/^default-src 'none'; style-src ('sha256-[^']+' ?){2}; base-uri 'none'; form-action 'none'$/)
  for (const [, style] of text.matchAll(/<style>([^<]*)<\/style>/g)) {
    expect(policy).toContain(
      createHash('sha256')
        .update(style ?? '')
        .digest('base64'),
    )
  }
})

test('every id stands once and every link inside leads somewhere', async () => {
  const { document } = parseHTML(await page())
  const ids = Array.from(document.querySelectorAll('[id]'), ({ id }: { readonly id: string }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const link of document.querySelectorAll('a[href^="#"]'))
    expect(ids).toContain(link.getAttribute('href')?.slice(1))
})

test('headings go down one level at a time', async () => {
  const { document } = parseHTML(await page())
  const levels = Array.from(document.querySelectorAll('h1,h2,h3,h4'), ({ tagName }: { readonly tagName: string }) =>
    Number(tagName.slice(1)),
  )
  expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true)
})

test('hostile text is text', async () => {
  const hostile = '</style></svg><script>alert(1)</script><img src=x onerror="1"> & \' \u202e\u0000'
  const brief = makeBrief({
    title: hostile,
    sources: [{ id: 's', title: hostile, url: 'https://example.org/"><script>1</script>' }],
    claims: [
      {
        id: 'c',
        text: hostile,
        quotes: [{ source: 's', text: hostile, saidBy: hostile }],
        sections: [hostile],
        test: { ...ABOVE, where: {} },
      },
    ],
    watchlist: [hostile],
    unknowns: [hostile],
  })
  const finding = made({
    agent: hostile,
    title: hostile,
    method: hostile,
    wrongIf: hostile,
    policies: { [hostile]: hostile },
  })
  const text = await renderHtml(brief, verdictsOf(brief, [{ ...run([finding]), question: hostile }]))
  expect(text).not.toMatch(/<script|<img|\u202e/)
  expect(text.match(/<\/style>/g)).toHaveLength(2)
  expect(parseHTML(text).document.querySelectorAll('script,img')).toHaveLength(0)
})

test('the same brief and verdicts give the same page', async () => {
  expect(await page()).toBe(await page())
})

test('a brief without verdicts is a page too', async () => {
  const text = await renderHtml(BRIEF)
  expect(text).toContain('Worked examples pay.')
  expect(text).not.toContain('class="verdict')
})
