import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { allEvents, readOutcomes, readRunLog, runPaths, type RunPaths } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { child, timeless, type Ended } from './processes.ts'
import { toyServer, type ToyServer } from './toy-server.ts'

let server: ToyServer
let calm: readonly object[] | undefined

beforeAll(async () => {
  server = await toyServer()
})

afterAll(() => server.close())

/** What an undisturbed run says, run once. */
async function undisturbed(): Promise<readonly object[]> {
  if (calm === undefined) {
    const folder = path.join(temporaryFolder(), 'toy-1')
    expect(await child('start', folder, server.model).end).toMatchObject({ code: 0, said: '' })
    calm = timeless(readOutcomes(runPaths(folder)))
  }
  return calm
}

/** A small file system of the test's own; skips the test where this machine allows none. */
function mounted(
  context: TestContext,
  size: string,
): { readonly folder: string; readonly remount: (how: string) => void } {
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'pipe' })
  } catch (cause) {
    context.skip(`mounting a file system is not allowed here: ${String(cause).split('\n')[1] ?? ''}`)
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return {
    folder,
    remount: (how) => void execFileSync('mount', ['-o', `remount,${how}`, folder]),
  }
}

function oneLine(ended: Ended): string {
  expect(ended.said).toMatch(/^[^\n]+\n$/)
  expect(ended.said).not.toMatch(/\bat .*\.ts:\d+/)
  return ended.said
}

/** Every journal can be read to its end. */
function eventsIn(paths: RunPaths): number {
  const folder = path.join(paths.folder, 'trials')
  return fs.readdirSync(folder).reduce((sum, file) => sum + [...allEvents(path.join(folder, file))].length, 0)
}

describe('a full disk', () => {
  test('stops the run in one line; with room again it goes on, and asks for nothing that was written', async (context) => {
    const disk = mounted(context, '256k')
    const paths = runPaths(path.join(disk.folder, 'toy-1'))
    const expected = await undisturbed()
    server.asked.length = 0
    const first = await child('start', paths.folder, server.model).end
    expect(first.code).toBe(3)
    expect(oneLine(first)).toMatch(/^record\/disk-full: No space left to write .*assay resume/)
    const kept = eventsIn(paths)
    expect(kept).toBeGreaterThan(50)
    const done = readOutcomes(paths).length

    const still = await child('resume', paths.folder, server.model).end
    expect(still.code).toBe(3)
    expect(oneLine(still)).toMatch(/^record\/disk-full/)
    expect(eventsIn(paths)).toBeGreaterThanOrEqual(kept)

    disk.remount('size=64m')
    const asked = server.asked.length
    expect(await child('resume', paths.folder, server.model).end).toMatchObject({ code: 0, said: '' })
    expect(timeless(readOutcomes(paths))).toEqual(expected)
    expect(done).toBeLessThan(40)
    // Only what was in flight when the disk filled up was asked twice.
    const distinct = new Set(server.asked.map(({ prompt, turn }) => `${prompt}/${turn}`)).size
    expect(server.asked.length - distinct).toBeLessThanOrEqual(12)
    expect(asked).toBeGreaterThan(0)
  })
})

describe('a folder that cannot be written', () => {
  test('is named in one line: a file stands there', async () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'runs'), '')
    const ended = await child('start', path.join(folder, 'runs', 'toy-1'), server.model).end
    expect(ended.code).toBe(2)
    expect(oneLine(ended)).toMatch(
      /^record\/unwritable: Cannot write .*a file is where a folder is needed\. Choose another/,
    )
  })

  test('is named in one line: it is read-only, to start in and to resume in', async (context) => {
    const disk = mounted(context, '64m')
    const paths = runPaths(path.join(disk.folder, 'toy-1'))
    disk.remount('ro')
    const fresh = await child('start', paths.folder, server.model).end
    expect(fresh.code).toBe(2)
    expect(oneLine(fresh)).toMatch(/^record\/unwritable: May not write .* \(EROFS\)\. Choose another folder/)
    disk.remount('rw')

    const running = child('start', paths.folder, server.model)
    server.onAsked = () => {
      server.onAsked = undefined
      running.process.kill('SIGKILL')
    }
    await running.end
    disk.remount('ro')
    const again = await child('resume', paths.folder, server.model).end
    expect(again.code).toBe(2)
    expect(oneLine(again)).toMatch(/^record\/unwritable/)
    disk.remount('rw')
    expect(await child('resume', paths.folder, server.model).end).toMatchObject({ code: 0, said: '' })
    expect(timeless(readOutcomes(paths))).toEqual(await undisturbed())
  })
})

