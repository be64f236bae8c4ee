import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Terminal } from '../../src/cli/terminal.ts'
import { showTrial } from '../../src/cli/transcript.ts'
import { run, worker, type Ask, type Ran } from '../agent/compaction/rig.ts'
import { text } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** What `assay show` prints of a trial. */
function printed({ file }: Ran, { from = 0, to }: { readonly from?: number; readonly to?: number } = {}): string {
  const folder = temporaryFolder()
  fs.mkdirSync(path.join(folder, 'trials'))
  fs.copyFileSync(file, path.join(folder, 'trials', 'abc.jsonl'))
  const lines: string[] = []
  const terminal: Terminal = {
    json: false,
    live: false,
    width: 100,
    print: () => undefined,
    quote: (line) => void lines.push(line),
    note: () => undefined,
    document: () => undefined,
    style: (_, plain) => plain,
  }
  showTrial(terminal, folder, 'abc', { from, to })
  return lines.join('\n')
}

const shares = { at: 0.8, to: 0.5 } as const
const page = { id: 'page-4', text: '4 word word', question: 'Which page?', answer: 'four' }
const aside: Ask = ({ messages }) => {
  const last = messages.at(-1)
  return { parts: [text(last?.role === 'user' && last.text.includes('Which page?') ? 'It is four.' : 'Read 1 to 9.')] }
}

test('a person sees what a compaction dropped, its tokens, the summary, what the model saw next and what was asked', async () => {
  const ran = await run({ strategy: 'summary', ...shares }, worker(12, aside), {
    planted: [page],
    scaffold: { recall: 1 },
  })
  const shown = printed(ran)
  const [compaction] = ran.compactions
  const number = String(compaction?.seq).padStart(5)
  expect(shown).toMatch(
    /summary The turns above are about to be dropped .*\n {6}answer: Read 1 to 9\.\n.* user \[\d+ earlier messages were dropped/,
  )
  expect(shown).toContain(
    `${number} compaction summary: ${compaction?.tokensBefore} of 1,000 tokens before, ${compaction?.tokensAfter} after\n`,
  )
  expect(shown).toMatch(/\n {6}dropped \d+ messages: \d+ of the assistant, \d+ results of page \(events \d+ to \d+\)\n/)
  expect(shown).toContain(`\n      in their place is event ${(compaction?.seq ?? 0) - 1}\n`)
  expect(shown).toMatch(/\n {6}the model sees next \d+ messages:\n {12}0 system Rules\.\n {12}1 user Begin\.\n/)
  expect(shown).toMatch(/probe A question aside.*\n.*\n {6}answer: It is four\./)
  expect(shown).toMatch(/recall page-4: recalled; out of context for 1 turn, first shown \d turns ago/)
  expect(shown).toContain('facts in context from turn 5 on: +page-4')
  // A page of events that begins later tells the same.
  const later = printed(ran, { from: compaction?.seq ?? 0 })
  expect(shown).toContain(later)
  expect(later).toContain('dropped')
})

test('results that were cleared or cut are told, and hostile words stay words', async () => {
  const clear = await run({ strategy: 'clear', ...shares }, worker(20), {})
  expect(printed(clear)).toMatch(/\n {6}cleared \d+ tool results: a mark is in place of each\n/)
  const hostile = await run(
    { strategy: 'summary', ...shares },
    worker(12, () => ({ parts: [text('\u001b[2J\u202e gone \u0007')] })),
  )
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  expect(printed(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('a page behind the last event is refused, and what was said ends without blank lines', async () => {
  const ran = await run({ strategy: 'trim', ...shares }, worker(12, aside))
  expect(() => printed(ran, { from: 9_999 })).toThrow(/--from 9999 is after the last of \d+ events/)
  expect(printed(ran)).not.toMatch(/\n +\n/)
})
