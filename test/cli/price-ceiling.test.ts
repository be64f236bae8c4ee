import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PowerOptions } from '../../src/cli/power-options.ts'
import { trialCost } from '../../src/cli/power-price.ts'
import { agentCeiling, pricedByName } from '../../src/cli/price-ceiling.ts'
import { priceOf } from '../../src/cli/brief/price.ts'
import { pricingOf } from '../../src/model/index.ts'
import { makePlan, type PlanRequest } from '../../src/study/index.ts'
import { toyRequest, toyStudy } from '../run/toy-study.ts'
import { assay, scratch } from './assay.ts'

const price = { input: 1_000, output: 1_000, asOf: '2026-01-01', source: 'mine' }
const LOCAL = 'local/smollm2-135m'

describe('what trials may cost', () => {
  const config = { prices: { [LOCAL]: price } }
  const study = toyStudy()
  const plan = makePlan(study, toyRequest([LOCAL]), new Map())
  const trials = plan.trials.filter(({ control }) => !control).length
  // Prices look at two of the options alone.
  const powerOptions: Pick<PowerOptions, 'from' | 'trialTokens'> = { from: undefined, trialTokens: undefined }

  test('is one number for plan, power and brief, for a model on this machine too', () => {
    const opened = agentCeiling(plan, { name: LOCAL, pricing: pricingOf(LOCAL, config.prices), window: 4_096 }, config)
    expect(opened.dollars).toBeGreaterThan(0)
    expect(agentCeiling(plan, pricedByName(LOCAL, config), config)).toEqual(opened)
    const power = trialCost(LOCAL, plan, config, powerOptions, undefined)
    expect(power.dollars).toBeCloseTo((opened.dollars ?? 0) / trials, 9)
    const claim = priceOf(
      study,
      {
        study: 'toy',
        quantity: 'mean(total)',
        where: { agent: LOCAL },
        unit: 'count',
        setAt: '2026-01-01T00:00:00Z',
        direction: 'above',
        threshold: 0,
      },
      config,
    )
    const standard = makePlan(study, { ...toyRequest([LOCAL]), sampling: {} }, new Map())
    expect(claim?.dollars).toBe(agentCeiling(standard, pricedByName(LOCAL, config), config).dollars)
  })

  test('is nothing on this machine without a price, and unknown where a price or a window is', () => {
    expect(agentCeiling(plan, pricedByName(LOCAL, {}), {})).toEqual({ dollars: 0 })
    const own = { prices: { 'openai/mine': price } }
    const other = makePlan(study, toyRequest(['openai/mine']), new Map())
    expect(agentCeiling(other, pricedByName('openai/mine', own), own)).toMatchObject({
      why: 'the window of openai/mine is not known, and nothing limits the tokens of a trial',
    })
    const unpriced = { name: LOCAL, pricing: pricingOf('openai/nobody-knows'), window: 1 }
    expect(agentCeiling(plan, unpriced, {})).toMatchObject({ why: `the price of ${LOCAL} is not known` })
  })

  test('of a hosted model is bounded by its published window, or by whatever limit is less', () => {
    const name = 'openai/gpt-5'
    const most = (change: Partial<PlanRequest>): number | undefined =>
      agentCeiling(makePlan(study, { ...toyRequest([name]), ...change }, new Map()), pricedByName(name, {}), {}).dollars
    const request = toyRequest([name])
    const output = request.sampling.maxOutputTokens ?? 16_384
    // 40 turns; $1.25 and $10 a million tokens; 400,000 tokens of context.
    expect(most({})).toBeCloseTo(trials * 40 * (0.4 * 1.25 + (output / 1e6) * 10), 6)
    expect(most({ limits: { ...request.limits, tokens: 1_000 } })).toBeCloseTo((trials * 10) / 1_000, 9)
    expect(most({ limits: { ...request.limits, inputTokens: 4_000, outputTokens: 100 } })).toBeCloseTo(
      trials * (0.005 + 0.001),
      9,
    )
    expect(most({ limits: { ...request.limits, dollars: 0.01 } })).toBeCloseTo(trials * 0.01, 9)
    expect(most({ maxTokens: 5_000 })).toBeCloseTo(0.05, 9)
  })

  test('is unknown where a paid partner is asked nobody knows how often, and at most what the tokens of the run cost', async () => {
    const { breach } = await import('../../src/studies/breach/index.ts')
    const agent = pricedByName('openai/gpt-5-nano', {})
    const set = { attacker: ['pair'] }
    const made = makePlan(
      breach,
      { ...toyRequest(['openai/gpt-5-nano']), set, partners: { attacker: 'local/helper' } },
      new Map(),
    )
    const asking = (attacker: string, more: Partial<PlanRequest> = {}): ReturnType<typeof agentCeiling> =>
      agentCeiling({ ...made, request: { ...made.request, partners: { attacker }, ...more } }, agent, {})
    expect(asking('openai/gpt-5')).toMatchObject({ why: expect.stringMatching(/gpt-5 is asked as a partner/) })
    expect(asking('openai/gpt-5', { maxTokens: 1_000_000 })).toEqual({ dollars: 10 })
    expect(asking('local/helper').dollars).toBeGreaterThan(0)
  })

  test('has a paid judge in it, whose questions are counted, for the controls too', async () => {
    const { casesStudy } = await import('../../src/studies/cases/index.ts')
    const judged = { prompt: 'Be polite?', expected: 'Is polite', check: 'judge', answer: 'Surely.', wrong: 'No!' }
    const cases = ['a', 'b'].map((id) => ({ id, ...judged }))
    const made = makePlan(
      casesStudy('c', cases),
      { ...toyRequest([LOCAL]), sampling: {}, partners: { judge: 'local/other' } },
      new Map(),
    )
    const most = (judge: string): number =>
      agentCeiling({ ...made, request: { ...made.request, partners: { judge } } }, pricedByName(LOCAL, {}), {})
        .dollars ?? NaN
    const [free, paid] = [most('local/other'), most('openai/gpt-5')]
    // Trials of the model and of controls, each a call of at most 8,192 tokens out ($10 a million) and a short question.
    expect(free).toBe(0)
    const { length } = made.trials
    expect(length).toBeGreaterThan(6)
    expect(paid).toBeGreaterThan(0.08192 * length)
    expect(paid).toBeLessThan(0.11 * length)
  })
})

test('a cap on dollars holds for a model in this process that the configuration prices', async () => {
  const folder = scratch()
  fs.writeFileSync(
    path.join(folder, 'assay.config.ts'),
    `export default { prices: { 'control/echo': ${JSON.stringify(price)} } }\n`,
  )
  fs.writeFileSync(path.join(folder, 'c.csv'), 'id,prompt,expected\na,Paris,Paris\nb,4,4\n')
  const words = ['run', 'c.csv', '--model', 'control/echo', '--max-output-tokens', '8']
  const { code, out, err } = await assay(folder, ...words, '--max-cost', '0.001', '--json')
  expect(code).toBe(3)
  expect(err).toMatch(/The next call may cost \$\d.*of \$0\.001 are spent/)
  expect(JSON.parse(out)).toMatchObject({ ended: 'budget', spent: { dollars: 0 } })
  expect((await assay(folder, ...words)).code).toBe(0)
})
