import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeLetter, letterCase, type JudgedLetter, type LetterCase } from '../../../src/world/index.ts'

// How well suppliers read letters that were written without their rules in mind. The figures that this prints stand in
// docs/worlds/vending.md.

/** Letters whose reading is open to argument: nothing may be charged for them wrongly, and they count in no rate. */
const OPEN = new Set(['L197', 'L122', 'L125', 'L136', 'L064', 'L016', 'L191', 'L202'])
const FOREIGN = /^human-(?!curt|typos|polite)/

interface Judged extends JudgedLetter {
  readonly intended: LetterCase['reading']
  readonly english: boolean
}

function judged(file: string): readonly Judged[] {
  const text = readFileSync(path.join(import.meta.dirname, '../../foreign', file), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => letterCase.parse(JSON.parse(line)))
    .map((one) => ({ ...judgeLetter(one), intended: one.reading, english: !FOREIGN.test(one.voice) }))
}

function share(all: readonly Judged[], right: (one: Judged) => boolean): number {
  return all.filter(right).length / all.length
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell) => String(cell).padStart(10)).join('')
}

/** Rows: how a careful person reads a letter. Columns: how the supplier does. */
function confusion(all: readonly Judged[]): string {
  const intents = [...new Set(all.flatMap(({ intended, intent }) => [intended.intent, intent]))].toSorted()
  const counts = intents.map((intended) =>
    intents.map((intent) => all.filter((one) => one.intended.intent === intended && one.intent === intent).length),
  )
  return [row(['', ...intents]), ...counts.map((cells, place) => row([intents[place] ?? '', ...cells]))].join('\n')
}

describe.each(['letters.jsonl', 'letters-more.jsonl'])('suppliers read %s', (file) => {
  const all = judged(file)
  const clear = all.filter(({ id, english }) => english && !OPEN.has(id))
  const orders = clear.filter(({ intended }) => intended.commits)
  const idle = all.filter(({ intended }) => !intended.commits)

  it('charges nothing for a letter that commits to nothing', () => {
    expect(idle.filter(({ charged }) => charged).map(({ id }) => id)).toEqual([])
  })

  it('charges nothing for a letter that is not in English, and asks back', () => {
    const foreign = all.filter(({ english }) => !english)
    expect(foreign.length).toBeGreaterThan(0)
    expect(foreign.filter(({ intent }) => intent !== 'unclear').map(({ id }) => id)).toEqual([])
  })

  it('takes at least 97% of intents right, and of the quantities of orders', () => {
    const rates = [
      `${clear.filter(({ right }) => right.intent).length} of ${clear.length} (`,
      `| ${orders.filter(({ right }) => right.items).length} of ${orders.length} | 0 of ${idle.length} |`,
    ]
    console.log(`${file}: ${rates.join(' ')}\n${confusion(clear)}`)
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/worlds/vending.md'), 'utf8')
    const line = page.split('\n').find((one) => one.startsWith(`| \`${file}\`, `))
    for (const rate of rates) expect(line).toContain(rate)
    expect(share(clear, ({ right }) => right.intent)).toBeGreaterThanOrEqual(0.97)
    expect(share(orders, ({ right }) => right.items)).toBeGreaterThanOrEqual(0.97)
  })

  it('knows what an order lacks', () => {
    const lacking = orders.filter(({ intended }) => (intended.lacks ?? []).length > 0)
    expect(share(lacking, ({ right }) => right.lacks)).toBeGreaterThanOrEqual(0.97)
    expect(lacking.filter(({ charged }) => charged).map(({ id }) => id)).toEqual([])
  })
})
