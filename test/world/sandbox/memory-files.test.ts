import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { randomFrom } from '../../../src/record/index.ts'
import type { Entry, FileTree } from '../../../src/world/index.ts'
import { DiskFiles } from '../../../src/world/sandbox/disk-files.ts'
import { MemoryFiles } from '../../../src/world/sandbox/memory-files.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const LIMITS = { diskBytes: 4_000, files: 16 }

const START: readonly (readonly [string, Entry])[] = [
  ['a', { kind: 'file', content: 'a\n' }],
  ['d', { kind: 'folder', content: '' }],
  ['d/tool', { kind: 'program', content: '#!' }],
  ['to-a', { kind: 'link', content: 'a' }],
  ['to-d', { kind: 'link', content: '/workspace/d' }],
  ['out', { kind: 'link', content: '/etc' }],
  ['up', { kind: 'link', content: '../../..' }],
  ['loop', { kind: 'link', content: 'loop' }],
  ['nowhere', { kind: 'link', content: 'd/made' }],
]

const PATHS = [
  'a', 'd', 'd/tool', 'd/new', 'e/f/g', 'to-a', 'to-d', 'to-d/tool', 'to-d/x', 'out', 'out/passwd', 'up', 'up/etc/passwd', 'loop', 'loop/x', 'nowhere', 'a/b', '.', '', '..', '../x', '/etc/passwd',
  '/workspace', '/workspace/a', '/workspace/../etc', './d/../a', 'd//tool', 'n'.repeat(255), 'n'.repeat(256), 'é'.repeat(128), 'd/'.repeat(1700), 'x\0y', '-rf', '__proto__', '__proto__/x', 'constructor', 'line\nfeed', '\ud800',
] // prettier-ignore

const TEXTS = ['', 'text\n', 'é', 'x'.repeat(1500), 'y'.repeat(4_001), '\ud800', Uint8Array.from([255, 0, 10])]

/** The same acts, in both. */
function acted(tree: FileTree, seed: string): readonly unknown[] {
  const random = randomFrom('trees', seed)
  const of = <T extends string | Uint8Array>(all: readonly T[]): T | '' => all[Math.floor(random() * all.length)] ?? ''
  tree.put(START)
  return Array.from({ length: 150 }, () => {
    const at = of(PATHS)
    const drawn = random()
    if (drawn < 0.35) return [at, tree.write(at, of(TEXTS))]
    if (drawn < 0.6) return [at, tree.read(at)]
    if (drawn < 0.75) return [at, tree.list(at)]
    if (drawn < 0.9) return tree.changes()
    if (drawn < 0.97) return [...tree.snapshot()]
    return tree.put([[of(['d', 'a', 'e/f', 'to-a']), undefined]])
  })
}

/** Bytes as numbers, whatever holds them. */
function told(acts: readonly unknown[]): readonly string[] {
  return acts.map((act) => JSON.stringify(act, bytes)?.replaceAll(/\{"type":"Buffer","data":(\[[^\]]*\])\}/g, '$1'))
}

function bytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? [...value] : value
}

test.each(['1', '2', '3', '4', '5', '6', '7', '8'])('files in memory answer as files on a disk do: seed %s', (seed) => {
  const disk = acted(new DiskFiles(fs.mkdtempSync(path.join(temporaryFolder(), 'w-')), LIMITS), seed)
  expect(told(acted(new MemoryFiles(LIMITS), seed))).toEqual(told(disk))
})

test('an act on files in memory costs what it touches, not what is there', () => {
  const files = new MemoryFiles({ diskBytes: 64 << 20, files: 20_000 })
  files.put(Array.from({ length: 15_000 }, (_, n) => [`in/${n % 50}/${n}`, { kind: 'file', content: 'x' }]))
  const before = process.cpuUsage()
  for (let n = 0; n < 3_000; n++) {
    files.write(`out/${n % 20}/${n}`, 'made')
    expect(files.changes().length).toBeLessThan(4)
  }
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(10_000)
})
