import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toyStudy } from '../run/toy-study.ts'
import { describeInBrowser } from './browser.ts'
import { firstPaint, longestTask } from './measure.ts'
import { longTrial, manyTrials, toyRun, toySource, writeTrial } from './runs.ts'

// How fast it must be stands in the bench (npm run bench -- --only viewer). Here a busy machine has its say, and only what
// would be wrong on any machine fails: work that grows with the length of a trial or a run.
const EVENTS = 20_000
const wide = toyStudy({ tasks: 502 })
let runs = ''
let trials = 0

beforeAll(async () => {
  runs = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-large-'))
  await toyRun(runs, 'toy-1')
  writeTrial(runs, 'toy-1', 'long', longTrial(EVENTS - 1))
  trials = await manyTrials(runs, 'wide', wide)
})
afterAll(() => fs.rmSync(runs, { recursive: true }))

describeInBrowser('much of it', (around) => {
  test('a trial of 20,000 events is painted at once and scrolls to any event without long tasks', async () => {
    const { url } = await around().serve(toySource(runs))
    const { page, close } = await around().open()
    const painted = await firstPaint(page, `${url}#/runs/toy-1/trials/long`)
    expect(painted).toBeLessThan(5000)
    expect(await page.locator('.event').count()).toBeLessThan(60)
    expect(await longestTask(page, '.events')).toBeLessThan(500)
    await page.goto(`${url}#/runs/toy-1/trials/long?event=15000`)
    await expect.poll(() => page.locator('.event.chosen .seq').textContent()).toBe('15000')
    // It stands at the top, whatever was read and drawn above it since.
    const top = async (): Promise<number> =>
      Math.abs(
        Number(
          await page.evaluate(
            "document.querySelector('.event.chosen').getBoundingClientRect().top - document.querySelector('.events').getBoundingClientRect().top",
          ),
        ),
      )
    await expect.poll(top).toBeLessThan(4)
    await page.keyboard.press('G')
    await expect.poll(() => page.locator('.event.chosen .seq').textContent()).toBe(String(EVENTS - 1))
    await page.getByLabel('Search').fill('Turn 19998.')
    await page.getByText('1 events hold it').waitFor()
    await close()
  })

  test('a run of 10,000 trials is filtered, sorted and scrolled, a part at a time', async () => {
    expect(trials).toBeGreaterThan(10_000)
    const { url } = await around().serve(toySource(runs, { wide }))
    const { page, close } = await around().open()
    const sizes: number[] = []
    page.on('response', (response) => {
      if (response.url().includes('/outcomes?')) void response.body().then(({ length }) => sizes.push(length))
    })
    await page.goto(`${url}#/runs/wide?tab=outcomes`)
    await page
      .getByText(`${trials.toLocaleString('en')} of ${trials.toLocaleString('en')} trials`)
      .first()
      .waitFor()
    expect(await page.locator('.grid-body').count()).toBeLessThan(100)
    expect(await longestTask(page, '.grid')).toBeLessThan(500)
    await page.getByLabel('Filter status').selectOption('invalid')
    await page
      .locator('#panel')
      .getByText(/^10\d of 10,0\d\d trials/)
      .waitFor()
    expect(await page.locator('.grid-body.invalid').first().getByText('missing').count()).toBe(2)
    await page.getByLabel('Filter status').selectOption('')
    await page.getByRole('button', { name: 'total', exact: true }).click()
    await page.getByRole('button', { name: 'total ↑' }).click()
    await page.getByRole('cell', { name: '999', exact: true }).first().waitFor()
    expect(Math.max(...sizes)).toBeLessThan(100_000)
    await close()
  })
})
