import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { audit } from '../../src/audit/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const ROWS = 1_500
const COLUMNS = 2_000

/** Large enough to be read from the disk, with every column named in every line. */
function written(name: string, line: (row: number, cells: readonly number[]) => string, head = ''): string {
  const file = path.join(temporaryFolder(), name)
  const fd = fs.openSync(file, 'w')
  fs.writeSync(fd, head)
  for (let row = 0; row < ROWS; row++) {
    const cells = Array.from({ length: COLUMNS }, (_, column) => (row * 31 + column * 17) % 9_973)
    fs.writeSync(fd, `${line(row, cells)}\n`)
  }
  fs.closeSync(fd)
  return file
}

const names = Array.from({ length: COLUMNS }, (_, column) => `c${column}`)

test.each([
  [
    'wide.jsonl',
    (name: string) =>
      written(name, (row, cells) =>
        JSON.stringify({
          task: `t${row}`,
          score: row % 2,
          ...Object.fromEntries(cells.map((cell, at) => [`c${at}`, cell])),
        }),
      ),
  ],
  [
    'wide.csv',
    (name: string) =>
      written(
        name,
        (row, cells) => `a${row % 10},t${row},${Math.floor(row / 10) % 2},${cells.join(',')}`,
        `agent,task,score,${names.join(',')}\n`,
      ),
  ],
] as const)('%s of 2,000 columns is read within what an audit may take', async (name, write) => {
  const { counts, findings } = await audit(write(name), { kind: 'rate', version: 'test' })
  expect(counts.kept).toBe(ROWS)
  expect(findings.length).toBeGreaterThan(0)
  expect(findings.map(({ estimate }) => estimate.value)).toContain(0.5)
})
