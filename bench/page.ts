// Opening a page of events in the middle of a large journal, by a reader that has not seen the file before.
import fs from 'node:fs'
import path from 'node:path'
import { AppendFile, Journal, readEvents, type EventBody } from '../src/record/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Measured } from './table.ts'

const MEGABYTES = 100
const EVENTS = 50

function body(turn: number): EventBody {
  return {
    type: 'message',
    message: { role: 'user', text: `Turn ${turn}. ${'The customers came and went. '.repeat(turn % 40)}` },
  }
}

/** A journal of the size, the most of it written as text, which is quicker. */
function written(file: string): number {
  const journal = new Journal(file, { durability: 'each-second', now: Date.now, redact: (line) => line })
  for (let turn = 0; turn < 40; turn++) journal.record(body(turn))
  const append = new AppendFile(file, { durability: 'each-second', now: () => 0 })
  let seq = 40
  let bytes = 0
  while (bytes < MEGABYTES * 1e6) {
    const line = `{"seq":${seq},"v":1,"at":1,${JSON.stringify(body(seq)).slice(1)}`
    append.append(line)
    bytes += line.length + 1
    seq++
  }
  return seq
}

function page(file: string, total: number): Measured {
  const from = Math.floor(total / 2)
  const started = performance.now()
  const { events } = readEvents(file, { from, to: from + EVENTS })
  const ms = performance.now() - started
  if (events.length !== EVENTS || events[0]?.seq !== from) throw new Error(`read ${events.length} events`)
  return {
    type: 'figures',
    figures: [
      {
        name: `page of ${EVENTS} events in a journal of ${Math.round(fs.statSync(file).size / 1e6)} MB`,
        value: ms,
        unit: 'ms',
        goal: { type: 'at-most', value: 50 },
      },
    ],
  }
}

export function pageOfEvents(): Promise<Measured> {
  return inScratch((folder) => {
    const file = path.join(folder, 'large.jsonl')
    return inChild(import.meta.filename, file, String(written(file)))
  })
}

if (import.meta.main) process.stdout.write(JSON.stringify(page(process.argv[2] ?? '', Number(process.argv[3]))))
