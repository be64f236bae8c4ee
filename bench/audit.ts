// Audits of kind rate, from opening the file to the last finding: a million rows, ten million, and a wide table.
import fs from 'node:fs'
import path from 'node:path'
import { audit as auditRows } from '../src/audit/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Figure, Measured } from './table.ts'

interface Shape {
  readonly name: string
  readonly rows: number
  readonly columns: number
  /** At most so many seconds. */
  readonly seconds: number
  /** At most so many MB. */
  readonly memory?: number
}

const SHAPES: readonly Shape[] = [
  { name: '1,000,000 rows of kind rate', rows: 1_000_000, columns: 6, seconds: 3, memory: 400 },
  { name: '10,000,000 rows of kind rate', rows: 10_000_000, columns: 6, seconds: 30, memory: 1_536 },
  { name: '2,000 columns × 10,000 rows', rows: 10_000, columns: 2_000, seconds: 5 },
]

/** Ten agents, a thousand tasks and as many repeats as there is room for, with costs; other columns hold numbers. */
function writeRows(file: string, { rows, columns }: Shape): void {
  const fd = fs.openSync(file, 'w')
  const others = Array.from({ length: columns - 6 }, (_, i) => i)
  fs.writeSync(fd, `agent,task,repeat,score,status,cost${others.map((i) => `,c${i}`).join('')}\n`)
  for (let from = 0; from < rows; from += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, i) => {
      const row = from + i
      const score = (row * 7919) % 13 < 5 ? 1 : 0
      const more = others.map((column) => `,${(row * 31 + column * 17) % 9973}`).join('')
      return `agent-${Math.floor(row / 1_000) % 10},task-${row % 1_000},${Math.floor(row / 10_000)},${score},ok,0.0${row % 97}${more}\n`
    })
    fs.writeSync(fd, lines.join(''))
  }
  fs.closeSync(fd)
}

async function measure({ name: shape, rows, seconds, memory }: Shape, file: string): Promise<Measured> {
  const before = process.cpuUsage()
  const started = performance.now()
  const made = await auditRows(file, { kind: 'rate', version: 'bench' })
  const value = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  const spent = (user + system) / 1e6
  if (made.counts.kept !== rows) throw new Error(`only ${made.counts.kept} rows were used`)
  const name = `audit of ${shape}`
  const highest: Figure = {
    name: `${name}, memory at its highest`,
    value: process.resourceUsage().maxRSS / 1024,
    unit: 'MB',
    ...(memory !== undefined && { goal: { type: 'at-most', value: memory } }),
  }
  return {
    type: 'figures',
    figures: [
      { name, value, unit: 's', goal: { type: 'at-most', value: seconds } },
      // On a busy machine the clock says what the others do; this says what the audit does, on all of its threads.
      { name: `${name}, processor time`, value: spent, unit: 's' },
      highest,
    ],
  }
}

/** Each in a process of its own, which has not written the file: memory at its highest is a process's. */
export function audit(): Promise<Measured> {
  return inScratch(async (folder) => {
    const figures: Figure[] = []
    for (const shape of SHAPES) {
      const file = path.join(folder, 'rows.csv')
      writeRows(file, shape)
      const measured = await inChild(import.meta.filename, shape.name, file)
      if (measured.type === 'skipped') return measured
      figures.push(...measured.figures)
    }
    return { type: 'figures', figures }
  })
}

const [wanted, file] = process.argv.slice(2)
const shape = SHAPES.find(({ name }) => name === wanted)
if (import.meta.main && shape !== undefined && file !== undefined)
  process.stdout.write(JSON.stringify(await measure(shape, file)))
