import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { vending } from '../../src/studies/vending/index.ts'
import { assay, scratch, type Said } from './assay.ts'

// Every command is a process of its own, and a busy machine is no fault.
vi.setConfig({ testTimeout: 60_000 })

let folder = ''

/** Three runs of planted agents: two alike with seeds of their own, and one with another limit. */
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-numbers-'))
  const run = (name: string, seed: string, ...more: string[]): Promise<Said> =>
    assay(folder, 'run', 'vending', '--controls', 'only', '--repeats', '4', '--seed', seed, '--name', name, ...more)
  const said = [await run('one', '1'), await run('two', '2'), await run('limited', '3', '--max-turns', '200')]
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0])
}, 60_000)

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

async function json(...words: string[]): Promise<{ readonly code: number | null; readonly value: unknown }> {
  const { code, out } = await assay(folder, ...words, '--json')
  return { code, value: JSON.parse(out) }
}

function write(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text)
  return name
}

describe('assay power', () => {
  test('says what a study can see, what to buy, and what it costs by the price table', async () => {
    const words = ['power', 'vending', '--model', 'openai/gpt-5-mini', '--trial-tokens', '1000000,100000']
    const { code, out, err } = await assay(scratch(), ...words)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Smallest difference that 80% of such runs find, by repeats')
    expect(out).toContain('smallest difference found')
    const { value } = await json(...words, '--quantity', 'difference(netWorth: agents)', '--detect', '10.72')
    // 65 repeats (the paired t test of 0.5/√2 standard deviations of $21.44) in two cells of two agents, at $0.25 + $0.20 a trial.
    expect(value).toMatchObject({
      study: 'vending',
      power: 0.8,
      buy: [{ type: 'buy', effect: 1_072, size: { tasks: 1, repeats: 65 }, trials: 260 }],
      arms: 4,
      priced: 'trials = tasks × repeats × 2 cells × 2 agents: openai/gpt-5-mini and one more at its price',
      costs: [{ model: 'openai/gpt-5-mini', dollars: 0.45 }],
    })
    expect(Reflect.get(Object(value), 'buy')[0].dollars).toBeCloseTo(260 * 0.45, 9)
  })

  test('takes spreads from a run, and then speaks in the unit of the measure', async () => {
    const { code, out } = await assay(folder, 'power', 'vending', '--from', 'one', '--quantity', 'mean(netWorth)')
    expect(code).toBe(0)
    expect(out).toMatch(/net worth, one agent against a fixed value +1 +none +\$/)
    expect(out).toContain('(measured)')
  })

  test('says of a run without controls that its spreads may be wrong, and prices a model on this machine at nothing', async () => {
    const run = await assay(
      folder,
      ...'run vending --controls off --model control/silent --repeats 2 --name off'.split(' '),
    )
    expect(run.code).toBe(0)
    const words = ['power', 'vending', '--from', 'off', '--model', 'control/silent']
    const { code, out, err } = await assay(folder, ...words)
    expect([code, err]).toEqual([0, 'assay: off is uncalibrated (no control ran in it): its spreads may be wrong.\n'])
    expect(out).toContain(
      'What to buy (trials = tasks × repeats × 2 cells × 2 agents: control/silent and one more at its price)',
    )
    const controls = await assay(folder, 'power', 'vending', '--from', 'one')
    expect(controls.err).toBe('assay: no real agent ran in one: its spreads are those of its controls.\n')
    const model = await assay(folder, 'power', 'vending', '--model', 'local/smollm2-135m')
    expect(model.out).toContain('local/smollm2-135m: costs nothing: it runs on this machine')
  })

  test.each([
    ['pairs', ['--tasks', '220', '--ties', '0.1'], /55\.0% wins/],
    ['layers', ['--tasks', '400', '--layer-rates', '0.1,0.3'], /single layers fail in 10% and 30%/],
  ])('knows designs that no study here has: %s', async (design, more, says) => {
    const { code, out } = await assay(scratch(), 'power', 'vending', '--design', design, ...more)
    expect(code).toBe(0)
    expect(out).toMatch(says)
  })

  test.each(['vending', 'horizon', 'breach', 'layers', 'earnings'])(
    'is what assay plan says of %s, at any number of repeats',
    async (study) => {
      const plan = await json('plan', study, '--repeats', '16')
      const power = await json('power', study)
      const { detectable } = z.object({ detectable: z.array(DETECTABLE) }).parse(power.value)
      const own = z.object({ detectable: z.array(DETECTABLE).min(1) }).parse(plan.value).detectable
      for (const each of own) expect(detectable).toContainEqual(each)
    },
  )
})

const DETECTABLE = z.looseObject({ quantity: z.string(), text: z.string(), size: z.object({ repeats: z.number() }) })

const compared = z.object({
  controls: z.array(z.object({ control: z.string() })),
  findings: z.array(z.object({ standing: z.string() })),
})

describe('assay compare', () => {
  test('sets two runs beside each other, and says that it was not planned', async () => {
    const { code, out } = await assay(folder, 'compare', 'one', 'two', '--svg', 'difference.svg')
    expect(code).toBe(0)
    expect(out).toMatch(/net worth at the end: two minus one/)
    expect(out).toContain('seed: 1 → 2')
    expect(out).toContain('exploratory')
    const { controls } = compared.parse((await json('compare', 'one', 'two')).value)
    const names = Object.keys(vending.controls)
    expect(new Set(controls.map(({ control }) => control))).toEqual(new Set(names))
    expect(out).toMatch(
      new RegExp(
        `All ${controls.length} control checks passed \\(${names.length} controls in 2 runs: \\d+ of one, \\d+ of two, \\d+ of their difference\\)\\.`,
      ),
    )
    expect(fs.readFileSync(path.join(folder, 'difference.svg'), 'utf8')).toMatch(/^<svg/)
    const same = await assay(folder, 'compare', 'one', 'one')
    expect([same.code, same.out, same.err]).toEqual([2, '', 'assay: one is compared with itself: name two runs.\n'])
    const figure = await assay(folder, 'compare', 'one', 'two', '--svg', 'difference.png')
    expect([figure.code, figure.out]).toEqual([2, ''])
    expect(figure.err).toMatch(/name a file that ends in \.svg, as difference\.svg, not difference\.png/)
  })
})

