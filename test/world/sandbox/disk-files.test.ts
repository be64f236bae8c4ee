import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as soon } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DiskFiles } from '../../../src/world/sandbox/disk-files.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const LIMITS = { diskBytes: 1 << 20, files: 100 }
const DONE = { stdout: '', stderr: '', exitCode: 0 }

function opened(): DiskFiles {
  const files = new DiskFiles(fs.mkdtempSync(path.join(temporaryFolder(), 'w-')), LIMITS)
  files.put([
    ['kept', { kind: 'file', content: 'kept' }],
    ['d/tool', { kind: 'program', content: '#!' }],
  ])
  return files
}

test.each([
  ['a file with a hole', (at: string): void => fs.truncateSync(at, 10 * 2 ** 30)],
  [
    'one file under many names',
    (at: string): void => {
      fs.truncateSync(at, 600_000)
      fs.linkSync(at, `${at}2`)
    },
  ],
  [
    'more names than allowed, none of them a file',
    (at: string): void => {
      for (let n = 0; n < 120; n++) fs.symlinkSync('x', `${at}${n}`)
    },
  ],
  [
    'too much in a folder that is shut',
    (at: string): void => {
      fs.mkdirSync(`${at}d`)
      fs.writeFileSync(`${at}d/f`, '')
      fs.truncateSync(`${at}d/f`, 2 ** 31)
      fs.chmodSync(`${at}d`, 0)
    },
  ],
])('%s is undone, with all else the command did, and the command has failed', async (_what, make) => {
  const files = opened()
  files.changes()
  expect(files.write('told', 'not yet')).toEqual({ type: 'ok', value: undefined })
  const ran = await files.within(async () => {
    fs.writeFileSync(path.join(files.root, 'kept'), 'changed')
    fs.rmSync(path.join(files.root, 'd'), { recursive: true })
    fs.writeFileSync(path.join(files.root, 'new'), '')
    make(path.join(files.root, 'new'))
    return DONE
  })
  expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no space left on device') })
  expect(files.changes().map(({ path: at }) => at)).toEqual(['told'])
  expect([...files.snapshot()].map(([at, { kind, content }]) => [at, kind, content])).toEqual([
    ['d', 'folder', ''],
    ['d/tool', 'program', '#!'],
    ['kept', 'file', 'kept'],
    ['told', 'file', 'not yet'],
  ])
})

test('what appears beside us is passed over where it is more than the limits, and refused to who reads it', () => {
  const files = opened()
  fs.writeFileSync(path.join(files.root, 'x'), '')
  fs.truncateSync(path.join(files.root, 'x'), 10 * 2 ** 30)
  expect(files.changes()).toEqual([])
  expect(files.read('x')).toEqual({ type: 'refused', why: 'x: file too large' })
  expect([...files.snapshot().keys()]).toEqual(['d', 'd/tool', 'kept'])
})

test('a file that becomes another while it is read is never one of the host’s, nor waited for', async () => {
  const files = opened()
  const outside = temporaryFolder()
  fs.writeFileSync(path.join(outside, 'secret'), 'host secret')
  const swapping = spawn(
    '/bin/bash',
    [
      '-c',
      'while :; do ln -s "$1/secret" f; rm f; mkfifo f; rm f; echo x > f; truncate -s 2G f; rm f; ln -s "$1" g; rm g; mkdir g; echo y > g/secret; rm -r g; done',
      'sh',
      outside,
    ],
    { cwd: files.root, stdio: 'ignore' },
  )
  try {
    const until = performance.now() + 1500
    let looked = 0
    while (performance.now() < until) {
      for (const { content } of files.snapshot().values()) expect(String(content)).not.toContain('host secret')
      files.changes()
      for (const at of ['f', 'g/secret', 'g']) expect(JSON.stringify(files.read(at))).not.toContain('host secret')
      looked++
      await soon()
    }
    expect(looked).toBeGreaterThan(10)
  } finally {
    swapping.kill('SIGKILL')
  }
})
