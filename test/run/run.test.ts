import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Model, Request } from '../../src/model/index.ts'
import { readOutcomes, readRunLog, redactor, runPaths, type Outcome } from '../../src/record/index.ts'
import { readingOf, resumeRun, startRun, type RunAsked, type RunEffects, type RunEnd } from '../../src/run/index.ts'
import type { PlanRequest } from '../../src/study/index.ts'
import { scripted } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options, price } from './effects.ts'
import { partsFor, promptAndTurn, toyRequest, toyStudy, type ToyOptions } from './toy-study.ts'

/** The toy provider without the network, a few microtasks away. */
function toy(change: Partial<Model> = {}, heard: (request: Request) => void = () => undefined): Model {
  return scripted(
    async (request) => {
      heard(request)
      for (let tick = 0; tick < 3; tick++) await new Promise(setImmediate)
      const { prompt, turn } = promptAndTurn(request.messages)
      return { parts: partsFor(prompt, turn), usage: { input: 100 + 10 * turn, output: 20 } }
    },
    { name: 'test/toy', pricing: { type: 'priced', price }, ...change },
  )
}

function asked(change: Partial<PlanRequest> = {}, study: ToyOptions = {}): RunAsked {
  return {
    study: toyStudy(study),
    request: toyRequest(['test/toy'], change),
    run: 'toy-1',
    folder: path.join(temporaryFolder(), 'toy-1'),
  }
}

function timeless(rows: readonly Outcome[]): readonly object[] {
  return rows.map(({ times: _times, ...row }) => row).toSorted((a, b) => (a.trial < b.trial ? -1 : 1))
}

/** Everything but clock readings, and the version it was read with. */
function said(end: Pick<RunEnd, 'outcomes' | 'reading'>): object {
  return { outcomes: timeless(end.outcomes), reading: end.reading }
}

function unpriced(): Model {
  return toy({ pricing: { type: 'unknown', why: 'no price is known for the model' } })
}

const calm = async (): Promise<RunEnd> =>
  startRun(
    asked(),
    options,
    effectsWith(() => toy()),
  )

