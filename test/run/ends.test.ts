import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Answer, Model, Request } from '../../src/model/index.ts'
import { startRun, type RunEnd } from '../../src/run/index.ts'
import { makePlan, type PlanRequest, type Study } from '../../src/study/index.ts'
import { casesStudy, type Case } from '../../src/studies/cases/index.ts'
import { findingLine, findingParagraph, methodText } from '../../src/report/index.ts'
import { overflowing } from '../attack/arena.ts'
import { scripted, text } from '../agent/toys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options } from './effects.ts'
import { toyRequest, toyStudy } from './toy-study.ts'

const NAME = 'test/scripted'

const cases: readonly Case[] = Array.from({ length: 6 }, (_, i) => ({
  id: `q${i}`,
  prompt: `Question ${i}: what is ${i} and ${i}?`,
  expected: String(2 * i),
  check: 'number',
}))

/** Writes so many tokens, or as many as it may. */
function writer(tokens: number): Model & { readonly asked: readonly Request[] } {
  return scripted(({ sampling: { maxOutputTokens = Infinity } }): Answer => {
    const written = Math.min(tokens, maxOutputTokens)
    return {
      type: 'reply',
      parts: [text('no')],
      finish: written < tokens ? 'length' : 'stop',
      usage: { input: 10, output: written },
      timing: { sent: 0, lastToken: 0 },
      retries: [],
      ids: {},
    }
  })
}

async function ran(study: Study, model: Model, change: Partial<PlanRequest> = {}): Promise<RunEnd> {
  const request = toyRequest([NAME], change)
  const asked = { study, request, run: 'ends', folder: path.join(temporaryFolder(), 'ends') }
  return startRun(
    asked,
    options,
    effectsWith(() => model),
  )
}

const shareOf = ({ reading }: RunEnd) => {
  const found = reading.findings.find((each) => each.quantity === 'mean(correct)' && each.conditions['agent'] === NAME)
  if (found === undefined) throw new Error('no share of correct answers')
  return found
}

const rowsOf = ({ outcomes }: RunEnd): RunEnd['outcomes'] => outcomes.filter(({ control }) => !control)

describe('how trials ended', () => {
  test('prompts longer than the window: a denominator of their own, and no share of 0%', async () => {
    const end = await ran(
      casesStudy('ends', cases),
      scripted(() => overflowing),
    )
    expect(rowsOf(end)).toHaveLength(6)
    for (const row of rowsOf(end)) expect(row).toMatchObject({ status: 'limit', neverAsked: true, values: {} })
    const found = shareOf(end)
    expect(found.estimate.type).toBe('not-estimable')
    expect(found.n).toMatchObject({ trials: 0, invalid: 0, missing: 0, neverAsked: 6 })
    expect(findingLine(found)).toContain('0 trials, 0 clusters, 6 never asked')
    expect(findingParagraph(found)).toContain('None invalid, none missing, 6 never asked.')
    expect(methodText([found])).toContain(
      'Never asked: left out and counted; no room for a first reply: limit of context.',
    )
  })

  test('where some fit, the share is of those that were asked', async () => {
    const half = scripted(({ messages }): Answer | { parts: [ReturnType<typeof text>] } => {
      const [number] = /\d/.exec(JSON.stringify(messages.at(-1))) ?? ['9']
      return Number(number) < 3 ? overflowing : { parts: [text(String(2 * Number(number)))] }
    })
    const found = shareOf(await ran(casesStudy('ends', cases), half))
    expect(found.estimate).toMatchObject({ value: 1 })
    expect(found.n).toMatchObject({ trials: 3, neverAsked: 3, missing: 0 })
  })

  test('a limit below the usual reply admits one, as long as what is left; it is said to be cut', async () => {
    const model = writer(90)
    const end = await ran(casesStudy('ends', cases), model, {
      limits: { outputTokens: 60 },
      sampling: { maxOutputTokens: 512 },
    })
    expect(model.asked.map(({ sampling }) => sampling.maxOutputTokens)).toEqual(cases.map(() => 60))
    expect(rowsOf(end)).toHaveLength(6)
    for (const row of rowsOf(end)) {
      expect(row).toMatchObject({ status: 'completed', stop: 'last reply cut at its token limit' })
      expect(row.usage).toMatchObject({ output: 60 })
    }
    const found = shareOf(end)
    expect(found.n).toMatchObject({ trials: 6, cutShort: 6, missing: 0 })
    expect(found.n).not.toHaveProperty('neverAsked')
    expect(findingLine(found)).toContain('6 cut short')
    expect(end.reading.controls.every(({ passed }) => passed)).toBe(true)
  })

  test('trials of a study with a world that a limit ends are counted, whole ones are not', async () => {
    const adding = scripted((_, turn) => ({
      parts: [{ type: 'tool-call', id: `c${turn}`, name: 'add', arguments: '{"n":1}' }],
    }))
    const end = await ran(toyStudy({ tasks: 1 }), adding, { limits: { turns: 3 }, repeats: 2 })
    const means = end.reading.findings.filter(
      ({ quantity, subject }) => quantity === 'mean(total)' && subject.type === 'model',
    )
    expect(means.map(({ n }) => n.cutShort)).toEqual([2, 2, 2])
    expect(means[0]?.policies['cutShort']).toBe('counted with what they had reached: limit of turns')
    const controls = end.reading.findings.filter(({ subject }) => subject.type === 'control')
    expect(controls.length).toBeGreaterThan(0)
    for (const { n } of controls) expect(n).not.toHaveProperty('cutShort')
  })
})

describe('a plan refuses limits that admit no call', () => {
  const model = new Map([
    [
      NAME,
      scripted(() => ({ parts: [text('')] }), {
        pricing: { type: 'priced', price: { input: 1, output: 1, asOf: '2026-01-01', source: 'test' } },
      }),
    ],
  ])
  const plan = (limits: PlanRequest['limits']): unknown =>
    makePlan(casesStudy('ends', cases), toyRequest([NAME], { limits }), model)

  test.each([
    [{ turns: 0 }, 'turns 0'],
    [{ messages: 1 }, 'messages 1'],
    [{ inputTokens: 5 }, 'inputTokens 5'],
    [{ outputTokens: 0 }, 'outputTokens 0'],
    [{ tokens: 9 }, 'tokens 9'],
    [{ dollars: 0.000_001 }, 'dollars 0.000001'],
    [{ workingMs: 0 }, 'workingMs 0'],
  ] as const)('%o', (limits, said) => {
    expect(() => plan(limits)).toThrow(`The limit ${said} admits no call of the task q`)
  })

  test('and takes those that admit one', () => {
    for (const limits of [{ turns: 1 }, { messages: 3 }, { outputTokens: 1 }, { tokens: 200 }, { dollars: 0.001 }])
      expect(() => plan(limits)).not.toThrow()
  })
})
