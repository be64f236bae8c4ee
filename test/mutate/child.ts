// One run of a copy of the program, in a process of its own: node test/mutate/child.ts <src> <seen as JSON>. Prints what failed.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type * as Studies from '../../src/studies/index.ts'
import type * as Cases from '../../src/studies/cases/index.ts'
import type * as Run from '../../src/run/index.ts'
import type * as Grade from '../../src/grade/index.ts'
import type { Model } from '../../src/model/index.ts'
import type { Study } from '../../src/study/index.ts'
import type { Seen } from './break.ts'
import { foundSchema, seenSchema, type Found } from './found.ts'

const [src = '', asked = ''] = process.argv.slice(2)

/** Two questions for each way of checking. */
const QUESTIONS = [
  ['Capital of France?', 'Paris', 'exact'],
  ['Capital of Peru?', 'Lima', 'exact'],
  ['Name a colour of the sky.', 'blue', 'contains'],
  ['Name a colour of grass.', 'green', 'contains'],
  ['A date in May 2024?', '2024-05-\\d\\d', 'regex'],
  ['A number of three digits?', '^\\d{3}$', 'regex'],
  ['2 + 2?', '4', 'number'],
  ['10 × 100?', '1000', 'number'],
] as const

/** Questions that a judge and a function mark, with answers whose mark is known; one has a check that reads the answer too. */
const MARKED: readonly Cases.Case[] = Array.from({ length: 8 }, (_, index) => ({
  id: `case-${index}`,
  prompt: `Say hello to guest ${index}.`,
  expected: 'hello',
  check: index % 4 < 2 ? 'judge' : 'greets.ts#greets',
  ...(index % 4 === 1 && { also: [{ check: 'contains', expected: 'guest' }] }),
  ...(index % 4 === 3 && { also: [{ check: 'not:judge', expected: 'goodbye' }] }),
  answer: `hello guest ${index}`,
  wrong: `goodbye guest ${index}`,
}))

/** Passes an answer that holds what the rubric says, whatever else it is shown. */
const JUDGE: Model = {
  name: 'test/judge',
  provider: 'test',
  identity: {},
  pricing: { type: 'free' },
  templates: ['chat'],
  ask: async ({ messages }) => {
    const said = messages.at(-1)
    const [, answer = '', rubric = ''] =
      /The answer:\n<<<\n([^]*?)\n>>>\nThe rubric:\n<<<\n([^]*?)\n>>>/.exec(said?.role === 'user' ? said.text : '') ??
      []
    return {
      type: 'reply',
      parts: [{ type: 'text', text: `Verdict: ${answer.includes(rubric) ? 'PASS' : 'FAIL'}` }],
      finish: 'stop',
      usage: {},
      timing: { sent: 0, lastToken: 0 },
      retries: [],
      ids: {},
    }
  },
}

async function studyOf(name: string): Promise<Study> {
  const { loadBuiltIn }: typeof Studies = await import(path.join(src, 'studies/index.ts'))
  if (name !== 'questions' && name !== 'marked questions') {
    const study = await loadBuiltIn(name)
    if (study === undefined) throw new Error(`There is no study ${name}.`)
    return study
  }
  const { casesStudy }: typeof Cases = await import(path.join(src, 'studies/cases/index.ts'))
  if (name === 'marked questions')
    return casesStudy(
      name,
      MARKED,
      {},
      {
        hash: () => 'greets',
        call: async (_file, _export, { answer, expected }) => ({ type: 'marked', pass: answer.includes(expected) }),
      },
    )
  return casesStudy(
    'questions',
    QUESTIONS.map(([prompt, expected, check], index) => ({ id: `case-${index}`, prompt, expected, check })),
  )
}

async function played(seen: Extract<Seen, { study: string }>): Promise<Found> {
  const { startRun }: typeof Run = await import(path.join(src, 'run/index.ts'))
  const study = await studyOf(seen.study)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-mutate-run-'))
  const never = new AbortController().signal
  const models = Array.from({ length: seen.models ?? 0 }, (_, index) => `test/agent-${index}`)
  try {
    const end = await startRun(
      {
        study,
        request: {
          models,
          set: seen.set ?? {},
          ...(seen.study === 'marked questions' && { partners: { judge: JUDGE.name } }),
          ...(seen.tasks !== undefined && { tasks: seen.tasks }),
          ...(seen.repeats !== undefined && { repeats: seen.repeats }),
          seed: 'mutate',
          controls: models.length === 0 ? 'only' : 'with',
          sampling: {},
          limits: {},
        },
        run: 'mutate',
        folder: path.join(folder, 'run'),
      },
      { concurrency: 4, durability: 'each-second', version: 'mutate' },
      {
        open: (name) =>
          name === JUDGE.name || models.includes(name)
            ? Promise.resolve({ ...JUDGE, name })
            : Promise.reject(new Error('controls open no model')),
        now: Date.now,
        redact: (line) => line,
        stopping: never,
        abort: never,
      },
    )
    const failed = end.reading.controls.filter(({ passed }) => !passed)
    const unread = end.reading.unreadable.map(({ where }) => `the run cannot be read: ${where}`)
    return {
      type: 'run',
      failed: [
        ...unread,
        ...failed.map(
          ({ control, measure, expected, measured }) => `${control}: ${measure} was ${measured}, must be ${expected}`,
        ),
      ],
      checks: end.reading.controls.length,
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function validated({ corpus, as }: Extract<Seen, { corpus: string }>): Promise<Found> {
  const { validateCorpus }: typeof Grade = await import(path.join(src, 'grade/index.ts'))
  const { all, labels, disagreements } = validateCorpus(
    as,
    fs.readFileSync(path.join(import.meta.dirname, '..', '..', corpus), 'utf8'),
  )
  const right = labels.filter(({ truth, read }) => truth === read).reduce((sum, { lines }) => sum + lines, 0)
  return { type: 'corpus', share: right / all.lines, wrong: disagreements.length / all.lines }
}

const seen = seenSchema.parse(JSON.parse(asked))
const found = 'study' in seen ? await played(seen) : await validated(seen)
process.stdout.write(`${JSON.stringify(foundSchema.parse(found))}\n`)
// Nothing that a break left running keeps the process.
process.exit(0)
