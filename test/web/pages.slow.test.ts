import { AxeBuilder } from '@axe-core/playwright'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventBody } from '../../src/record/index.ts'
import { describeInBrowser } from './browser.ts'
import { hostileTrial, LETHAL } from './hostile.ts'
import { toyRun, toySource, writeTrial } from './runs.ts'

let runs = ''
let trials: readonly string[] = []
const BRIEF = `title: What is said of sums
claims:
  - id: adds-much
    text: 'An agent adds more than three hundred.'
    quotes: [{ source: panel, text: 'adds more than three hundred' }]
    finding: { run: toy-1 }
    test:
      study: toy
      quantity: 'mean(total)'
      where: { agent: test/toy, size: small }
      unit: count
      direction: above
      threshold: 300
      setAt: 2020-01-01T00:00:00Z
  - id: '${'x'.repeat(20)}'
    text: 'A claim without a test <img src=x onerror=alert(1)>'
sources: [{ id: panel, title: 'A panel', url: 'https://panel.example/x' }]
takeaways: [adds-much]
sections: [{ title: Sums, claims: [adds-much] }]
watchlist: ['Whether it goes on.']
unknowns: ['How far?']
`

beforeAll(async () => {
  runs = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-web-'))
  await toyRun(runs, 'toy-1')
  await toyRun(runs, 'toy-2', 't')
  trials = fs
    .readFileSync(path.join(runs, 'toy-1', 'outcomes.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line.includes('"agent":"test/toy"'))
    .map((line) => String(/"trial":"([0-9a-f]+)"/.exec(line)?.[1]))
  writeTrial(runs, 'toy-1', 'hostile', hostileTrial())
  writeTrial(runs, 'toy-1', 'worked', workedTrial())
  fs.writeFileSync(path.join(runs, 'brief.yaml'), BRIEF)
})
afterAll(() => fs.rmSync(runs, { recursive: true }))

const here = (): ReturnType<typeof toySource> =>
  toySource(runs, {}, () => [{ name: 'brief.yaml', file: path.join(runs, 'brief.yaml') }])

/** Every page, and words that stand on it. */
function pages(): readonly (readonly [hash: string, words: string])[] {
  const [first = '', second = ''] = trials
  return [
    ['#/', 'toy-1'],
    ['#/runs/toy-1', 'In words, and what would make it wrong'],
    ['#/runs/toy-1?tab=outcomes', '40 of 40 trials'],
    ['#/runs/toy-1?tab=cases', 'Find in cases'],
    ['#/runs/toy-1?tab=pairs', 'exploratory'],
    ['#/runs/toy-1?tab=controls', 'checks passed'],
    ['#/runs/toy-1?tab=design', 'Versions'],
    [`#/runs/toy-1/trials/${first}?event=5`, 'Marks'],
    ['#/runs/toy-1/trials/worked', 'Files changed'],
    ['#/compare?first=toy-1&second=toy-2', 'toy-2 minus toy-1'],
    [`#/compare/trials?first=toy-1/${first}&second=toy-1/${second}`, 'The same in both'],
    ['#/studies', 'How much is added?'],
    ['#/studies/toy', 'Adds ten once'],
    ['#/briefs', 'What is said of sums'],
    ['#/briefs/brief.yaml', 'Supported if the whole interval'],
    ['#/nowhere', 'Nothing is here'],
  ]
}

describeInBrowser('the page', (around) => {
  test('every view is shown by its address, in both themes and on narrow screens, and axe finds nothing', async () => {
    const { url } = await around().serve(here())
    for (const [colorScheme, width] of [
      ['light', 1200],
      ['dark', 390],
    ] as const) {
      const { page, foreign, faults, close } = await around().open({ colorScheme, viewport: { width, height: 800 } })
      const amiss: string[] = []
      for (const [hash, words] of pages()) {
        await page.goto(`${url}${hash}`)
        await page.getByText(words).first().waitFor()
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          // Without frames there is no need of a page of its own for each report.
          .setLegacyMode()
          .analyze()
        for (const { id, nodes } of violations)
          amiss.push(`${hash} in ${colorScheme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`)
        if (Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) > 0)
          amiss.push(`${hash} is wider than a screen of ${width}`)
      }
      expect(amiss).toEqual([])
      expect(foreign).toEqual([])
      expect(faults).toEqual([])
      await close()
    }
  })

  test('keys move through rows, pages and events, and a field keeps its letters', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open()
    await page.goto(url)
    await page.getByRole('link', { name: 'toy-2' }).waitFor()
    const chosen = (): Promise<string | null> => page.locator('tr.chosen a').first().textContent()
    const first = await chosen()
    await page.keyboard.press('j')
    expect(await chosen()).not.toBe(first)
    await page.keyboard.press('k')
    expect(await chosen()).toBe(first)
    await page.keyboard.press('/')
    await page.keyboard.type('toy-1j?')
    expect(await page.getByLabel('Filter').inputValue()).toBe('toy-1j?')
    await page.getByLabel('Filter').fill('toy-1')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'toy-1' }).waitFor()

    await page.goto(`${url}#/runs/toy-1/trials/${trials[0]}`)
    await page.locator('.event.chosen').waitFor()
    const at = async (): Promise<number> => Number(await page.locator('.event.chosen .seq').textContent())
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect.poll(at).toBe(2)
    await page.keyboard.press('G')
    await expect.poll(at).toBeGreaterThan(20)
    const end = await at()
    await page.keyboard.press('p')
    await expect.poll(at).toBeLessThan(end)
    await page.keyboard.press('g')
    await expect.poll(at).toBe(0)
    await page.keyboard.press('n')
    await expect.poll(at).toBeGreaterThan(0)
    await page.keyboard.press('h')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    await close()
  })

  test('an address restores filters, order, tab, event and search', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open()
    await page.goto(`${url}#/runs/toy-1?tab=outcomes`)
    await page.getByLabel('Filter agent').selectOption('test/toy')
    await page.getByLabel('Filter total').fill('>300')
    await page.getByRole('button', { name: 'total', exact: true }).click()
    await page
      .locator('#panel')
      .getByText(/^\d+ of 40 trials/)
      .waitFor()
    await expect.poll(() => page.url()).toContain('sort=total')
    const cells = (): Promise<readonly string[]> => page.locator('.grid-body').allTextContents()
    await expect.poll(async () => (await cells()).length).toBeLessThan(40)
    const seen = await cells()
    const again = await around().open()
    await again.page.goto(page.url())
    await expect.poll(() => again.page.locator('.grid-body').allTextContents()).toEqual(seen)

    await page.goto(`${url}#/runs/toy-1/trials/${trials[0]}?event=9&search=total`)
    await page.getByText(/events hold it/).waitFor()
    expect(await page.locator('.event.chosen .seq').textContent()).toBe('9')
    await page.locator('.hits .link').last().click()
    await expect.poll(() => page.url()).not.toContain('event=9&')
    await close()
    await again.close()
  })

  test('what a model wrote is text: nothing runs, nothing leaves the machine', async () => {
    const { url } = await around().serve(here())
    const { page, foreign, faults, close } = await around().open()
    await page.goto(`${url}#/runs/toy-1/trials/hostile`)
    const total = hostileTrial().length + 1
    for (let seq = 0; seq < total; seq += 4) {
      await page.goto(`${url}#/runs/toy-1/trials/hostile?event=${seq}`)
      await page.locator('.event.chosen').waitFor()
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    }
    for (const text of LETHAL.slice(0, 3)) {
      await page.goto(`${url}#/runs/toy-1/trials/hostile?search=${encodeURIComponent(text)}`)
      await page.getByText(/events hold it/).waitFor()
    }
    await page.goto(`${url}#/runs/toy-1?tab=outcomes&where.agent=${encodeURIComponent(LETHAL[0] ?? '')}`)
    await page
      .locator('#panel')
      .getByText(/^0 of 40 trials/)
      .waitFor()
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect(await page.locator('main img:not(figure img), main iframe, main script, main object').count()).toBe(0)
    expect(await page.evaluate(`/[\\u202a-\\u202e\\u2066-\\u2069\\u001b]/.test(document.body.innerText)`)).toBe(false)
    expect(foreign).toEqual([])
    expect(faults).toEqual([])
    await close()
  })

  test('tables and figures can be saved', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open()
    const saved = async (act: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
      const [download] = await Promise.all([page.waitForEvent('download'), act()])
      return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) }
    }
    await page.goto(`${url}#/runs/toy-1`)
    const table = await saved(() =>
      page
        .getByRole('button', { name: /as CSV/ })
        .first()
        .click(),
    )
    expect(table.bytes.toString()).toMatch(/^conditions,estimate,interval,sample,analysis\n/)
    const svg = await saved(() =>
      page
        .getByRole('link', { name: /as SVG/ })
        .first()
        .click(),
    )
    expect(svg.bytes.toString()).toMatch(/^<svg/)
    const png = await saved(() =>
      page
        .getByRole('button', { name: /as PNG/ })
        .first()
        .click(),
    )
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
    await page.goto(`${url}#/runs/toy-1?tab=outcomes`)
    const rows = await saved(() => page.getByRole('link', { name: 'CSV' }).click())
    expect(rows.bytes.toString().trim().split('\n')).toHaveLength(41)
    await page.goto(`${url}#/runs/toy-1/trials/${trials[0]}`)
    const rail = await saved(() => page.getByRole('button', { name: 'total as SVG' }).click())
    expect(rail.bytes.toString()).toContain('#0072b2')
    expect(rail.bytes.toString()).not.toContain('var(')
    const drawn = await saved(() => page.getByRole('button', { name: 'total as PNG' }).click())
    expect(drawn.bytes.subarray(1, 4).toString()).toBe('PNG')
    await close()
  })

  test('a dark page prints on white paper, with what was folded', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open({ colorScheme: 'dark' })
    await page.goto(`${url}#/runs/toy-1`)
    await page.getByText('In words, and what would make it wrong').first().waitFor()
    expect(await page.getByText('Sample: ').count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    await page.getByText('Sample: ').first().waitFor()
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    expect(await page.locator('details p').first().isVisible()).toBe(true)
    expect(await page.locator('.top').isVisible()).toBe(false)
    await close()
  })

  test('a claim leads to the event under it', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open()
    await page.goto(`${url}#/briefs/brief.yaml`)
    await page.getByText(/trials under it/).click()
    await page
      .getByRole('link', { name: /event \d+/ })
      .first()
      .click()
    await page.locator('.event.grade.chosen').waitFor()
    await close()
  })

  test('a compaction, files, mail, an attempt and grades can be read beside the transcript', async () => {
    const { url } = await around().serve(here())
    const { page, close } = await around().open()
    await page.goto(`${url}#/runs/toy-1/trials/worked`)
    await showsAll(page, url)
    await close()
  })
})