describe('assay pool', () => {
  test('pools what the runs share, with a forest plot', async () => {
    const { code, out } = await assay(
      folder,
      'pool',
      'one',
      'two',
      '--quantity',
      'mean(netWorth)',
      '--svg',
      'forest.svg',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/I² \d+%/)
    expect(out).toMatch(/run=pooled +.*[├●┤]/)
    expect(fs.readFileSync(path.join(folder, 'forest.svg'), 'utf8')).toMatch(/^<svg/)
  })

  test('refuses runs of another quantity, and the same run twice', async () => {
    const unlike = await assay(folder, 'pool', 'one', 'limited')
    expect([unlike.code, unlike.err]).toEqual([
      2,
      expect.stringMatching(/^assay: .*they differ in limits \(\{\} \/ \{"turns":200\}\)/),
    ])
    const twice = await assay(folder, 'pool', 'one', 'one')
    expect([twice.code, twice.err]).toEqual([2, 'assay: one is named twice: name every run once.\n'])
  })
})

function keeps(atLeast: number): string {
  return `rules:\n  - { quantity: mean(netWorth), where: { agent: control/careful }, unit: cents, atLeast: ${atLeast} }\n`
}

describe('assay gate', () => {
  test('answers 0 where the bound keeps the policy and 1 where it does not, with reports', async () => {
    const kept = await assay(folder, 'gate', 'one', '--policy', write('low.yaml', keeps(10_000)), '--junit', 'kept.xml')
    expect(kept.code).toBe(0)
    const breached = await assay(
      folder,
      'gate',
      'one',
      '--policy',
      write('high.yaml', keeps(1_000_000)),
      '--junit',
      'breached.xml',
      '--markdown',
      'breached.md',
    )
    expect([breached.code, breached.out]).toEqual([1, expect.stringMatching(/lower bound .* is below \$10,000\.00/)])
    expect(fs.readFileSync(path.join(folder, 'kept.xml'), 'utf8')).toContain('failures="0"')
    expect(fs.readFileSync(path.join(folder, 'breached.xml'), 'utf8')).toContain('failures="1"')
    expect(fs.readFileSync(path.join(folder, 'breached.md'), 'utf8')).toMatch(/^# FAIL/)
    expect((await json('gate', 'one', '--policy', 'high.yaml')).value).toMatchObject({ passed: false })
  })

  test.each([
    ['is not there', 'nowhere.yaml', undefined, /There is no file nowhere\.yaml/],
    ['has no rules', 'empty.yaml', 'rules: []', /empty\.yaml: rules: needs at least one rule/],
    ['is no YAML', 'torn.yaml', 'rules: [', /torn\.yaml:1:\d+/],
    ['is a folder', '.', undefined, /\. is a folder: name the policy file in it/],
    ['is empty', 'nothing.yaml', '', /nothing\.yaml is empty: a policy has the key rules/],
  ])('says in one line that a policy %s', async (_, name, text, says) => {
    if (text !== undefined) write(name, text)
    const { code, out, err } = await assay(folder, 'gate', 'one', '--policy', name)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(says)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('assay replicate', () => {
  test('writes the rule first, runs with new seeds, and says how it went; compare then is planned', async () => {
    const { code, value } = await json('replicate', 'one', '--name', 'again')
    expect([0, 1]).toContain(code)
    const record: unknown = JSON.parse(fs.readFileSync(path.join(folder, '.assay/runs/again/run.json'), 'utf8'))
    expect(record).toMatchObject({
      request: { seed: '1-replication-1', repeats: 4 },
      replication: { of: 'one', rule: expect.stringMatching(/Small telescopes/), terms: { level: 0.95 } },
    })
    const { counts, verdicts, rule } = z
      .object({
        rule: z.string(),
        verdicts: z.array(z.looseObject({ status: z.string(), prediction: z.unknown(), smallTelescopes: z.unknown() })),
        counts: z.object({ replicated: z.number(), failed: z.number(), cannotTell: z.number() }),
      })
      .parse(value)
    expect(counts.replicated + counts.failed + counts.cannotTell).toBe(verdicts.length)
    expect(counts.replicated).toBeGreaterThan(0)
    expect(code).toBe(counts.failed > 0 ? 1 : 0)
    expect(rule).toBe(Reflect.get(Object(Reflect.get(Object(record), 'replication')), 'rule'))

    const judged = await json('replicate', 'one', '--judge', 'again')
    expect(judged.value).toEqual(value)
    const { findings } = compared.parse((await json('compare', 'one', 'again', '--measure', 'netWorth')).value)
    expect(new Set(findings.map(({ standing }) => standing))).toEqual(new Set(['planned']))
  })

  test.each([
    ['the seed of the original', ['one', '--seed', '1'], /had the seed "1" too/],
    ['a model where none ran', ['one', '--model', 'control/echo'], /ran 0 models/],
    ['a quantity that it does not have', ['one', '--quantity', 'mean(wealth)'], /has no quantity "mean\(wealth\)"/],
    ['a judged run that replicates nothing', ['one', '--judge', 'two'], /two was not made to replicate one/],
  ])('refuses %s', async (_, words, says) => {
    const { code, out, err } = await assay(folder, 'replicate', ...words)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(says)
  })
})
