import fs from 'node:fs'
import path from 'node:path'
import { array, assert, constantFrom, jsonValue, oneof, property, string } from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { harmless, harmlessJson, ownStyle } from '../../src/cli/harmless.ts'
import { run } from '../../src/cli/program.ts'
import { event, runPaths, type EventBody } from '../../src/record/index.ts'
import { answering, caseRun } from '../exchange/case-run.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { HOSTILE, hostileVariants, isHarmless } from './hostile.ts'

const src = path.join(import.meta.dirname, '..', '..', 'src')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('one way to stdout and stderr', () => {
  const WAYS = [
    /\bconsole\b/,
    /\bprocess\s*(?:\.|\[['"])\s*(?:stdout|stderr|_rawDebug|emitWarning)/,
    /\{[^}]*\b(?:stdout|stderr)\b[^}]*\}\s*=\s*process\b/,
    /from ['"](?:node:)?(?:process|console|tty)['"]/,
    /write(?:v|File)?Sync\(\s*[12]\b/,
    /\/dev\/(?:stdout|stderr|tty)/,
    /stdio:\s*(?:\[[^\]]*)?['"]inherit['"]/,
  ]
  const ALLOWED: Readonly<Record<string, string>> = {
    'cli/terminal.ts': 'is that way',
    'cli/drawing.ts': 'draws over lines, each made harmless',
    'grade/diffs/rules/acts.ts': 'looks for such lines in the diffs of others',
    'grade/diffs/rules/answers.ts': 'looks for such lines in the diffs of others',
  }

  test('is what every file of the program takes', () => {
    const files = fs.globSync('**/*.ts', { cwd: src })
    expect(files.length).toBeGreaterThan(500)
    const others = files.filter((file) => {
      const code = fs.readFileSync(path.join(src, file), 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')
      return WAYS.some((way) => way.test(code)) && ALLOWED[file.replaceAll(path.sep, '/')] === undefined
    })
    expect(others).toEqual([])
  })

  test('each of those ways is known when it is there', () => {
    const lines = [
      'console.log(1)',
      'process.stdout.write(x)',
      "process['stderr']",
      'const { stdout } = process',
      "import { stdout } from 'node:process'",
      'fs.writeSync(2, x)',
      "fs.writeFileSync('/dev/stderr', x)",
      "{ stdio: 'inherit' }",
    ]
    expect(lines.filter((line) => !WAYS.some((way) => way.test(line)))).toEqual([])
  })
})

describe('what goes that way', () => {
  const bad = oneof(
    constantFrom(...Array.from(HOSTILE), '\n', '\t', 'a', 'é', '\ud800'),
    string({ unit: 'binary', maxLength: 1 }),
  )

  test('holds nothing that a terminal obeys or an eye does not see, whatever it was', () => {
    assert(
      property(array(bad, { maxLength: 40 }), (letters) => isHarmless(harmless(letters.join('')))),
      { numRuns: 2000 },
    )
  })

  test('keeps letters of every script, joiners where they spell, emoji, line feeds and tabs', () => {
    const text = 'naïve\tΩ 日本語 नमस्ते क्‍ष می‌خواهم 👩‍👩‍👧 ✔️ 1️⃣ e\u0301\n'
    expect(harmless(text)).toBe(text)
    expect(harmless('ad\u200dmin')).toBe('ad\ufffdmin')
    expect(harmless('\u001b[1;34mdir\u001b[0m')).toBe('dir')
  })

  test('styles are the program’s own only', () => {
    expect(harmless(ownStyle(['\u001b[1m', '\u001b[22m'], `a${HOSTILE}\u001b[31m`))).toMatch(
      // oxlint-disable-next-line no-control-regex -- the program's own styles
      /^\u001b\[1ma[^\u001b]*\u001b\[22m$/,
    )
    expect(harmless('\u001b[1;1000;1000;1000m')).toBe('')
  })

  test('a line of a million characters loses its middle', () => {
    const cut = harmless(`${'a'.repeat(1_000_000)}z\nnext`)
    expect(cut.length).toBeLessThan(5000)
    expect(cut).toMatch(/^a+… \(1000001 characters\) …a+z\nnext$/)
  })

  test('JSON says the same value', () => {
    assert(
      property(jsonValue(), array(bad), (value, letters) => {
        const whole = { value, text: letters.join(''), [letters.join('')]: 1 }
        const text = harmlessJson(JSON.stringify(whole, null, 2))
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(whole)))
        expect(isHarmless(text)).toBe(true)
      }),
    )
  })
})

/** A command in this process: what it wrote, and its answer. */
async function typed(...words: readonly string[]): Promise<{ readonly said: string; readonly code: number }> {
  let said = ''
  const keep = (text: unknown): boolean => ((said += String(text)), true)
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  try {
    return { code: await run(words), said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

/** One event of every kind, with all of its fields. */
const EVENTS: readonly EventBody[] = [
  { type: 'message', thread: 't', message: { role: 'system', text: 'Rules.' } },
  { type: 'message', message: { role: 'user', text: 'Begin.' } },
  {
    type: 'model.call',
    thread: 't',
    model: 'test/a',
    input: { ranges: [[0, 2]] },
    output: {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'I look.' },
        { type: 'tool-call', id: 'c', name: 'look', arguments: '{"at":"a"}' },
      ],
    },
    finish: 'tool-calls',
    usage: { input: 1, output: 1 },
    cost: { type: 'unknown', why: 'no price' },
    timing: { sent: 0, lastToken: 1, working: 1 },
    retries: [{ kind: 'overloaded', waitedMs: 1, cost: { type: 'unknown', why: 'x' } }],
    snapshot: 's',
    ids: { request: 'r' },
    logprobs: { a: 'b' },
  },
  {
    type: 'model.call',
    model: 'test/a',
    aside: { purpose: 'probe', text: 'Which?' },
    input: { ranges: [[0, 2]] },
    failure: { kind: 'overloaded', message: 'busy' },
    usage: {},
    cost: { type: 'known', dollars: 0 },
    timing: { sent: 0, lastToken: 1, working: 1 },
  },
  {
    type: 'tool.call',
    result: { role: 'tool', callId: 'c', name: 'look', text: 'seen' },
    status: 'ok',
    changes: [
      { path: 'a.txt', after: 'f'.repeat(64), bytes: 3, edit: { at: 0, cut: 0, put: 'abc' } },
      { path: 'b', before: 'f'.repeat(64) },
    ],
    ms: 1,
  },
  { type: 'world', view: { day: 'one', list: ['a'] } },
  { type: 'attempt', data: { goal: 'g', moves: ['m'] } },
  { type: 'grade', grader: 'measure', values: { correct: 'yes' }, explanation: 'why' },
  { type: 'limit', thread: 't', limit: 'turns', used: 1, cap: 1 },
  { type: 'note', topic: 'facts', data: { turn: 1, in: ['a'], out: ['b'] } },
  { type: 'note', topic: 'own', data: { a: ['b'] } },
  { type: 'error', where: 'tool', message: 'broke' },
  { type: 'trial.end', status: 'invalid', stop: 'it broke' },
]

const CSV = `id,prompt,expected,check
"one${HOSTILE}","Capital?${HOSTILE}","Paris${HOSTILE}",contains
two,Sum?,4,number
`

test('a journal, rows and a record that are hostile in any text are harmless in every command', async () => {
  const answers = { 'Sum?': `4${HOSTILE}`, [`Capital?${HOSTILE}`]: `Rome${HOSTILE}` }
  const models = ['test/a', 'test/b'].map((name) => answering(name, answers))
  const { folder, outcomes } = await caseRun('hostile', CSV, models)
  const runs = path.dirname(folder)
  const paths = runPaths(folder)
  let shown = 0
  const harmlessly = async (...words: readonly string[]): Promise<void> => {
    const { said, code } = await typed(...words)
    if (words[0] === 'show' && code === 0) shown++
    expect(said).not.toBe('')
    expect(said).not.toContain('fault of Assay itself')
    if (!isHarmless(said)) expect.fail(`${words.join(' ')} printed ${JSON.stringify(said)}`)
  }
  const shows = ['show', 'hostile', '--out', runs] as const
  const trial = outcomes.find(({ control, task }) => !control && task === 'two')?.trial ?? ''
  const policy = path.join(runs, 'gate.yaml')
  fs.writeFileSync(policy, `rules:\n  - quantity: "none${HOSTILE.replaceAll(/[\0\r\b]/g, '')}"\n    atLeast: 1\n`)

  const all = [
    [...shows],
    [...shows, '--all'],
    [...shows, '--cases'],
    [...shows, '--cite'],
    [...shows, '--json'],
    ['runs', '--out', runs],
    ['runs', '--out', runs, '--json'],
    ['compare', 'hostile', 'hostile', '--out', runs],
    ['pool', 'hostile', 'hostile', '--out', runs],
    ['gate', 'hostile', '--policy', policy, '--out', runs],
    ['audit', path.join(runs, 'gate.yaml'), '--as', 'rate'],
    ['audit', 'hostile', '--as', 'rate', '--out', runs],
    ['plan', path.join(runs, 'q.csv')],
    ['export', 'hostile', '--as', 'jsonl', '--out', runs, '--json'],
    ['show', `none${HOSTILE}`, '--out', runs],
    [`none${HOSTILE}`],
    ['show', `--none${HOSTILE}`],
    ['run', `none${HOSTILE}.csv`],
    ['brief', 'status', `none${HOSTILE}.yaml`],
    ['models', `none${HOSTILE}`],
    ['plan', 'vending', '--set', `size=none${HOSTILE}`],
    ['plan', 'vending', '--model', `none${HOSTILE}`],
  ]
  for (const words of all) await harmlessly(...words)

  // Every text of every kind of event.
  const file = paths.trial(trial)
  const [start = ''] = fs.readFileSync(file, 'utf8').split('\n')
  const bodies: readonly object[] = [Object(JSON.parse(start)), ...EVENTS].flatMap((body) => [
    body,
    ...hostileVariants(body)
      .map((variant): object => Object(variant))
      .filter((variant) => event.safeParse({ seq: 0, v: 1, at: 0, ...variant }).success),
  ])
  // What a page of events begins with is its number.
  const numbered = bodies.map((body, seq) =>
    JSON.stringify({ seq, v: 1, at: 1, ...body, ...('seq' in body && { seq }) }),
  )
  fs.writeFileSync(file, `${numbered.join('\n')}\n`)
  expect(numbered.length).toBeGreaterThan(80)
  for (const words of [
    ['show', 'hostile', trial, '--out', runs],
    ['show', 'hostile', trial, '--out', runs, '--json'],
    [...shows],
  ])
    await harmlessly(...words)

  // Every text of a row, of the log and of the record.
  for (const place of [paths.outcomes, paths.record]) {
    const was = fs.readFileSync(place, 'utf8')
    const [first = '', ...rest] = place === paths.record ? [was] : was.trimEnd().split('\n')
    for (const variant of hostileVariants(JSON.parse(first))) {
      fs.writeFileSync(place, `${[JSON.stringify(variant), ...rest].join('\n')}\n`)
      await harmlessly(...shows)
    }
    fs.writeFileSync(place, was)
  }
  expect(shown).toBeGreaterThan(10)
}, 120_000)

test('a page for other programs is in a pipe what it is in a file, however long its lines', async () => {
  const folder = temporaryFolder()
  const brief = path.join(import.meta.dirname, '..', '..', 'examples', 'brief.yaml')
  for (const as of ['html', 'markdown']) {
    const words = ['brief', 'render', brief, '--as', as, '--runs', path.join(folder, 'none')]
    const out = path.join(folder, `brief.${as}`)
    expect((await typed(...words, '--out', out)).code).toBe(0)
    expect((await typed(...words)).said.trimEnd()).toContain(fs.readFileSync(out, 'utf8').trimEnd())
  }
})
