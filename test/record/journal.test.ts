import * as fc from 'fast-check'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { allEvents, Journal, redactor } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { options, said, smallTrial, start, ticking } from './events.ts'

function eventsIn(file: string): readonly object[] {
  return [...allEvents(file)].map(({ event }) => event)
}

describe('a journal', () => {
  test('holds each step once, numbered from 0, one line each', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const journal = new Journal(file, options())
    await smallTrial(journal, async (turn) => `turn ${turn}`)
    await journal.close()
    const lines = fs.readFileSync(file, 'utf8').split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => line.slice(0, 9))).toEqual(lines.map((_, seq) => `{"seq":${seq},`.slice(0, 9)))
    expect(eventsIn(file)).toHaveLength(lines.length)
  })

  test('replays without asking anybody, and then goes on', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const first = new Journal(file, options())
    const heard = await smallTrial(first, async (turn) => `turn ${turn}`)
    await first.close()
    const before = fs.readFileSync(file)

    const again = new Journal(file, options())
    expect(again.replaying).toBe(true)
    const asked: number[] = []
    const replayed = await smallTrial(again, async (turn) => {
      asked.push(turn)
      return 'never'
    })
    await again.close()
    expect(replayed).toEqual(heard)
    expect(asked).toEqual([])
    expect(fs.readFileSync(file)).toEqual(before)
  })

  test('refuses to go on when the same step comes out differently', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const first = new Journal(file, options())
    first.record(start)
    first.record(said('one'))
    await first.close()

    const content = new Journal(file, options())
    content.record(start)
    expect(() => content.record(said('two'))).toThrow(expect.objectContaining({ code: 'record/diverged', exit: 3 }))
    await content.close()

    const kind = new Journal(file, options())
    kind.record(start)
    await expect(kind.step('tool.call', () => Promise.reject(new Error('not to be called')))).rejects.toMatchObject({
      code: 'record/diverged',
    })
    await kind.close()
  })

  test('cut anywhere in its last line, loses that step and nothing else', async () => {
    const folder = temporaryFolder()
    const whole = path.join(folder, 'whole.jsonl')
    const journal = new Journal(whole, options())
    await smallTrial(journal, async (turn) => `turn ${turn} — déjà vu 😀`)
    await journal.close()
    const bytes = fs.readFileSync(whole)
    const lastLine = bytes.lastIndexOf(10, bytes.length - 2) + 1
    for (let cut = lastLine; cut < bytes.length; cut++) {
      const file = path.join(folder, `cut-${cut}.jsonl`)
      fs.writeFileSync(file, bytes.subarray(0, cut))
      const resumed = new Journal(file, options())
      await smallTrial(resumed, () => Promise.reject(new Error('asked again')))
      await resumed.close()
      expect(fs.readFileSync(file).subarray(0, lastLine)).toEqual(bytes.subarray(0, lastLine))
      expect(eventsIn(file)).toHaveLength(eventsIn(whole).length)
    }
  })

  test('cut at any byte at all, goes on to the same end and asks again only what was cut off', async () => {
    const folder = temporaryFolder()
    const whole = path.join(folder, 'whole.jsonl')
    const journal = new Journal(whole, options())
    const heard = await smallTrial(journal, async (turn) => `turn ${turn} ✓`)
    await journal.close()
    const bytes = fs.readFileSync(whole)
    let file = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        const torn = path.join(folder, `${file++}.jsonl`)
        fs.writeFileSync(torn, bytes.subarray(0, cut))
        const kept = bytes.subarray(0, cut).toString('latin1').split('"model.call"').length - 1
        const asked: number[] = []
        const resumed = new Journal(torn, options())
        const again = await smallTrial(resumed, async (turn) => {
          asked.push(turn)
          return `turn ${turn} ✓`
        })
        await resumed.close()
        expect(again).toEqual(heard)
        expect(asked.length).toBeLessThanOrEqual(3 - kept + 1)
        expect(eventsIn(torn)).toHaveLength(eventsIn(whole).length)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  test('damaged in the middle is refused, not skipped', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const journal = new Journal(file, options())
    await smallTrial(journal, async () => 'x')
    await journal.close()
    const text = fs.readFileSync(file, 'utf8')
    const second = text.indexOf('\n') + 1

    fs.writeFileSync(file, `${text.slice(0, second)}#${text.slice(second + 1)}`)
    expect(() => eventsIn(file)).toThrow(expect.objectContaining({ code: 'record/damaged', exit: 3 }))

    const third = text.indexOf('\n', second) + 1
    fs.writeFileSync(file, text.slice(0, second) + text.slice(third))
    expect(() => eventsIn(file)).toThrow(/event 1 is missing/)
  })

  test('written by a newer Assay says so', () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    fs.writeFileSync(file, '{"seq":0,"v":99,"at":1,"type":"telepathy"}\n')
    expect(() => new Journal(file, options())).toThrow(
      expect.objectContaining({ code: 'record/newer-format', exit: 2 }),
    )
  })

  test('carries NULs, lone surrogates, line ends and __proto__ there and back', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    let seq = 0
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.jsonValue(), async (text, value) => {
        const own = `${file}${seq++}`
        const data = [value, text, JSON.parse('{"__proto__":{"a":1}}'), '\u0000', '\ud800', 'a\ud83d', '\u2028\r\n']
        const body = { type: 'note', topic: text, data: JSON.parse(JSON.stringify(data)) } as const
        const journal = new Journal(own, options())
        const live = journal.record(body)
        await journal.close()
        const again = new Journal(own, options())
        expect(again.record(body)).toEqual(live)
        await again.close()
        expect(eventsIn(own)[0]).toMatchObject(live)
      }),
      { numRuns: 100, seed: 3 },
    )
  })

  test('counts the time in which a process was at work, and none between', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    let time = 1000
    const clock = options({ now: () => time })
    const first = new Journal(file, clock)
    first.record(start)
    time = 1010
    first.record(said('one'))
    await first.close()
    time = 900_000
    const second = new Journal(file, clock)
    second.record(start)
    second.record(said('one'))
    expect(second.wallMs).toBe(10)
    second.record(said('two'))
    time = 900_010
    second.record(said('three'))
    expect([second.wallMs, second.startedAt, second.lastAt]).toEqual([20, 1000, 900_010])
    await second.close()

    const third = new Journal(file, clock)
    for (const body of [start, said('one'), said('two'), said('three')]) third.record(body)
    expect(third.wallMs).toBe(20)
    await third.close()
  })

  test('writes no secret, and lives on with what it wrote', async () => {
    const secret = 'sk-test-"quoted\\0123456789'
    const redact = redactor(new Map([['A_KEY', secret]]))
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const reply = async (): Promise<string> => `my key is ${secret}, in JSON ${JSON.stringify({ key: secret })}`
    const journal = new Journal(file, options({ redact }))
    const live = await smallTrial(journal, reply)
    await journal.close()
    expect(live[0]).toBe('my key is [redacted:A_KEY], in JSON {"key":"[redacted:A_KEY]"}')
    expect(fs.readFileSync(file, 'utf8')).not.toContain('0123456789"')

    const again = new Journal(file, options({ redact }))
    expect(await smallTrial(again, () => Promise.reject(new Error('asked again')))).toEqual(live)
    await again.close()
  })

  test('whatever the secret and wherever it turns up, what is live equals its replay', async () => {
    const folder = temporaryFolder()
    let file = 0
    const secret = fc.oneof(
      fc.string({ minLength: 8, maxLength: 20, unit: 'binary' }),
      fc.constantFrom('12345678', 'assistant', 'trial.end', 'model.call', 'completed', 'redacted', '\\u0000abc'),
    )
    await fc.assert(
      fc.asyncProperty(secret, fc.string(), fc.string(), async (hidden, before, after) => {
        const redact = redactor(new Map([['S_KEY', hidden]]))
        const own = path.join(folder, `${file++}.jsonl`)
        const now = ticking(1_234_567_812_345)
        const reply = async (): Promise<string> => `${before}${hidden}${after}${JSON.stringify({ hidden })}`
        const journal = new Journal(own, options({ redact, now }))
        const live = await smallTrial(journal, reply)
        await journal.close()
        const again = new Journal(own, options({ redact }))
        expect(await smallTrial(again, () => Promise.reject(new Error('asked again')))).toEqual(live)
        await again.close()
      }),
      { numRuns: 150, seed: 11 },
    )
  })
})