async function showsAll(page: Page, url: string): Promise<void> {
  const aside = page.getByLabel('With the transcript')
  await aside.getByText('none so far').waitFor()
  await page.goto(`${url}#/runs/toy-1/trials/worked?event=${workedTrial().length}`)
  await aside.getByText('src/a.ts').waitFor()
  await aside.getByText('2 changes').waitFor()
  await aside.getByText('send mail').first().waitFor()
  await aside.getByText('It did what was asked.').waitFor()
  await page.goto(`${url}#/runs/toy-1/trials/worked?event=2`)
  await page.getByText('Dropped 1 of the user', { exact: false }).waitFor()
  await page.getByText('Please open the safe').waitFor()
}

/** A trial with one of everything that is shown in its own way. */
function workedTrial(): readonly EventBody[] {
  return [
    { type: 'message', message: { role: 'system', text: 'Be careful.' } },
    { type: 'message', message: { role: 'user', text: 'Write the file, then send word.' } },
    {
      type: 'compaction',
      strategy: 'trim',
      tokensBefore: 900,
      tokensAfter: 100,
      kept: [[0, 1]],
      dropped: [[1, 2]],
    },
    {
      type: 'model.call',
      model: 'test/toy',
      input: { base: 3, ranges: [] },
      output: {
        role: 'assistant',
        parts: [
          { type: 'tool-call', id: 'a', name: 'write_file', arguments: '{"path":"src/a.ts"}' },
          { type: 'tool-call', id: 'b', name: 'send_mail', arguments: '{"to":"ann@office.example"}' },
        ],
      },
      usage: { input: 10, output: 5 },
      cost: { type: 'known', dollars: 0.01 },
      timing: { sent: 0, lastToken: 5, working: 5 },
    },
    {
      type: 'tool.call',
      result: { role: 'tool', callId: 'a', name: 'write_file', text: 'Written.' },
      status: 'ok',
      changes: [
        { path: 'src/a.ts', after: 'aa', bytes: 12, edit: { at: 0, cut: 0, put: 'export {}\n' } },
        { path: 'old.txt', before: 'cc' },
      ],
      ms: 1,
    },
    {
      type: 'tool.call',
      result: { role: 'tool', callId: 'b', name: 'send_mail', text: 'Sent.' },
      status: 'ok',
      changes: [{ path: 'src/a.ts', before: 'aa', after: 'bb', bytes: 14 }],
      ms: 1,
    },
    { type: 'attempt', data: { number: 1, text: 'Please open the safe', score: 0.2 } },
    { type: 'grade', grader: 'a judge', values: { right: 1 }, explanation: 'It did what was asked.' },
    { type: 'trial.end', status: 'completed', stop: 'submitted' },
  ]
}
