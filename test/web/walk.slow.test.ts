import path from 'node:path'
import { expect, test } from 'vitest'
import { answering, caseRun } from '../exchange/case-run.ts'
import { describeInBrowser } from './browser.ts'
import { toySource } from './runs.ts'

const csv = `id,prompt,expected,check
one,Capital of France?,Paris,contains
two,Capital of Spain?,Madrid,contains
three,Capital of Italy?,Rome,contains
`
const agent = answering('test/good', {
  'Capital of France?': 'It is Paris.',
  'Capital of Spain?': 'Lisbon, I believe.',
  'Capital of Italy?': 'Rome',
})

describeInBrowser('from the list of runs', (around) => {
  test('the answer, its interval, its controls, the failing case and its transcript are three clicks away', async () => {
    const one = await caseRun('capitals', csv, [agent])
    const source = toySource(path.dirname(one.folder))
    const { url } = await around().serve({ ...source, readRun: () => Promise.resolve(one) })
    const { page, faults, foreign, close } = await around().open({ viewport: { width: 1280, height: 800 } })
    await page.goto(url)
    // The list says it already.
    await page.locator('.found').getByText('66.7%').waitFor()
    let clicks = 0
    const click = async (role: 'link' | 'tab', name: string | RegExp): Promise<void> => {
      clicks++
      await page.getByRole(role, { name }).first().click()
    }
    await click('link', path.basename(one.folder))
    const answer = page.locator('.answer')
    await answer.locator('.number').getByText('66.7%').waitFor()
    expect(await answer.locator('.range').textContent()).toMatch(/^\([\d.]+% to [\d.]+%\)$/)
    const trust = page.getByLabel('What the run is worth')
    expect(await trust.getByText(/\d+ of \d+ checks passed/).isVisible()).toBe(true)
    expect(await page.title()).toContain('What share of the')
    // All of it is on the first screen.
    const bottom = await trust.evaluate((element) => element.getBoundingClientRect().bottom)
    expect(bottom).toBeLessThan(800)
    await click('tab', 'Cases')
    const first = page.locator('.cases tbody tr:not(.heading)').first()
    expect(await first.textContent()).toContain('Capital of Spain?')
    expect(await first.textContent()).toContain('Madrid')
    await click('link', 'Lisbon, I believe.')
    await page.getByText('Answers “Lisbon, I believe.”; the key says Madrid.').waitFor()
    await page.locator('.event.model-call').getByText('Lisbon, I believe.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('two · test/good')
    expect(clicks).toBeLessThanOrEqual(4)
    expect([...faults, ...foreign]).toEqual([])
    await close()
  })
})
