import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openControl, type Inside } from '../../../src/model/index.ts'
import { plantedInside } from '../../../src/inside/index.ts'
import { resumeRun, startRun, type RunEnd } from '../../../src/run/index.ts'
import { steering } from '../../../src/studies/steering/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { effectsWith, options } from '../../run/effects.ts'

/** A model whose inside is the planted toy: what a local model is to the study. */
const steerable = plantedInside({ steerable: true, notices: false })
const open = (name: string): ReturnType<typeof openControl> => ({
  ...openControl('control/echo'),
  name,
  inside: () => Promise.resolve(steerable),
})

function asked(folder: string, models: readonly string[]): Parameters<typeof startRun>[0] {
  return {
    study: steering,
    request: {
      models,
      set: { strength: ['0', '2'] },
      repeats: 4,
      seed: 'test',
      controls: 'with',
      sampling: {},
      limits: {},
    },
    run: 'steering-test',
    folder,
  }
}

async function ran(models: readonly string[]): Promise<RunEnd> {
  return startRun(asked(path.join(temporaryFolder(), 'run'), models), options, effectsWith(open))
}

test('planted toys read as they must, and what is steered is told above chance with its controls beside it', async () => {
  const end = await ran(['control/echo'])
  expect(end.type).toBe('done')
  expect(end.reading.controls.filter((reading) => !reading.passed)).toEqual([])
  const found = (quantity: string): (typeof end.reading.findings)[number] | undefined =>
    end.reading.findings.find(
      (each) =>
        each.quantity === quantity &&
        each.conditions['agent'] === 'control/echo' &&
        each.conditions['strength'] !== '0',
    )
  for (const quantity of [
    'difference(share: strength 0 → 2)',
    'difference(randomShare → share)',
    'difference(shuffledShare → share)',
  ]) {
    const finding = found(quantity)
    expect(finding?.calibration).toBe('calibrated')
    expect(finding?.estimate.type === 'estimate' && finding.estimate.interval.low > 0.05).toBe(true)
  }
  const random = found('mean(randomShare)')
  // No word at all is a bound, not a zero.
  expect(random?.estimate).toMatchObject({ value: 0, interval: { low: 0 } })
  expect(random?.estimate.type === 'estimate' && random.estimate.interval.high > 0).toBe(true)
  expect(found('difference(share at the best strength within 1 nats)')?.details['strength']).toBe(2)
})

test('a trial that was cut off after its reading goes on from its journal without looking again', async () => {
  const folder = path.join(temporaryFolder(), 'run')
  const whole = await startRun(asked(folder, ['control/echo']), options, effectsWith(open))
  const trial = whole.outcomes.find((row) => row.agent === 'control/echo' && row.cell['strength'] === '2')
  const journal = path.join(folder, 'trials', `${trial?.trial ?? ''}.jsonl`)
  const lines = fs.readFileSync(journal, 'utf8').trimEnd().split('\n')
  const note = lines.findIndex((line) => line.includes('"topic":"whitebox"'))
  fs.writeFileSync(journal, `${lines.slice(0, note + 1).join('\n')}\n`)
  const rows = path.join(folder, 'outcomes.jsonl')
  fs.writeFileSync(
    rows,
    fs
      .readFileSync(rows, 'utf8')
      .split('\n')
      .filter((line) => !line.includes(trial?.trial ?? ''))
      .join('\n'),
  )
  const again = await resumeRun(
    steering,
    folder,
    options,
    effectsWith((name) => ({ ...open(name), inside: () => Promise.reject(new Error('nobody may look')) })),
  )
  expect(again.reading.dataHash).toBe(whole.reading.dataHash)
})

test('a model that cannot be looked into is refused before a folder is made', async () => {
  const folder = path.join(temporaryFolder(), 'run')
  const starting = startRun(
    asked(folder, ['control/echo']),
    options,
    effectsWith(() => openControl('control/echo')),
  )
  await expect(starting).rejects.toMatchObject({
    code: 'study/no-inside',
    message: expect.stringMatching(/^control\/echo cannot be looked into, .*only local weights can[^\n]*$/),
  })
  expect(fs.existsSync(folder)).toBe(false)
})

test('a trial that is cut off waits for no model', async () => {
  const cut = new AbortController()
  const stuck = { ...steerable, read: () => new Promise<never>(() => undefined) }
  const inside = (): Promise<Inside> => {
    setImmediate(() => cut.abort())
    return Promise.resolve(stuck)
  }
  const end = await startRun(
    asked(path.join(temporaryFolder(), 'run'), ['control/echo']),
    options,
    effectsWith((name) => ({ ...open(name), inside }), { stopping: cut.signal, abort: cut.signal }),
  )
  expect(end.type).toBe('interrupted')
})

test('the figure holds effect and cost with every line named', async () => {
  const end = await ran(['control/echo'])
  const svg = (await steering.draw?.(end.reading.findings)) ?? ''
  for (const words of ['concept words', 'a random vector', 'shuffled labels', 'nats a token above plain'])
    expect(svg).toContain(words)
  expect(svg).not.toContain('NaN')
})

test('the temperature of the run is the temperature of the texts, and what a look does not draw by is refused', async () => {
  const drawn: (number | undefined)[] = []
  const heard: Inside = {
    ...steerable,
    write: async (prompts, given) => {
      drawn.push(given.temperature)
      return steerable.write(prompts, given)
    },
  }
  const hearing = (name: string): ReturnType<typeof openControl> => ({
    ...open(name),
    inside: () => Promise.resolve(heard),
  })
  const run = async (sampling: object): Promise<RunEnd> => {
    const { request, ...rest } = asked(path.join(temporaryFolder(), 'run'), ['local/m'])
    const own = {
      ...request,
      set: { strength: ['2'], concept: ['sea'] },
      repeats: 1,
      controls: 'off' as const,
      sampling,
    }
    return startRun({ ...rest, request: own }, options, effectsWith(hearing))
  }
  const end = await run({ temperature: 0 })
  expect(new Set(drawn)).toEqual(new Set([0]))
  const [finding] = end.reading.findings
  expect(finding?.policies['sampling']).toBe('temperature 0, min-p 0.05')
  drawn.length = 0
  const usual = await run({})
  expect(new Set(drawn)).toEqual(new Set([0.8]))
  expect(usual.reading.findings[0]?.policies['sampling']).toBe('temperature 0.8, min-p 0.05')
  await expect(run({ topP: 0.5 })).rejects.toThrow(/only the temperature is used. Leave out topP/)
})

test('what the concept costs stands beside what a random and a shuffled vector of that length cost', async () => {
  const end = await ran(['local/m'])
  for (const arm of ['random', 'shuffled']) {
    const found = end.reading.findings.find(
      ({ quantity, subject }) => quantity === `difference(${arm}Nats → nats)` && subject.type === 'model',
    )
    expect(found?.estimate.type).toBe('estimate')
    // A steered toy pays for its concept's words; other vectors bring none.
    expect(found?.estimate.value).toBeGreaterThan(0.05)
  }
})
