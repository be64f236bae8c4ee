import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { showTrial } from '../../src/cli/transcript.ts'
import { run, worker, type Ask, type Ran } from '../agent/compaction/rig.ts'
import { text } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { answering, caseRun } from '../exchange/case-run.ts'
import { recorded } from './recorded.ts'

const record = {
  format: 1,
  run: 'made',
  study: 'toy',
  question: '?',
  createdAt: '2026-01-01T00:00:00Z',
  versions: {},
  design: {},
  designHash: '',
  request: {},
}

/** What `assay show` prints of a trial. */
function printed({ file }: Ran, { from = 0, to }: { readonly from?: number; readonly to?: number } = {}): string {
  const folder = temporaryFolder()
  fs.mkdirSync(path.join(folder, 'trials'))
  fs.copyFileSync(file, path.join(folder, 'trials', 'abc.jsonl'))
  fs.writeFileSync(path.join(folder, 'run.json'), JSON.stringify(record))
  const terminal = recorded()
  showTrial(terminal, folder, 'abc', { from, to })
  return terminal.printed.join('\n')
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

test('a trial is shown by its case, with what was expected and why; several that are meant are named', async () => {
  const csv = 'id,prompt,expected,check\none,Capital?,Paris,contains\ntwo,Sum?,4,number\n'
  const models = ['test/a', 'test/b'].map((name) => answering(name, { 'Capital?': 'Rome', 'Sum?': 'It is 4.' }))
  const { folder } = await caseRun('both', csv, models)
  const shown = (part: string): string => {
    const terminal = recorded()
    showTrial(terminal, folder, part, { from: 0, to: undefined })
    return terminal.printed.join('\n')
  }
  expect(shown('one test/b')).toMatch(/trial one · test\/b \(q; scaffold=plain, agent=test\/b; id [0-9a-f]{16}\)/)
  expect(shown('one test/b')).toContain('grade wrong: contains "Paris" does not pass (measure of q: {"correct":0})')
  expect(shown('one test/b')).toContain('end completed: the model gave its last answer')
  expect(shown('two silent')).toContain('grade wrong: number "4" does not pass')
  expect(() => shown('two')).toThrow(
    /^"two" may be 2 trials of both: two · test\/a; two · test\/b\. Add a word of the one that you mean\.$/,
  )
  expect(() => shown('three')).toThrow(/^There is no trial "three" in both\. Trials: .*; …\.$/)
})

test('a trial that has not ended is found by how its journal begins', async () => {
  const { folder, outcomes } = await caseRun('cut', 'id,prompt,expected\none,Capital?,Paris\n', [
    answering('test/a', {}),
  ])
  fs.rmSync(path.join(folder, 'outcomes.jsonl'))
  const terminal = recorded()
  showTrial(terminal, folder, 'one test/a', { from: 0, to: undefined })
  expect(terminal.documents[0]).toMatchObject({ name: 'one · test/a', trial: outcomes[0]?.trial })
})
