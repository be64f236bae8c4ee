import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { assay, scratch } from './assay.ts'

test('a question that holds its own answer is said before a run; a run is listed with its result, and its cases with what they took', async () => {
  const folder = scratch()
  const rows = 'a,Is the sky blue or red?,blue,contains\nb,Which? A) x B) y,B,choice\nc,What is 2+2?,4,number\n'
  fs.writeFileSync(path.join(folder, 'q.csv'), `id,prompt,expected,check\n${rows}`)
  const ran = await assay(folder, 'run', 'q.csv', '--model', 'control/echo', '--name', 'e')
  expect(ran.code).toBe(0)
  expect(ran.err).toContain(
    'Caution: 1 question can be passed by repeating it (a). Ask without the answer in the prompt, or use another check.',
  )
  expect((await assay(folder, 'runs')).out).toMatch(/│ e .*│ control\/echo 33\.3% │/)
  const shown = (await assay(folder, 'show', 'e', '--cases')).out
  expect(shown).toMatch(/\nAn answer took: control\/echo \d+\.\d s, .*, \$0\.\n/)
}, 60_000)

test('two factors in one --set are told apart: what to type is said', async () => {
  const said = await assay(scratch(), 'plan', 'vending', '--controls', 'only', '--set', 'size=corner,scaffold=few-shot')
  expect(said.code).toBe(2)
  expect(said.err).toBe(
    'assay: The factor size of vending has no level "scaffold=few-shot". Repeat the option for each factor: --set scaffold=few-shot. Levels: corner, v1, v2.\n',
  )
}, 30_000)

test('show --by splits the cases of a run by a column of their file, and says what goes with nothing else', async () => {
  const folder = scratch()
  const rows = times(6).map((i) => `q${i},Say ${i},${i < 4 ? 'Say' : 'no'} ${i},exact,${i % 2 === 0 ? 'even' : 'odd'}`)
  fs.writeFileSync(path.join(folder, 'q.csv'), `id,prompt,expected,check,topic\n${rows.join('\n')}\n`)
  await assay(folder, 'run', 'q.csv', '--model', 'control/echo', '--name', 'e')
  const shown = await assay(folder, 'show', 'e', '--by', 'topic')
  expect(shown.code).toBe(0)
  expect(shown.out).toMatch(/even\b.* 66\.7%/)
  expect(shown.out).toMatch(/odd\b.* 66\.7%/)
  expect((await assay(folder, 'show', 'e', '--by', 'topc')).err).toMatch(/^assay: .*topc.*topic.*\n$/)
  expect((await assay(folder, 'show', 'e', '--by', 'topic', '--cases')).err).toBe(
    'assay: --by splits the findings of a run. Leave out the trial, --cases and --cite.\n',
  )
}, 60_000)

function times(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}
