import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportViewer } from '../../src/server/index.ts'
import { describeInBrowser } from './browser.ts'
import { hostileTrial } from './hostile.ts'
import { longTrial, toyRun, toySource, writeTrial } from './runs.ts'

let runs = ''
beforeAll(async () => {
  runs = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-export-'))
  await toyRun(runs, 'toy-1')
  await toyRun(runs, 'Toy-2', 't')
  // In the place of two trials of the run, so that the copy takes them along.
  const rows = fs
    .readFileSync(path.join(runs, 'toy-1', 'outcomes.jsonl'), 'utf8')
    .trim()
    .split('\n')
  const [first = '', second = ''] = rows.map((row) => String(/"trial":"([0-9a-f]+)"/.exec(row)?.[1]))
  writeTrial(runs, 'toy-1', first, hostileTrial())
  writeTrial(runs, 'toy-1', second, longTrial(3000))
})
afterAll(() => fs.rmSync(runs, { recursive: true }))

describeInBrowser('an exported copy', (around) => {
  test('opens from the disk, shows what the live page shows, and says what it leaves out', async () => {
    const folder = path.join(runs, 'copy')
    const exported = await exportViewer({
      source: toySource(runs),
      page: around().built,
      folder,
      at: '2026-05-01T10:00:00Z',
      runs: [],
    })
    expect(exported.leftOut).toEqual(['toy-1: the middle of 1 transcripts of more than 2000 events'])
    expect(fs.readdirSync(runs).filter((name) => name.includes('unfinished'))).toEqual([])
    const { page, foreign, faults, close } = await around().open()
    const at = pathToFileURL(path.join(folder, 'index.html')).href
    await page.goto(at)
    await page.getByText('copy of 2026-05-01 10:00').waitFor()
    await page.getByText('This copy leaves something out').click()
    await page.getByText('the middle of 1 transcripts').waitFor()
    await page.getByRole('link', { name: 'Toy-2' }).first().waitFor()
    await page.goto(`${at}#/runs/toy-1`)
    await page.locator('figure img').first().waitFor()
    expect(await page.evaluate(`document.querySelector('figure img').decode().then(() => 'drawn')`)).toBe('drawn')
    await page.goto(`${at}#/runs/toy-1?tab=outcomes&where.agent=%3Dtest/toy&sort=-total`)
    await page.locator('#panel').getByText('30 of 40 trials').waitFor()
    await page.goto(`${at}#/runs/toy-1?tab=pairs`)
    await page.getByText('exploratory').first().waitFor()
    await page.goto(`${at}#/compare?first=toy-1&second=Toy-2`)
    await page.getByText('Toy-2 minus toy-1').first().waitFor()
    await page.goto(`${at}#/studies/toy`)
    await page.getByText('Adds ten once').first().waitFor()
    const [hostile = '', long = ''] = fs
      .readFileSync(path.join(runs, 'toy-1', 'outcomes.jsonl'), 'utf8')
      .split('\n')
      .map((row) => String(/"trial":"([0-9a-f]+)"/.exec(row)?.[1]))
    await page.goto(`${at}#/runs/toy-1/trials/${long}?event=2900&search=Turn%202997.`)
    await page.getByText('1 events hold it').waitFor()
    await page.getByLabel('With the transcript').getByText('at 2898').waitFor()
    await page.goto(`${at}#/runs/toy-1/trials/${long}?event=1800`)
    await page.getByText('is not in the exported copy').first().waitFor()
    for (let seq = 0; seq < hostileTrial().length; seq += 6) {
      await page.goto(`${at}#/runs/toy-1/trials/${hostile}?event=${seq}`)
      await page.locator('.event.chosen').waitFor()
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    }
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect(foreign).toEqual([])
    expect(faults.filter((fault) => !fault.includes('ERR_FILE_NOT_FOUND'))).toEqual([])
    await close()
  })
})

test('a copy is whole or not there, replaces only a copy, and has names that are safe anywhere', async () => {
  const page = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-page-'))
  fs.mkdirSync(path.join(page, 'assets'))
  fs.writeFileSync(
    path.join(page, 'index.html'),
    '<meta charset="utf-8" /><script defer src="./assets/page.js"></script>',
  )
  const folder = path.join(runs, 'other')
  const write = (change: { readonly runs?: readonly string[] } = {}): ReturnType<typeof exportViewer> =>
    exportViewer({ source: toySource(runs), page, folder, at: '2026-05-01T10:00:00Z', runs: [], trials: 3, ...change })
  const exported = await write()
  expect(exported.transcripts).toBe(6)
  expect(exported.leftOut).toContain('toy-1: transcripts of 37 of 40 trials')
  for (const name of fs.readdirSync(path.join(folder, 'data'), { recursive: true, encoding: 'utf8' }))
    expect(name).toMatch(/^[a-z0-9_=~/-]+(?:\.js)?$/)
  await expect(write({ runs: ['none'] })).rejects.toThrow('There is no run "none"')
  expect(fs.existsSync(path.join(folder, 'index.html'))).toBe(true)
  await write({ runs: ['toy-1'] })
  expect(fs.existsSync(path.join(folder, 'data', 'runs', '~54~oy-2.js'))).toBe(false)
  fs.rmSync(path.join(folder, 'assay-export.json'))
  await expect(write()).rejects.toThrow('is not an exported copy')
  // What a killed process left is cleared away by the next one.
  fs.rmSync(folder, { recursive: true })
  fs.mkdirSync(`${folder}.unfinished-999999999`)
  await write()
  expect(fs.readdirSync(runs).filter((name) => name.startsWith('other'))).toEqual(['other'])
  fs.rmSync(page, { recursive: true })
})
