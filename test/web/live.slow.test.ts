import { fork } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { describeInBrowser } from './browser.ts'
import { toySource } from './runs.ts'

const read = z.object({ controls: z.array(z.object({ passed: z.literal(true) })) })
let runs = ''
beforeAll(() => void (runs = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-live-'))))
afterAll(() => fs.rmSync(runs, { recursive: true, force: true }))

/** A run in a process of its own; each answer takes so many milliseconds. */
function running(
  name: string,
  pause: number,
): { readonly kill: () => Promise<unknown>; readonly ended: Promise<unknown> } {
  const child = fork(path.join(import.meta.dirname, 'running.ts'), [runs, name, String(pause)], {
    execArgv: ['--no-warnings'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    ended,
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

describeInBrowser('while a run goes on', (around) => {
  test('the list, the run and a trial follow it until it is finished', async () => {
    const { url } = await around().serve(toySource(runs))
    const list = await around().open()
    await list.page.goto(url)
    await list.page.getByText('No runs are here yet').waitFor()
    const run = running('toy-1', 60)
    await list.page.getByRole('link', { name: 'toy-1' }).waitFor()
    const one = await around().open()
    await one.page.goto(`${url}#/runs/toy-1`)
    await one.page.getByText('running', { exact: true }).first().waitFor()
    const trial = await around().open()
    await expect.poll(() => fs.readdirSync(path.join(runs, 'toy-1', 'trials')).length).toBeGreaterThan(0)
    const [journal = ''] = fs.readdirSync(path.join(runs, 'toy-1', 'trials'))
    await trial.page.goto(`${url}#/runs/toy-1/trials/${journal.replace('.jsonl', '')}`)
    await trial.page.getByText('trial.start').waitFor()
    await run.ended
    await one.page.getByText('40 of 40').first().waitFor()
    await one.page.getByText('finished', { exact: true }).first().waitFor()
    const { controls } = read.parse(JSON.parse(fs.readFileSync(path.join(runs, 'toy-1', 'findings.json'), 'utf8')))
    expect(controls.length).toBeGreaterThan(1)
    await one.page
      .getByText(`All ${controls.length} control checks passed (1 control).`, { exact: true })
      .first()
      .waitFor()
    await list.page.getByText('40 of 40').first().waitFor()
    await trial.page.getByText('trial.end').first().waitFor()
    for (const { faults, foreign, close } of [list, one, trial]) {
      expect([...faults, ...foreign]).toEqual([])
      await close()
    }
  })

  test('a run that is killed is shown as stopped with how to go on, and one that is deleted as gone', async () => {
    const { url } = await around().serve(toySource(runs))
    const run = running('toy-2', 150)
    const { page, faults, close } = await around().open()
    await expect.poll(() => fs.existsSync(path.join(runs, 'toy-2', 'outcomes.jsonl')), { timeout: 20_000 }).toBe(true)
    await page.goto(`${url}#/runs/toy-2`)
    await page.getByText('running', { exact: true }).first().waitFor()
    await run.kill()
    await page.getByText('stopped', { exact: true }).waitFor()
    await page.getByText('assay resume toy-2').waitFor()
    fs.rmSync(path.join(runs, 'toy-2'), { recursive: true })
    await page.getByText('This run is no longer there').waitFor()
    await page.goto(url)
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    expect(await page.getByRole('link', { name: 'toy-2' }).count()).toBe(0)
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
    await close()
  })
})
