import * as fc from 'fast-check'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { allEvents, Journal, readEvents } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { options, said, start } from './events.ts'

async function written(file: string, sizes: readonly number[]): Promise<void> {
  const journal = new Journal(file, options())
  journal.record(start)
  // Text that looks like the start of a line, in strings and in structure.
  for (const size of sizes) {
    journal.record(said(`{"seq":3,${'x'.repeat(size)}`))
    journal.record({ type: 'note', topic: 'trap', data: [{ seq: 1, v: 1 }, 'y'.repeat(size % 977)] })
  }
  await journal.close()
}

describe('paging', () => {
  const size = fc.oneof(
    { weight: 8, arbitrary: fc.nat(300) },
    { weight: 2, arbitrary: fc.integer({ min: 15_000, max: 70_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 700_000 }) },
  )

  test('any range equals the same range of a full read', async () => {
    const folder = temporaryFolder()
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { maxLength: 120 }),
        fc.array(fc.tuple(fc.integer({ min: -3, max: 300 }), fc.nat(40)), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        async (sizes, ranges, torn) => {
          const file = path.join(folder, `${number++}.jsonl`)
          await written(file, sizes)
          if (torn) fs.appendFileSync(file, `{"seq":${1 + 2 * sizes.length},"v":1,"at":5,"type":"no`)
          const all = [...allEvents(file)].map(({ event }) => event)
          expect(all).toHaveLength(1 + 2 * sizes.length)
          for (const [from, length] of ranges) {
            const page = readEvents(file, { from, to: from + length })
            expect(page.total).toBe(all.length)
            expect(page.events).toEqual(all.slice(Math.max(0, from), Math.max(0, from + length)))
          }
          fs.rmSync(file)
        },
      ),
      { numRuns: 40, seed: 5 },
    )
  }, 30_000)

  test('says that there is no journal, and that one is damaged', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    expect(() => readEvents(file, { from: 0, to: 1 })).toThrow(expect.objectContaining({ code: 'record/no-journal' }))
    await written(file, [10, 10, 10])
    const text = fs.readFileSync(file, 'utf8')
    fs.writeFileSync(file, text.replace('{"seq":2,', '{"seq"#2,'))
    expect(() => readEvents(file, { from: 0, to: 7 })).toThrow(expect.objectContaining({ code: 'record/damaged' }))
  })

  test('ruins of a power cut at the end, line feed and all, are no event', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    await written(file, [10])
    fs.appendFileSync(file, '{"seq":3,"v":1,\u0000\u0000\u0000\n')
    expect(readEvents(file, { from: 0, to: 9 })).toMatchObject({ total: 3 })
    expect([...allEvents(file)]).toHaveLength(3)
  })
})
