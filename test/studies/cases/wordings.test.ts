import { DuckDBInstance } from '@duckdb/node-api'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { wordingsOf } from '../../../src/cli/wordings.ts'
import { findStudy } from '../../../src/project/index.ts'
import { readEvents, runPaths } from '../../../src/record/index.ts'
import { casesStudy, readCases } from '../../../src/studies/cases/index.ts'
import type { Wordings } from '../../../src/study/index.ts'
import { textRows } from '../../../src/rows/index.ts'
import { caseRun } from '../../exchange/case-run.ts'
import { scripted, text } from '../../agent/toys.ts'
import { assay, scratch } from '../../cli/assay.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

function written(name: string, content: string): string {
  const file = path.join(temporaryFolder(), name)
  fs.writeFileSync(file, content)
  return file
}
const csv =
  'id;topic;prompt;expected;check\nfr;Europe;Capital of France?;Paris;contains\njp;Asia;Capital of Japan?;Tokyo;contains\n'
const made = (wordings?: Wordings) => casesStudy('q', readCases(written('q.csv', csv)), wordings)

describe('how questions are put', () => {
  test('columns separated by semicolons are read', () => {
    expect(readCases(written('q.csv', csv)).map(({ id, expected }) => [id, expected])).toEqual([
      ['fr', 'Paris'],
      ['jp', 'Tokyo'],
    ])
  })

  test('one template and one system prompt are filled in, and are no factor', () => {
    const study = made({ templates: { brief: '{{ topic }}: {{prompt}}' }, systems: { kind: 'You know {{topic}}.' } })
    expect(Object.keys(study.factors)).toEqual(['scaffold'])
    const [fr] = study.tasks({ scaffold: 'plain' }, '1/0')
    expect(fr?.prompt).toBe('Europe: Capital of France?')
    expect(fr?.scaffold.system).toBe('You know Europe.')
  })

  test('several are a factor, all levels run, each against the first within questions; controls run once', () => {
    const study = made({ templates: { a: '{{prompt}}', b: 'Think. {{prompt}}', c: '{{topic}}?' } })
    expect(study.factors['template']?.standard).toEqual(['a', 'b', 'c'])
    expect(study.findings.map(({ name }) => name)).toEqual([
      'mean(correct)',
      'difference(correct: template a → b)',
      'difference(correct: template a → c)',
    ])
    expect(study.controls['knows']?.varies).toEqual([])
    expect(study.tasks({ scaffold: 'plain', template: 'b' }, '1/0')[0]?.prompt).toBe('Think. Capital of France?')
  })

  test('a column that is not there is named with those that are', () => {
    expect(() => made({ templates: { a: 'On {{topik}}' } })).toThrow(
      '--template asks for {{topik}}, and the questions have no such column. Columns: id, topic, prompt, expected, check.',
    )
    expect(() => made({ systems: { a: '{{who}}' } })).toThrow('--system asks for {{who}}')
  })

  test('without a column prompt a template is needed, and is enough', () => {
    const bare = readCases(written('q.csv', 'country,expected\nFrance,Paris\n'))
    expect(() => casesStudy('q', bare)).toThrow(/The questions need a column prompt, or a --template/)
    const study = casesStudy('q', bare, { templates: { a: 'Capital of {{country}}?' } })
    expect(study.tasks({ scaffold: 'plain' }, '1/0')[0]?.prompt).toBe('Capital of France?')
  })

  test('what is filled in is not filled in again', () => {
    const odd = readCases(written('q.csv', 'prompt,expected\n{{expected}},b\n'))
    const study = casesStudy('q', odd, { templates: { a: 'Q: {{prompt}}' } })
    expect(study.tasks({ scaffold: 'plain' }, '1/0')[0]?.prompt).toBe('Q: {{expected}}')
  })
})

describe('--template and --system', () => {
  test('take a file by its name or the text itself', () => {
    const file = written('terse one.txt', 'Be terse: {{prompt}}\n')
    expect(wordingsOf({ template: [file, 'Now: {{prompt}}'], system: [] })).toEqual({
      templates: { 'terse-one': 'Be terse: {{prompt}}', 'text-2': 'Now: {{prompt}}' },
    })
    expect(wordingsOf({ template: [], system: [] })).toBeUndefined()
  })

  test('refuse a file that is not there, is not text, or is named twice', () => {
    expect(() => wordingsOf({ template: ['brief.txt'], system: [] })).toThrow('--template: there is no file brief.txt.')
    const bytes = path.join(temporaryFolder(), 'x.txt')
    fs.writeFileSync(bytes, Buffer.from([0xff, 0xfe, 0x00]))
    expect(() => wordingsOf({ template: [], system: [bytes] })).toThrow('is not UTF-8')
    expect(() => wordingsOf({ template: [], system: [temporaryFolder()] })).toThrow('is not a file')
    const twice = ['a', 'b'].map(() => written('one.txt', 'x'))
    expect(() => wordingsOf({ template: twice, system: [] })).toThrow('given twice with the name one')
  })

  test('are refused for what is not a file of questions', async () => {
    await expect(findStudy('vending', {}, { templates: { a: 'x' } })).rejects.toThrow(
      'vending is not one. Leave them out.',
    )
  })
})