describe('a provider that answers HTML', () => {
  test.each([200, 502])(
    'with status %i makes invalid trials and an unreadable run, and says what came',
    async (status) => {
      const portal = createServer((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
        response.end(
          '<!DOCTYPE html>\n<html><head><title>Welcome to the hotel</title></head><body>Please log in</body></html>',
        )
      })
      await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void portal.close())
      const address = portal.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const paths = runPaths(path.join(temporaryFolder(), 'toy-1'))
      const ended = await child('start', paths.folder, `http://127.0.0.1:${port}/v1#toy`).end
      expect(ended).toMatchObject({ code: 3, said: '' })
      expect(JSON.parse(ended.out)).toMatchObject({
        type: 'unreadable',
        why: expect.stringMatching(/a web page \("Welcome to the hotel"\)/),
      })
      expect(ended.out.trim()).not.toContain('\n')
      const invalid = readOutcomes(paths).filter((row) => row.status === 'invalid')
      expect(invalid.length).toBeGreaterThan(0)
      expect(invalid.every(({ values }) => Object.keys(values).length === 0)).toBe(true)
      expect(readOutcomes(paths).every((row) => row.status === 'invalid' || row.control)).toBe(true)
    },
  )
})

describe('two processes', () => {
  test('on one run: the second is refused, harms nothing, and may go on after the first', async () => {
    const expected = await undisturbed()
    const paths = runPaths(path.join(temporaryFolder(), 'toy-1'))
    const first = child('start', paths.folder, server.model)
    await new Promise<void>((resolve) => {
      server.onAsked = () => {
        server.onAsked = undefined
        resolve()
      }
    })
    const [second, third] = await Promise.all([
      child('resume', paths.folder, server.model).end,
      child('start', paths.folder, server.model).end,
    ])
    expect(second.code).toBe(3)
    expect(oneLine(second)).toMatch(
      new RegExp(`^record/run-in-use: Process ${first.process.pid} is working on .*assay resume`),
    )
    expect([2, 3]).toContain(third.code)
    expect(oneLine(third)).toMatch(/^record\/(run-in-use|run-exists)/)
    expect(await first.end).toMatchObject({ code: 0, said: '' })
    expect(await child('resume', paths.folder, server.model).end).toMatchObject({ code: 0, said: '' })
    expect(timeless(readOutcomes(paths))).toEqual(expected)
    expect(fs.readFileSync(paths.outcomes, 'utf8').trimEnd().split('\n')).toHaveLength(40)
    expect(readRunLog(paths).filter(({ type }) => type === 'start')).toHaveLength(2)
  })

  test('on two runs work side by side', async () => {
    const expected = await undisturbed()
    const folder = temporaryFolder()
    const both = [runPaths(path.join(folder, 'a')), runPaths(path.join(folder, 'b'))]
    const ended = await Promise.all(both.map((paths) => child('start', paths.folder, server.model).end))
    expect(ended).toMatchObject([
      { code: 0, said: '' },
      { code: 0, said: '' },
    ])
    for (const paths of both) expect(timeless(readOutcomes(paths))).toEqual(expected)
  })
})

test('a cap on dollars stops the process with exit code 3, and resuming with a larger one goes on', async () => {
  const expected = await undisturbed()
  const paths = runPaths(path.join(temporaryFolder(), 'toy-1'))
  const first = await child('start', paths.folder, server.model, 0.05).end
  expect(first).toMatchObject({ code: 3, said: '' })
  expect(JSON.parse(first.out)).toMatchObject({ type: 'budget' })
  expect(await child('resume', paths.folder, server.model, 50).end).toMatchObject({ code: 0 })
  expect(timeless(readOutcomes(paths))).toEqual(expected)
})