describe('a run', () => {
  test('does every trial once and reads its findings, calibrated where the control reads true', async () => {
    const end = await calm()
    expect(end).toMatchObject({ type: 'done', reading: { complete: true, unreadable: [] } })
    expect(end.outcomes).toHaveLength(40)
    const [first] = end.outcomes
    expect(first).toMatchObject({ status: 'completed', stop: 'closed', snapshots: [] })
    expect(first?.series?.['total']?.length).toBe(Number(first?.values['adds']) + 1)
    expect(end.reading.controls).toMatchObject([
      { control: 'ten', of: 'trials', expected: 'exactly 10', measured: '10', trials: 10, passed: true },
      { control: 'ten', of: 'finding', expected: 'exactly 10', measured: '10', trials: 10, passed: true },
    ])
    expect(end.reading.findings.length).toBeGreaterThan(3)
    for (const finding of end.reading.findings) expect(finding.standing).toBe('planned')
    // The control ran in the small size alone: what it shows holds there.
    expect(
      end.reading.findings.map(({ conditions, whyUncalibrated }) => [conditions['size'], whyUncalibrated]),
    ).toEqual(
      end.reading.findings.map(({ conditions: { size }, quantity }) => [
        size,
        size === 'small'
          ? undefined
          : size === undefined
            ? `no control has a known value for ${quantity}`
            : `no control has a known value for ${quantity} under these conditions`,
      ]),
    )

    const read = readingOf(toyStudy(), end.folder, options.version)
    expect(said(read)).toEqual(said(end))
    // The file has the control checks once; its findings have them no more.
    const findings = end.reading.findings.map((finding) => ({ ...finding, controls: undefined }))
    expect(JSON.parse(fs.readFileSync(runPaths(end.folder).findings, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify({ format: 3, ...end.reading, findings })),
    )
  })

  test('whose control misreads, or that ran without one, is uncalibrated', async () => {
    const wrong = await startRun(
      asked({}, { known: 11 }),
      options,
      effectsWith(() => toy()),
    )
    expect(wrong.reading.controls[0]).toMatchObject({ expected: 'exactly 11', measured: '10', passed: false })
    const off = await startRun(
      asked({ controls: 'off' }),
      options,
      effectsWith(() => toy()),
    )
    for (const { reading } of [wrong, off])
      expect(new Set(reading.findings.map(({ calibration }) => calibration))).toEqual(new Set(['uncalibrated']))
  })

  test('with controls only opens no model', async () => {
    const end = await startRun(
      asked({ controls: 'only' }),
      options,
      effectsWith(() => {
        throw new Error('opened')
      }),
    )
    expect(end.outcomes).toHaveLength(10)
    expect(end.outcomes.every(({ control }) => control)).toBe(true)
  })

  test('says the same whatever the concurrency', async () => {
    const one = await startRun(
      asked(),
      { ...options, concurrency: 1 },
      effectsWith(() => toy()),
    )
    const many = await startRun(
      asked(),
      { ...options, concurrency: 40 },
      effectsWith(() => toy()),
    )
    expect(said(one)).toEqual(said(many))
  })

  test('interrupted anywhere and resumed, it ends as if undisturbed, and asks for nothing twice', async () => {
    const undisturbed = await calm()
    for (const after of [1, 37, 150, 299]) {
      const run = asked()
      const questions: string[] = []
      const stop = new AbortController()
      const heard = (request: Request): void => {
        const { prompt, turn } = promptAndTurn(request.messages)
        questions.push(`${prompt}/${turn}`)
        if (questions.length === after) stop.abort()
      }
      const first = await startRun(
        run,
        options,
        effectsWith(() => toy({}, heard), { stopping: stop.signal }),
      )
      expect(first).toMatchObject({ type: 'interrupted', reading: { complete: false } })
      for (const { standing } of first.reading.findings) expect(standing).toBe('incomplete')
      const second = await resumeRun(
        run.study,
        run.folder,
        options,
        effectsWith(() => toy({}, heard)),
      )
      expect(second.type).toBe('done')
      expect(said(second)).toEqual(said(undisturbed))
      expect(new Set(questions).size).toBe(questions.length)
      expect(second.spent.tokens).toBe(undisturbed.spent.tokens)
      expect(second.spent.dollars).toBeCloseTo(undisturbed.spent.dollars, 9)
    }
  })

  test('stopped now, calls in flight are cut off, stay charged, and are asked again', async () => {
    const undisturbed = await calm()
    const run = asked()
    const abort = new AbortController()
    let count = 0
    const cut = toy({
      async ask(request, { signal }) {
        if (++count === 60) abort.abort()
        await new Promise(setImmediate)
        if (signal.aborted)
          return { type: 'failure', kind: 'aborted', message: '', retries: [], timing: { sent: 0, lastToken: 0 } }
        return toy().ask(request, { signal })
      },
    })
    const first = await startRun(
      run,
      options,
      effectsWith(() => cut, { abort: abort.signal }),
    )
    expect(first.type).toBe('interrupted')
    const second = await resumeRun(
      run.study,
      run.folder,
      options,
      effectsWith(() => toy()),
    )
    expect(said(second)).toEqual(said(undisturbed))
    expect(second.spent.dollars).toBeGreaterThan(undisturbed.spent.dollars)
  })

  test('opens each model once and closes what it opened, whatever happens', async () => {
    let open = 0
    const model = toy({
      async close() {
        open--
      },
    })
    const opening = (): Model => {
      open++
      return model
    }
    await startRun(asked(), options, effectsWith(opening))
    expect(open).toBe(0)
    await expect(startRun(asked({ set: { size: ['huge'] } }), options, effectsWith(opening))).rejects.toMatchObject({
      code: 'study/unknown-level',
    })
    expect(open).toBe(0)
  })

  test('is told of a limit that moved before, while and after it is open', async () => {
    const run = asked({ controls: 'off' })
    const told: Parameters<RunEffects['open']>[1][] = []
    const end = await startRun(run, options, {
      ...effectsWith(() => toy()),
      open: async (_name, onLimit) => {
        told.push(onLimit)
        onLimit('test', { limit: 1 })
        return toy({}, () => onLimit('test', { limit: 2 }))
      },
    })
    for (const tell of told) tell('test', { limit: 3 })
    const limits = readRunLog(runPaths(end.folder)).filter(({ type }) => type === 'limiter')
    expect(limits.length).toBeGreaterThan(10)
    expect(limits[0]).toMatchObject({ provider: 'test', change: { limit: 2 } })
  })

  test('flags a model that changes under it, once a change, on resume too', async () => {
    const run = asked({ controls: 'off' })
    let count = 0
    const stop = new AbortController()
    const changing = toy({
      async ask(request, ask) {
        if (++count === 200) stop.abort()
        const answer = await toy().ask(request, ask)
        return answer.type === 'reply' ? { ...answer, snapshot: count < 100 || count > 200 ? 'a' : 'b' } : answer
      },
    })
    await startRun(
      run,
      options,
      effectsWith(() => changing, { stopping: stop.signal }),
    )
    const end = await resumeRun(
      run.study,
      run.folder,
      options,
      effectsWith(() => changing),
    )
    expect(end.outcomes.some(({ snapshots }) => snapshots.length === 2)).toBe(true)
    const change = readRunLog(runPaths(run.folder)).find(({ type }) => type === 'snapshot-changed')
    expect(change).toMatchObject({ model: 'test/toy', from: 'a', to: 'b' })
  })
})

describe('money', () => {
  test('is never spent past the cap, whatever the concurrency, and the run goes on with a larger one', async () => {
    const undisturbed = await calm()
    const all = undisturbed.spent.dollars
    for (const [concurrency, share] of [
      [1, 0.2],
      [4, 0.5],
      [16, 0.9],
    ] as const) {
      const run = asked({ maxDollars: share * all })
      let peak = 0
      const watching = effectsWith(() => toy(), {
        onProgress: (_progress, spent) => {
          peak = Math.max(peak, spent.dollars)
        },
      })
      const first = await startRun(run, { ...options, concurrency }, watching)
      expect(first).toMatchObject({ type: 'budget', why: expect.stringMatching(/may cost \$/) })
      expect(first.spent.dollars).toBeLessThanOrEqual(share * all)
      expect(peak).toBeLessThanOrEqual(share * all)
      // Most of it was used: what others may give back is waited for.
      expect(first.spent.dollars).toBeGreaterThan(share * all - 0.01)
      const second = await resumeRun(run.study, run.folder, options, watching, { maxDollars: 10 * all })
      expect(second.type).toBe('done')
      expect(said(second)).toEqual(said(undisturbed))
      expect(second.spent.dollars).toBeCloseTo(all, 9)
    }
  })

  test('of a run without a bound on replies cannot be capped afterwards', async () => {
    const run = asked({ sampling: {} })
    const stop = AbortSignal.abort()
    await startRun(
      run,
      options,
      effectsWith(() => toy(), { stopping: stop }),
    )
    await expect(
      resumeRun(
        run.study,
        run.folder,
        options,
        effectsWith(() => toy()),
        { maxDollars: 1 },
      ),
    ).rejects.toMatchObject({ code: 'run/unbounded', exit: 2 })
    expect(
      (
        await resumeRun(
          run.study,
          run.folder,
          options,
          effectsWith(() => toy()),
        )
      ).type,
    ).toBe('done')
  })

  test('cannot be capped where the price is unknown, from the start or on resume', async () => {
    const capped = asked({ maxDollars: 1 })
    await expect(startRun(capped, options, effectsWith(unpriced))).rejects.toMatchObject({
      code: 'run/unknown-price',
      exit: 2,
    })
    expect(fs.existsSync(capped.folder)).toBe(false)
    const run = asked()
    await startRun(run, options, effectsWith(unpriced, { stopping: AbortSignal.abort() }))
    await expect(
      resumeRun(run.study, run.folder, options, effectsWith(unpriced), { maxDollars: 1 }),
    ).rejects.toMatchObject({
      code: 'run/unknown-price',
    })
    const end = await resumeRun(run.study, run.folder, options, effectsWith(unpriced))
    expect(end.spent).toMatchObject({ dollars: 0, unknown: expect.any(String) })
    expect(end.outcomes.find(({ control }) => !control)?.cost.type).toBe('unknown')
  })

  test('a cap on tokens holds as well', async () => {
    const run = asked({ maxTokens: 20_000 })
    const end = await startRun(
      run,
      options,
      effectsWith(() => toy()),
    )
    expect(end).toMatchObject({ type: 'budget', why: expect.stringMatching(/tokens/) })
    expect(end.spent.tokens).toBeLessThanOrEqual(20_000)
  })
})

describe('invalid trials', () => {
  test('over the limit stop the run as unreadable, and resuming does not hide it', async () => {
    const run = asked()
    const down = toy({
      ask: async () => ({
        type: 'failure',
        kind: 'server-error',
        message: 'The provider is down.',
        status: 503,
        retries: [],
        timing: { sent: 0, lastToken: 1 },
      }),
    })
    const end = await startRun(
      run,
      options,
      effectsWith(() => down),
    )
    expect(end).toMatchObject({
      type: 'unreadable',
      why: expect.stringMatching(/are invalid \(the limit is 5%\)\. Last error: .*provider is down/),
    })
    expect(end.outcomes.filter(({ status }) => status === 'invalid').length).toBeGreaterThan(0)
    expect(end.outcomes.length).toBeLessThan(40)
    const again = await resumeRun(
      run.study,
      run.folder,
      options,
      effectsWith(() => toy()),
    )
    expect(again.type).toBe('unreadable')

    const anew = await resumeRun(
      run.study,
      run.folder,
      { ...options, retryInvalid: true },
      effectsWith(() => toy()),
    )
    const whole = await startRun(
      asked(),
      options,
      effectsWith(() => toy()),
    )
    expect(anew.type).toBe('done')
    expect(anew.reading.dataHash).toBe(whole.reading.dataHash)
    expect(readingOf(run.study, run.folder, options.version).reading.dataHash).toBe(whole.reading.dataHash)
    const aside = fs.readdirSync(path.join(run.folder, 'invalid'))
    expect(aside.length).toBe(end.outcomes.filter(({ status }) => status === 'invalid').length)
  })

  test('are those of a study that breaks on an ending, and not the others', async () => {
    const study = toyStudy()
    const broken: RunAsked = {
      ...asked({ controls: 'off' }),
      study: {
        ...study,
        tasks: (cell, seed) =>
          study.tasks(cell, seed).map((task) => {
            if (task.runner !== undefined || task.id !== 'task-0') return task
            return { ...task, measure: () => ({ total: NaN, adds: 1 }) }
          }),
      },
    }
    const end = await startRun(
      broken,
      { ...options, concurrency: 1 },
      effectsWith(() => toy()),
    )
    expect(end).toMatchObject({ type: 'unreadable', why: expect.stringContaining('measure: total is NaN') })
    expect(end.outcomes.find(({ task }) => task === 'task-1')?.status).toBe('completed')
  })
})

describe('resuming', () => {
  test('a run that is done does nothing and says the same', async () => {
    const end = await calm()
    const before = fs.readFileSync(runPaths(end.folder).outcomes)
    const again = await resumeRun(
      toyStudy(),
      end.folder,
      options,
      effectsWith(() => toy({ ask: () => Promise.reject(new Error('asked')) })),
    )
    expect(said(again)).toEqual(said(end))
    expect(fs.readFileSync(runPaths(end.folder).outcomes)).toEqual(before)
  })

  test('rows that were lost are made again from the journals', async () => {
    const end = await calm()
    const paths = runPaths(end.folder)
    fs.writeFileSync(paths.outcomes, fs.readFileSync(paths.outcomes, 'utf8').slice(0, 5000))
    const again = await resumeRun(
      toyStudy(),
      end.folder,
      options,
      effectsWith(() => toy({ ask: () => Promise.reject(new Error('asked')) })),
    )
    expect(said(again)).toEqual(said(end))
    expect(readOutcomes(paths)).toHaveLength(40)
  })

  test('keeps no secret: neither in what it derives, nor by taking one in the name of a model', async () => {
    const secrets = redactor(new Map([['MY_KEY', 'sesame-open-1']]))
    const hidden = effectsWith(() => toy(), { redact: secrets })
    const run = asked()
    const study = { ...toyStudy(), name: 'sesame-open-1', question: 'Does sesame-open-1 open it?' }
    await startRun({ ...run, study }, options, hidden)
    const files = fs.readdirSync(run.folder).filter((name) => name.endsWith('.json'))
    expect(files.toSorted()).toEqual(['findings.json', 'run.json'])
    for (const name of files) expect(fs.readFileSync(path.join(run.folder, name), 'utf8')).not.toContain('sesame')
    const named = { ...asked().request, models: ['http://127.0.0.1/v1#sesame-open-1'] }
    const refused = { ...asked(), request: named }
    await expect(startRun(refused, options, hidden)).rejects.toMatchObject({ code: 'run/secret' })
    expect(fs.existsSync(refused.folder)).toBe(false)
  })

  test('refuses when the study would now make another plan', async () => {
    const run = asked()
    await startRun(
      run,
      options,
      effectsWith(() => toy(), { stopping: AbortSignal.abort() }),
    )
    const reworded = toyStudy()
    for (const study of [
      toyStudy({ tasks: 3 }),
      toyStudy({ limits: { turns: 41 } }),
      {
        ...reworded,
        tasks: (cell: Readonly<Record<string, string>>, seed: string) =>
          reworded.tasks(cell, seed).map((task) => ({ ...task, prompt: `${task.prompt} Please.` })),
      },
    ]) {
      await expect(
        resumeRun(
          study,
          run.folder,
          options,
          effectsWith(() => toy()),
        ),
      ).rejects.toMatchObject({
        code: 'run/design-changed',
        exit: 2,
      })
    }
  })
})