describe('questions of several turns', () => {
  const turns =
    'id,prompt.1,prompt.2,prompt.3,expected,check\na,I am Ana.,Who am I?,,Ana,contains\nb,One.,Two.,Three?,3,contains\n'
  test('are said one after the other, and the last reply is checked', async () => {
    const heard: string[][] = []
    const echo = scripted(
      ({ messages }) => {
        const said = messages.flatMap((each) => (each.role === 'user' ? [each.text] : []))
        heard.push(said)
        return { parts: [text(said.length === 3 ? '3' : 'Ana')] }
      },
      { name: 'test/echo' },
    )
    const one = await caseRun('turns', turns, [echo])
    expect(
      one.outcomes.filter(({ control }) => !control).map(({ task, values, turns: n }) => [task, values, n]),
    ).toEqual([
      ['a', { correct: 1 }, 2],
      ['b', { correct: 1 }, 3],
    ])
    expect(heard).toContainEqual(['I am Ana.', 'Who am I?'])
    expect(heard).toContainEqual(['One.', 'Two.', 'Three?'])
    const row = one.outcomes.find(({ task, control }) => task === 'a' && !control)
    const { events } = readEvents(runPaths(one.folder).trial(row?.trial ?? ''), { from: 0, to: 99 })
    expect(events.filter(({ type }) => type === 'model.call')).toHaveLength(2)
    expect(one.reading.controls.every(({ passed }) => passed)).toBe(true)
  })

  test('may be a JSON list in prompt', () => {
    const [one] = readCases(written('q.csv', 'prompt,expected\n"[""Hi."", ""Who?""]",Ana\n'))
    expect(one).toMatchObject({ prompt: 'Hi.', follow: ['Who?'] })
  })

  test('an empty turn is refused by line', () => {
    const file = written('q.csv', 'prompt.1,prompt.2,expected\n,Who?,Ana\n')
    expect(() => readCases(file)).toThrow(/q\.csv, line 2: the prompt is empty\.$/)
  })
})

describe('questions in other files', () => {
  test('JSON lines: texts as written, numbers and objects as JSON, lists of turns', async () => {
    const file = written(
      'q.jsonl',
      '{"id":"a","prompt":"Sum?","expected":4,"check":"number"}\n{"id":"b","prompt":["Hi.","JSON?"],"expected":{"x":1},"check":"json"}\n',
    )
    const { study } = await findStudy(file, {})
    const [a, b] = study.tasks({ scaffold: 'plain' }, '1/0')
    expect(a).toMatchObject({ id: 'a', prompt: 'Sum?', key: { expected: '4' } })
    expect(b).toMatchObject({ prompt: 'Hi.', scaffold: { follow: ['JSON?'] }, key: { expected: '{"x":1}' } })
  })

  test('a row that is wrong is named by its line', async () => {
    const file = written('q.jsonl', '{"prompt":"Sum?","expected":"4"}\n{"prompt":"","expected":"4"}\n')
    await expect(findStudy(file, {})).rejects.toThrow(/q\.jsonl, line 2: the prompt is empty\.$/)
    const broken = written('q.jsonl', '{"prompt":"Sum?","expected":"4"}\n{"prompt":\n')
    await expect(findStudy(broken, {})).rejects.toThrow(/^q\.jsonl/)
  })

  test('JSON lines of tasks with a command as check stay tasks', async () => {
    const file = written('t.jsonl', '{"id":"t","instruction":"Do.","files":{},"check":"true"}\n')
    expect(Object.keys((await findStudy(file, {})).study.outcome)).toEqual(['score', 'passed'])
  })

  test('a JSON list, and cells that are missing as empty texts', async () => {
    const file = written('q.json', '[{"prompt":"A?","expected":"a"},{"prompt":"B?","expected":"b","topic":"x"}]')
    expect((await textRows(file)).map(({ record, row }) => [record['topic'], row])).toEqual([
      ['', 1],
      ['x', 2],
    ])
    expect((await findStudy(file, {})).study.tasks({ scaffold: 'plain' }, '1/0')).toHaveLength(2)
  })
})

test('a run of questions is rows of kind rate, with the other columns of the file to split by', async () => {
  const model = scripted(() => ({ parts: [text('Paris')], usage: { input: 3, output: 1 } }), { name: 'test/a' })
  const one = await caseRun('rows', csv, [model])
  expect(one.plan.study.rows?.['rate']?.(one.outcomes)).toMatchObject([
    { topic: 'Europe', task: 'fr', agent: 'test/a', repeat: 0, score: 1, tokens: 4 },
    { topic: 'Asia', task: 'jp', score: 0 },
  ])
})

test('Parquet, with a list of turns and a number', async () => {
  const file = path.join(temporaryFolder(), 'q.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(
    `copy (select * from (values ('a', ['Hi.', 'Sum of 2 and 2?'], 4.5), ('b', ['Half?'], 0.5)) t(id, prompt, expected)) to '${file}' (format parquet)`,
  )
  connection.closeSync()
  const { study } = await findStudy(file, {})
  expect(study.tasks({ scaffold: 'plain' }, '1/0')).toMatchObject([
    { id: 'a', prompt: 'Hi.', scaffold: { follow: ['Sum of 2 and 2?'] }, key: { expected: '4.5' } },
    { id: 'b', prompt: 'Half?', key: { expected: '0.5' } },
  ])
})

test('a run keeps its wordings: it is read, and resumed, with them', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'q.csv'), csv)
  fs.writeFileSync(path.join(folder, 'rules.txt'), 'You know {{topic}}.\n')
  const words = ['--controls', 'only', '--template', 'Now: {{prompt}}', '--system', 'rules.txt', '--name', 'w']
  expect((await assay(folder, 'run', 'q.csv', ...words)).code).toBe(0)
  fs.rmSync(path.join(folder, 'rules.txt'))
  const shown = await assay(folder, 'show', 'w', '--json')
  expect(shown.code).toBe(0)
  expect(shown.out).not.toContain('the study changed')
  expect((await assay(folder, 'resume', 'w')).code).toBe(0)
  const transcript = await assay(folder, 'show', 'w', 'fr', 'knows')
  expect(transcript.out).toContain('system You know Europe.')
  expect(transcript.out).toContain('user Now: Capital of France?')
})
