// An audit of a million rows of kind rate, from opening the file to the last finding.
import fs from 'node:fs'
import path from 'node:path'
import { audit as auditRows } from '../src/audit/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const ROWS = 1_000_000
const GOAL = 3

/** Ten agents, a thousand tasks and a hundred repeats, with costs. */
function writeRows(file: string): void {
  const fd = fs.openSync(file, 'w')
  fs.writeSync(fd, 'agent,task,repeat,score,status,cost\n')
  for (let from = 0; from < ROWS; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) => {
      const row = from + i
      const score = (row * 7919) % 13 < 5 ? 1 : 0
      return `agent-${Math.floor(row / 1_000) % 10},task-${row % 1_000},${Math.floor(row / 10_000)},${score},ok,0.0${row % 97}\n`
    })
    fs.writeSync(fd, lines.join(''))
  }
  fs.closeSync(fd)
}

async function measure(): Promise<Measured> {
  return inScratch(async (folder) => {
    const file = path.join(folder, 'rows.csv')
    writeRows(file)
    const started = performance.now()
    const made = await auditRows(file, { kind: 'rate', version: 'bench' })
    const seconds = (performance.now() - started) / 1000
    if (made.counts.kept !== ROWS) throw new Error(`only ${made.counts.kept} rows were used`)
    const name = 'audit of 1,000,000 rows of kind rate'
    return {
      type: 'figures',
      figures: [
        { name, value: seconds, unit: 's', goal: { type: 'at-most', value: GOAL } },
        { name: `${name}, memory at its highest`, value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
      ],
    }
  })
}

export function audit(): Promise<Measured> {
  return inChild(import.meta.filename)
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measure()))
