import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { LiveMessage } from '../../src/server/api.ts'
import { scriptOf } from '../../src/server/export-name.ts'
import { latestOnly } from '../../src/server/latest.ts'
import { RunStore } from '../../src/server/run-store.ts'
import { Watch } from '../../src/server/watch.ts'
import { toyRuns, type ToyRuns } from './toy-runs.ts'

let toy: ToyRuns
beforeAll(async () => void (toy = await toyRuns()))
afterAll(() => fs.rmSync(toy.runs, { recursive: true, force: true }))

/** A copy of the toy run under another name. */
function copy(name: string): string {
  const folder = path.join(toy.runs, name)
  fs.cpSync(toy.folder, folder, { recursive: true, preserveTimestamps: true })
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('controls stand in the list at once where findings are written, and soon where they are not', async () => {
  const folder = copy('other')
  fs.rmSync(path.join(folder, 'findings.json'), { force: true })
  const store = new RunStore(toy.source)
  expect(store.row('other').controls).toBe('not read yet')
  await expect.poll(() => store.row('other').controls, { timeout: 5000 }).toBe('passed')
  expect(store.list().runs.map(({ controls }) => controls)).not.toContain('not read yet')
  fs.writeFileSync(path.join(folder, 'findings.json'), '{"controls":[{"passed":false}]}')
  expect(new RunStore(toy.source).row('other').controls).toBe('failed')
})

test('a run that goes on is read anew only now and then, and at once when it has ended', async () => {
  const folder = copy('busy')
  let now = 0
  let reads = 0
  const source = {
    ...toy.source,
    async readRun(place: string) {
      reads++
      now += 100
      return toy.source.readRun(place)
    },
  }
  const store = new RunStore(source, () => now)
  fs.writeFileSync(path.join(folder, 'lock.pid'), `${process.pid}\n`)
  await store.reading('busy')
  const outcomes = path.join(folder, 'outcomes.jsonl')
  const rows = fs.readFileSync(outcomes, 'utf8').trim().split('\n')
  fs.writeFileSync(outcomes, `${rows.slice(0, -1).join('\n')}\n`)
  now += 1000
  await store.reading('busy')
  expect([reads, store.isBehind('busy')]).toEqual([1, true])
  now += 1200
  await store.reading('busy')
  expect([reads, store.isBehind('busy')]).toEqual([2, false])
  fs.writeFileSync(outcomes, `${rows.join('\n')}\n`)
  fs.rmSync(path.join(folder, 'lock.pid'))
  await store.reading('busy')
  expect([reads, store.row('busy').done]).toEqual([3, 40])
})

test('a viewer that does not read is kept one message, the latest', async () => {
  const told: number[] = []
  const busy = Promise.withResolvers<void>()
  const tell = latestOnly<number>(
    (message) => {
      told.push(message)
      return busy.promise
    },
    () => false,
  )
  for (let message = 0; message < 10_000; message++) tell(message)
  expect(told).toEqual([0])
  busy.resolve()
  await expect.poll(() => told).toEqual([0, 9999])
})

test('who watches a run hears when it is deleted', async () => {
  const folder = copy('short')
  const watch = new Watch(new RunStore(toy.source))
  const heard: LiveMessage[] = []
  const deaf = watch.hear({ run: 'short' }, (message) => heard.push(message))
  fs.rmSync(folder, { recursive: true })
  await expect.poll(() => heard, { timeout: 3000 }).toEqual([{ type: 'gone' }])
  deaf()
  watch.close()
})

test('files of a copy have names of their own on every file system', () => {
  const long = `runs/a/figures/quantity?quantity=${'x'.repeat(500)}`
  const names = ['runs/a', 'runs/A', 'runs/../../x', 'runs/a?b=c', 'runs/con.', `${long}1`, `${long}2`].map(scriptOf)
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  for (const name of names) {
    expect(name).toMatch(/^data\/[a-z0-9_=~/-]+\.js$/)
    expect(Math.max(...name.split('/').map(({ length }) => length))).toBeLessThanOrEqual(123)
  }
})
