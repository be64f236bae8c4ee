import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bubblewrap } from '../../../src/world/index.ts'
import { DEFAULT_LIMITS } from '../../../src/world/sandbox/sandbox.ts'
import { endTree, stateOf } from '../../../src/world/sandbox/end-tree.ts'

const ready = bubblewrap.ready()

/** Processes with this word on their command line. */
function withWord(word: string): readonly number[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    try {
      const words = fs.readFileSync(path.join('/proc', name, 'cmdline'), 'utf8').split('\0')
      return /^\d+$/.test(name) && words.some((each) => each.includes(word)) ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

test.skipIf(ready.type === 'unavailable')(
  `a command that is cut off at any moment of its start ends, with all that it started ${ready.type === 'unavailable' ? ready.why : ''}`,
  async () => {
    const sandbox = await bubblewrap.open({ files: new Map(), limits: DEFAULT_LIMITS })
    const word = `30.${process.pid}`
    try {
      for (let ms = 1; ms <= 60; ms++) {
        const began = performance.now()
        await sandbox.exec(`sleep ${word}`, { ms })
        expect(performance.now() - began, `cut off after ${ms} ms`).toBeLessThan(15_000)
      }
      expect(withWord(word)).toEqual([])
    } finally {
      await sandbox.close()
    }
  },
  120_000,
)

test('a program is ended with its children’s children', async () => {
  const word = `31.${process.pid}`
  const child = spawn('sh', ['-c', `(sh -c 'sleep ${word}; :' & sleep ${word}; :) & sleep ${word}; :`])
  const pid = child.pid ?? 0
  while (withWord(word).length < 6) await new Promise((resolve) => setTimeout(resolve, 5))
  await endTree(pid)
  await new Promise((resolve) => child.once('close', resolve))
  while (withWord(word).length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(stateOf(pid)).toBe(undefined)
  await endTree(pid)
})
