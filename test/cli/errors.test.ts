import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { assay, scratch } from './assay.ts'

interface Mistake {
  readonly name: string
  readonly words: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly says: RegExp
  readonly code?: number
}

const vending = ['run', 'vending', '--controls', 'only', '--repeats', '1']

const mistakes: readonly Mistake[] = [
  { name: 'an unknown command', words: ['rnu'], says: /There is no command "rnu"\. Did you mean run\?/ },
  { name: 'an unknown study', words: ['run', 'vendign'], says: /There is no study "vendign"\. Did you mean vending\?/ },
  { name: 'a file that is not there', words: ['run', 'my.study.ts'], says: /There is no file my\.study\.ts/ },
  {
    name: 'a port that no machine has',
    words: ['view', '--port', '65536'],
    says: /--port must be a whole number from 0 to 65535\. You gave 65536/,
    code: 2,
  },
  {
    name: 'replies of no tokens',
    words: [...vending, '--max-output-tokens', '0'],
    says: /--max-output-tokens must be a whole number, 1 or more\. You gave 0/,
    code: 2,
  },
  {
    name: 'a power that no design has',
    words: ['power', 'vending', '--power', '1'],
    says: /--power must be between 0 and 1, such as 0\.8\. You gave 1/,
    code: 2,
  },
  {
    name: 'an effect of nothing',
    words: ['power', 'vending', '--detect', '0.5,0'],
    says: /--detect must be numbers above 0, with commas between them/,
    code: 2,
  },
  {
    name: 'an effect that no two shares differ by',
    words: ['power', 'vending', '--quantity', 'difference(aboveStart: agents)', '--detect', '10'],
    says: /--detect 10: the effect of difference\(aboveStart: agents\) is a difference of shares: 0\.1 for 10 points/,
  },
  {
    name: 'tokens in without tokens out',
    words: ['power', 'vending', '--trial-tokens', '20000'],
    says: /takes tokens in and tokens out, as 20000,2000/,
  },
  {
    name: 'a share of clusters without clusters',
    words: ['power', 'vending', '--clustered', '0.5'],
    says: /--clustered is the share of clusters: say how many there are with --clusters/,
  },
  {
    name: 'one rate for two layers',
    words: ['power', 'vending', '--design', 'layers', '--layer-rates', '0.2'],
    says: /takes the rates of two layers/,
  },
  { name: 'an unknown provider', words: ['run', 'vending', '--model', 'opnai/gpt'], says: /openai/ },
  { name: 'a model without its key', words: ['run', 'vending', '--model', 'openai/gpt-5'], says: /OPENAI_API_KEY/ },
  {
    name: 'weights that were not pulled',
    words: ['run', 'vending', '--model', 'local/smollm2-135m'],
    says: /assay models pull smollm2-135m/,
  },
  {
    name: 'an unknown factor',
    words: [...vending, '--set', 'colour=red'],
    says: /has no factor "colour"\. Factors: size/,
  },
  {
    name: 'an unknown level',
    words: [...vending, '--set', 'size=huge'],
    says: /has no level "huge"\. Levels: corner, v1, v2/,
  },
  { name: 'a --set without a level', words: [...vending, '--set', 'size'], says: /not of the form factor=level/ },
  {
    name: 'a cell in which nothing can be done',
    words: [...vending, '--set', 'delegation=subagent'],
    says: /has no task in any of the cells asked for/,
  },
  { name: 'no agent at all', words: ['run', 'vending', '--controls', 'off'], says: /No agent to run/ },
  {
    name: 'a number that is none',
    words: [...vending, '--concurrency', 'many'],
    says: /--concurrency must be a whole number, 1 or more\. You gave many/,
  },
  {
    name: 'a temperature from an unset variable',
    words: [...vending, '--temperature', ''],
    says: /--temperature must be a number, 0 or more\. You gave nothing/,
  },
  {
    name: 'no repeats',
    words: ['run', 'vending', '--controls', 'only', '--repeats', '0'],
    says: /--repeats must be a whole number, 1 or more\. You gave 0/,
  },
  { name: 'a name that is a path', words: [...vending, '--name', '../out'], says: /--name/ },
  {
    name: 'a cap without a price',
    words: ['run', 'vending', '--model', 'http://127.0.0.1:9/v1#none', '--max-cost', '1'],
    says: /price of .* is unknown/,
  },
  {
    name: 'a temperature that is none',
    words: [...vending, '--temperature', 'x'],
    says: /--temperature must be a number, 0 or more\. You gave x/,
  },
  { name: 'an unknown run', words: ['show', 'yesterday'], says: /There is no run "yesterday"/ },
  { name: 'a run to resume that is not there', words: ['resume', 'yesterday'], says: /There is no run "yesterday"/ },
  {
    name: 'a run folder from a newer version',
    words: ['show', 'later'],
    files: { '.assay/runs/later/run.json': '{"format":99,"run":"later"}' },
    says: /written by a newer Assay \(format 99/,
  },
  {
    name: 'a damaged run.json',
    words: ['show', 'torn'],
    files: { '.assay/runs/torn/run.json': '{"format":1,"run"' },
    says: /run\.json is not JSON/,
  },
  {
    name: 'a config that does not parse',
    words: ['studies'],
    files: { 'assay.config.ts': 'export default {' },
    says: /assay\.config\.ts does not load/,
  },
  {
    name: 'a config with a wrong field',
    words: ['studies'],
    files: { 'assay.config.ts': "export default { maxCost: 'five' }" },
    says: /assay\.config\.ts: maxCost: /,
  },
  {
    name: 'a study file that defines none',
    words: ['run', './a.study.ts'],
    files: { 'a.study.ts': 'export default 7' },
    says: /has no study as its default export/,
  },
  {
    name: 'a study that breaks while it makes its tasks',
    words: ['run', './b.study.ts'],
    files: {
      'b.study.ts': `import { defineStudy, proportion } from 'assay'
export default defineStudy({ name: 'b', question: 'Why?', factors: {}, outcome: { right: proportion() }, findings: [], repeats: 1,
  controls: { idle: { property: 'idle', policy: () => [], reads: {} } },
  tasks: () => { throw new Error('no such table') } })`,
    },
    says: /The study b broke while making its tasks: no such table/,
  },
  { name: 'cases that are not there', words: ['run', 'cases.csv'], says: /There is no file cases\.csv/ },
  {
    name: 'cases without rows',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': '' },
    says: /cases\.csv has no rows/,
  },
  {
    name: 'cases without a column',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': 'prompt,answer\na,b\n' },
    says: /needs columns prompt and expected\. It has prompt, answer: rename them/,
  },
  {
    name: 'a check that does not exist',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': 'prompt,expected,check\na,b,magic\n' },
    says: /line 2: there is no check "magic"/,
  },
  {
    name: 'a pattern that is none',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': 'prompt,expected,check\na,(,regex\n' },
    says: /line 2: .*regular expression/i,
  },
  {
    name: 'a row with too many fields',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': 'prompt,expected\na,b,c\n' },
    says: /cases\.csv, line 2: found 3 cells, expected 2 \(prompt, expected\)\. Put quotes around a cell that contains a comma\.\n/,
  },
  {
    name: 'a table of one column',
    words: ['run', 'cases.csv'],
    files: { 'cases.csv': 'prompt:expected\na:b\n' },
    says: /needs columns prompt and expected\. It has one column, prompt:expected: put commas between the columns\./,
  },
  {
    name: 'a control that runs already, named as a model',
    words: ['run', 'cases.csv', '--model', 'control/silent'],
    files: { 'cases.csv': 'prompt,expected\na,b\n' },
    says: /control\/silent runs with this study already: leave it out of --model, or add --controls off\./,
  },
  {
    name: 'an unknown verb of the brief',
    words: ['brief', 'frame', 'b.yaml'],
    says: /There is no "npx assay brief frame"/,
  },
  { name: 'a brief that is not there', words: ['brief', 'status', 'b.yaml'], says: /There is no file b\.yaml/ },
  {
    name: 'a brief that is no YAML',
    words: ['brief', 'status', 'b.yaml'],
    files: { 'b.yaml': 'title: [' },
    says: /b\.yaml/,
  },
  { name: 'weights nobody knows', words: ['models', 'pull', 'gpt-9'], says: /gpt-9/ },
]

describe('a mistake is said in one line, without a stack, with exit code 2:', () => {
  test.concurrent.each(mistakes)('$name', async ({ words, files, says, code }) => {
    const folder = scratch()
    for (const [name, text] of Object.entries(files ?? {})) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      fs.writeFileSync(path.join(folder, name), text)
    }
    const said = await assay(folder, ...words)
    expect(said.err).toMatch(says)
    expect(said.err.trim().split('\n')).toHaveLength(1)
    expect(said.err).not.toMatch(/\n\s+at /)
    expect(said.out).toBe('')
    expect(said.code).toBe(code ?? 2)
  })
})
