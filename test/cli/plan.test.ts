import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { sizeText } from '../../src/cli/plan-size.ts'
import { builtIn, loadBuiltIn } from '../../src/studies/index.ts'
import { makePlan } from '../../src/study/index.ts'
import { assay, scratch } from './assay.ts'

const QUESTIONS = 'prompt,expected\nWhat is the capital of France?,Paris\nWhat is 2 + 2?,4\n'

/** `2 models × 4 cells × 24 tasks` as it is computed by hand. */
function times(text: string): number {
  return text.split(' × ').reduce((total, each) => total * Number.parseInt(each, 10), 1)
}

function sum(text: string): number {
  return text.split(' + ').reduce((total, part) => total + times(part), 0)
}

describe('the size of a plan', () => {
  test.each([...builtIn])('of %s multiplies out to its trials', async (name) => {
    const study = await loadBuiltIn(name)
    if (study === undefined) throw new Error(`${name} does not load`)
    for (const repeats of [study.repeats, 3]) {
      const request = { models: ['any/a', 'any/b'], set: {}, seed: '1', controls: 'with', repeats } as const
      const plan = makePlan(study, { ...request, sampling: {}, limits: {} }, new Map())
      const [product = '', trials = ''] = sizeText(plan, repeats).split(' = ')
      const flat = product.replaceAll(/\(([^)]*)\)/g, (_, inner: string) => String(sum(inner)))
      expect(sum(flat)).toBe(Number(trials.replaceAll(/\D/g, '')))
      expect(sum(flat)).toBe(plan.trials.length)
    }
  })
})

describe('what a run can cost, before it', () => {
  const folder = scratch
  const planned = async (...words: string[]): Promise<string> => {
    const here = folder()
    fs.writeFileSync(path.join(here, 'q.csv'), QUESTIONS)
    const { code, out, err } = await assay(here, ...words)
    expect([code, err]).toEqual([0, ''])
    return out
  }

  test('is said of questions in a file, for a model whose key is not set', async () => {
    // Two questions, each at most its bytes and 1,128 tokens of marks in ($0.25 a million) and 16,384 out ($2 a million).
    expect(await planned('plan', 'q.csv', '--model', 'openai/gpt-5-mini')).toMatch(/maximum cost \$0\.07 \(/)
    const short = await planned('plan', 'q.csv', '--model', 'openai/gpt-5-mini', '--max-output-tokens', '100')
    expect(short).toMatch(/maximum cost \$0\.00097 \(/)
  })

  test('is what --max-cost says, where that is less or nobody knows', async () => {
    expect(await planned('plan', 'q.csv', '--model', 'openai/gpt-5-mini', '--max-cost', '0.01')).toContain(
      'maximum cost $0.01 (the limit of --max-cost)',
    )
    expect(await planned('plan', 'vending', '--model', 'openai/gpt-5-mini', '--max-cost', '2')).toContain(
      'maximum cost $2.00 (the limit of --max-cost)',
    )
  })

  test('is a way to find it out where it is not known', async () => {
    // A price of one's own, and a window that nobody published.
    const here = folder()
    const price = "{ input: 1, output: 1, asOf: '2026-01-01', source: 'mine' }"
    fs.writeFileSync(path.join(here, 'assay.config.ts'), `export default { prices: { 'openai/mine': ${price} } }\n`)
    const { out } = await assay(here, 'plan', 'vending', '--model', 'openai/mine')
    expect(out).toContain('maximum cost unknown: the window of openai/mine is not known, and nothing limits the tokens')
    const [, command = ''] = /estimate it: (?:npx )?assay (power .*)$/m.exec(out) ?? []
    expect(command).toBe('power vending --model openai/mine --trial-tokens <in,out>')
    const estimated = await assay(here, ...command.replace('<in,out>', '20000,2000').split(' '))
    expect(estimated.out).toContain('a trial of 20000 tokens in and 2000 out')
    const limited = await assay(here, 'plan', 'vending', '--model', 'openai/mine', '--max-tokens', '3000000')
    expect(limited.out).toContain('maximum cost $3.00 (')
  })

  test('comes with a command for power that runs', async () => {
    const out = await planned('plan', 'q.csv', '--model', 'openai/gpt-5-mini')
    const [, command = ''] = /assumptions: (?:npx )?assay (power [^)]*)\)/.exec(out) ?? []
    expect(await planned(...command.split(' '))).toContain('correct, two agents')
  })
})
