import fs from 'node:fs'
import path from 'node:path'
import { oneRun } from '../../src/project/index.ts'
import { readRun, type Event, type EventBody, type Outcome } from '../../src/record/index.ts'
import { readingOf, startRun } from '../../src/run/index.ts'
import type { Source } from '../../src/server/index.ts'
import type { Study } from '../../src/study/index.ts'
import { scripted } from '../agent/toys.ts'
import { effectsWith, options, price } from '../run/effects.ts'
import { partsFor, promptAndTurn, toyRequest, toyStudy } from '../run/toy-study.ts'

/** Reads a toy run as the command does, with the study that belongs to it. */
export function toySource(
  runs: string,
  studies: Readonly<Record<string, Study>> = {},
  briefs: Source['briefs'] = () => [],
): Source {
  return {
    runs,
    briefs,
    version: '0.0.0-test',
    mailTools: () => Promise.resolve(new Set(['send_mail'])),
    studies: () => Promise.resolve([toyStudy()]),
    readRun(folder) {
      const { record } = readRun(folder)
      const study = studies[record.run] ?? toyStudy()
      return Promise.resolve(oneRun(folder, readingOf(study, folder, '0.0.0-test')))
    },
  }
}

/** A finished run of the toy study; `pause` milliseconds pass before each answer. */
export async function toyRun(
  runs: string,
  name: string,
  seed = 's',
  pause = 0,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  const model = scripted(
    async (request) => {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      const { prompt, turn } = promptAndTurn(request.messages)
      return { parts: partsFor(prompt, turn), usage: { input: 100 + 10 * turn, output: 20 } }
    },
    { name: 'test/toy', pricing: { type: 'priced', price } },
  )
  await startRun(
    { study: toyStudy(), request: toyRequest(['test/toy'], { seed }), run: name, folder: path.join(runs, name) },
    options,
    effectsWith(() => model, { stopping }),
  )
}

/** A run with a row for each of its trials, many thousands, and no journals. @returns how many */
export async function manyTrials(runs: string, name: string, study: Study): Promise<number> {
  const stopped = new AbortController()
  stopped.abort()
  const folder = path.join(runs, name)
  await startRun(
    { study, request: toyRequest(['test/toy']), run: name, folder },
    options,
    effectsWith(() => scripted(() => ({ parts: [] }), { name: 'test/toy' }), { stopping: stopped.signal }),
  )
  const { plan } = readingOf(study, folder, '0.0.0-test')
  const rows = plan.trials.map(({ id, ...trial }, number): Outcome => {
    const total = trial.control ? 10 : (number * 7919) % 1000
    return {
      trial: id,
      ...trial,
      status: number % 97 === 0 ? 'invalid' : 'completed',
      stop: 'closed',
      values: number % 97 === 0 ? {} : { total, adds: trial.control ? 1 : 9 },
      turns: 10,
      usage: { input: 1000, output: 200 },
      cost: { type: 'known', dollars: 0.001 },
      snapshots: [],
      events: 30,
      times: { startedAt: 1_760_000_000_000, wallMs: 100, workingMs: 90 },
    }
  })
  fs.writeFileSync(path.join(folder, 'outcomes.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return rows.length
}

/** Writes a journal by hand: what a test wants to look at, in the place of a trial. @returns the trial's id */
export function writeTrial(runs: string, run: string, trial: string, bodies: readonly EventBody[]): string {
  const start: EventBody = {
    type: 'trial.start',
    format: 1,
    trial,
    study: 'toy',
    cell: { size: 'small' },
    task: 'task-0',
    repeat: 0,
    seed: 's/0',
  }
  const events = [start, ...bodies].map((body, seq): Event => ({ seq, v: 1, at: 1_760_000_000_000 + seq, ...body }))
  fs.writeFileSync(
    path.join(runs, run, 'trials', `${trial}.jsonl`),
    events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  )
  return trial
}

/** Turns of a long trial: a message of the assistant with reasoning, a call, its result, and the world behind it. */
export function longTrial(count: number): readonly EventBody[] {
  return Array.from({ length: count }, (_, number): EventBody => {
    const id = `call-${number - 1}`
    if (number % 3 === 0)
      return {
        type: 'model.call',
        model: 'test/toy',
        input: { ranges: [[0, number]] },
        output: {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: `I think of ${number}. `.repeat(1 + (number % 20)) },
            { type: 'text', text: `Turn ${number}. ${'The customers came and went. '.repeat(number % 13)}` },
            { type: 'tool-call', id: `call-${number}`, name: 'add', arguments: JSON.stringify({ n: number }) },
          ],
        },
        usage: { input: 100 + number, output: 20 },
        cost: { type: 'known', dollars: 0.0001 },
        timing: { sent: 0, lastToken: 5, working: 5 },
      }
    if (number % 3 === 1)
      return {
        type: 'tool.call',
        result: { role: 'tool', callId: id, name: 'add', text: `The total is ${number}.\n`.repeat(1 + (number % 30)) },
        status: 'ok',
        ms: 1,
      }
    return { type: 'world', view: { total: number, adds: Math.floor(number / 3), left: 20_000 - number } }
  })
}
