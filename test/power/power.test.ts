import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { loadBuiltIn } from '../../src/studies/index.ts'
import {
  assumptionsText,
  basisOf,
  detectable,
  detectableEffect,
  effectText,
  mergedQuestions,
  powerQuestions,
  purchase,
  spreadOf,
  type Basis,
  type PowerDesign,
  type Size,
  type Spread,
} from '../../src/power/index.ts'
import { detectableDifference, powerLogRank, powerOneRate } from '../../src/stats/index.ts'
import { madeStudy, read } from '../compare/reads.ts'

const spread: Spread = { total: 10, shared: 0.5, agree: 0 }
const paired = (change: Partial<Spread> = {}, by: 'task' | 'seed' | 'trial' = 'task'): PowerDesign => ({
  kind: 'paired',
  by,
  spread: { ...spread, ...change },
})

/** A difference of shares over 50 tasks. */
function seenOfShare(base: number): number {
  const total = Math.sqrt(base * (1 - base))
  const design: PowerDesign = { kind: 'paired', by: 'task', spread: { total, shared: 0, agree: 0 }, base }
  return detectableEffect(design, { tasks: 50, repeats: 1 })
}

describe('the smallest effect that is seen', () => {
  test('of pairs is that of the paired t test on task means', () => {
    for (const [tasks, repeats] of [
      [20, 1],
      [20, 8],
      [100, 4],
    ] as const) {
      const design = { tasks, repeats, betweenTasks: 10, withinTask: Math.sqrt(50) }
      expect(detectableEffect(paired(), { tasks, repeats })).toBeCloseTo(detectableDifference(design), 6)
    }
  })

  test('falls with tasks without end, but with repeats only as far as tasks allow', () => {
    const at = (size: Size): number => detectableEffect(paired(), size)
    expect(at({ tasks: 40, repeats: 4 })).toBeLessThan(at({ tasks: 20, repeats: 4 }))
    expect(at({ tasks: 20, repeats: 4096 })).toBeGreaterThan(
      0.99 * detectableEffect(paired({ shared: 1 }), { tasks: 20, repeats: 1 }) * Math.SQRT1_2,
    )
    // What all of a trial's variance is its seed's for, more tasks do nothing.
    expect(detectableEffect(paired({ shared: 1 }, 'seed'), { tasks: 50, repeats: 8 })).toBeCloseTo(
      detectableEffect(paired({ shared: 1 }, 'seed'), { tasks: 1, repeats: 8 }),
      9,
    )
  })

  test('is smaller the more two arms agree on what is hard', () => {
    const at = (agree: number): number => detectableEffect(paired({ agree }), { tasks: 30, repeats: 2 })
    expect(at(0.5)).toBeLessThan(at(0))
    expect(at(1)).toBeCloseTo(
      detectableDifference({ tasks: 30, repeats: 2, betweenTasks: 0, withinTask: Math.sqrt(50) }),
      6,
    )
    // A pair of a task and a seed: what they share cancels inside it.
    expect(detectableEffect(paired({ agree: 1, shared: 0.75 }, 'trial'), { tasks: 5, repeats: 4 })).toBeCloseTo(
      detectableDifference({ tasks: 20, repeats: 1, betweenTasks: 10 * Math.sqrt(2 * 0.25), withinTask: 0 }),
      6,
    )
  })

  test('is larger where tasks fall into clusters', () => {
    const size = { tasks: 60, repeats: 2 }
    const alone = detectableEffect(paired({ clustered: 0.2, shared: 0.3 }), { ...size, clusters: 60 })
    expect(detectableEffect(paired({ clustered: 0.2, shared: 0.3 }), { ...size, clusters: 6 })).toBeGreaterThan(
      1.3 * alone,
    )
    expect(() => detectableEffect(paired(), { tasks: 3, repeats: 1, clusters: 4 })).toThrow(
      /3 tasks cannot fall into 4/,
    )
  })

  test('of a share has the power that the exact test says, and a little less effect would not', () => {
    for (const base of [0.1, 0.5, 0.8]) {
      const design: PowerDesign = { kind: 'rate', by: 'task', base, shared: 0 }
      const effect = detectableEffect(design, { tasks: 100, repeats: 1 })
      expect(powerOneRate(base + effect, base, 100)).toBeGreaterThanOrEqual(0.8)
      expect(powerOneRate(base + effect - 0.001, base, 100)).toBeLessThan(0.8)
    }
    // Of thousands too: the normal would promise 0.2 points against a share of nothing, where one trial in 370 is what is seen.
    const rare: PowerDesign = { kind: 'rate', by: 'task', base: 0, shared: 0 }
    expect(detectableEffect(rare, { tasks: 600, repeats: 1 })).toBeCloseTo(1 - 0.2 ** (1 / 600), 12)
    expect(detectableEffect({ ...rare, base: 1e-9 }, { tasks: 600, repeats: 1 })).toBeCloseTo(1 - 0.2 ** (1 / 600), 6)
    const design: PowerDesign = { kind: 'rate', by: 'task', base: 0.5, shared: 0 }
    const effect = detectableEffect(design, { tasks: 500, repeats: 1 })
    expect(powerOneRate(0.5 + effect, 0.5, 500)).toBeGreaterThan(0.78)
    expect(powerOneRate(0.5 + effect, 0.5, 500)).toBeLessThan(0.82)
  })

  test('of a share of nothing is not nothing: the arm that differs has a spread', () => {
    const effect = seenOfShare(0)
    const spreadOfIt = Math.sqrt(effect * (1 - effect))
    expect(effect).toBeCloseTo(
      detectableDifference({ tasks: 50, repeats: 1, betweenTasks: spreadOfIt, withinTask: 0 }),
      5,
    )
    expect(seenOfShare(0.001)).toBeCloseTo(effect, 2)
    expect(seenOfShare(0.999)).toBeCloseTo(effect, 2)
    expect(seenOfShare(0.5)).toBeCloseTo(
      detectableDifference({ tasks: 50, repeats: 1, betweenTasks: Math.SQRT1_2, withinTask: 0 }),
      5,
    )
  })

  test('of any number of trials is told at once, and goes on falling', () => {
    const started = performance.now()
    for (const design of [
      paired({}, 'seed'),
      { kind: 'rate', by: 'seed', base: 0.3, shared: 0.5 },
      { kind: 'pairs', ties: 0.2, shared: 0.5 },
    ] as const)
      for (const repeats of [1e5, 1e6, 1e8, 1e12])
        expect(detectableEffect(design, { tasks: 100, repeats })).toBeLessThan(
          detectableEffect(design, { tasks: 100, repeats: repeats / 10 }) + 1e-12,
        )
    expect(performance.now() - started).toBeLessThan(20_000)
    // Either side of where the normal takes over.
    expect(detectableEffect(paired({}, 'seed'), { tasks: 1, repeats: 1_000_001 })).toBeCloseTo(
      detectableEffect(paired({}, 'seed'), { tasks: 1, repeats: 999_999 }),
      4,
    )
  })

  test('of survival is a hazard ratio whose log-rank test has the power', () => {
    const design: PowerDesign = { kind: 'survival', by: 'task', seen: 0.5, shared: 0 }
    const ratio = detectableEffect(design, { tasks: 100, repeats: 1 })
    expect(powerLogRank(ratio, 100)).toBeCloseTo(0.8, 4)
    // Schoenfeld: ln(ratio) = (1.96 + 0.84)/√(events/4)
    expect(ratio).toBeCloseTo(Math.exp((1.959964 + 0.841621) / 5), 3)
  })

  test('of layers is their ratio to independence, and of pairs a share of wins', () => {
    const layers: PowerDesign = { kind: 'layers', rates: [0.2, 0.2] }
    // φ = 2.8016/√400; joint = .04 + φ·.16
    expect(detectableEffect(layers, { tasks: 400, repeats: 1 })).toBeCloseTo((0.04 + (2.801585 / 20) * 0.16) / 0.04, 4)
    expect(detectableEffect({ kind: 'layers', rates: [0.01, 0.01] }, { tasks: 2, repeats: 1 })).toBe(Infinity)
    const wins = detectableEffect({ kind: 'pairs', ties: 0.2, shared: 0.5 }, { tasks: 125, repeats: 1 })
    expect(powerOneRate(wins, 0.5, 100)).toBeGreaterThanOrEqual(0.8)
    expect(powerOneRate(wins - 0.002, 0.5, 100)).toBeLessThan(0.8)
  })

  test.each([
    [
      { kind: 'rate', by: 'task', base: 1, shared: 0 },
      { tasks: 5, repeats: 1 },
    ],
    [
      { kind: 'layers', rates: [0, 0.5] },
      { tasks: 5, repeats: 1 },
    ],
    [
      { kind: 'pairs', ties: 1, shared: 0 },
      { tasks: 5, repeats: 1 },
    ],
    [
      { kind: 'pairs', ties: 0, shared: 0 },
      { tasks: 0, repeats: 1 },
    ],
    [
      { kind: 'mean', by: 'task', spread: { total: 1, shared: 0.7, agree: 0, clustered: 0.4 } },
      { tasks: 8, repeats: 1, clusters: 4 },
    ],
    [
      { kind: 'pairs', ties: 0, shared: 0 },
      { tasks: 5, repeats: 1.5 },
    ],
  ] as const)('of what is not a design is an error: %o', (design, size) => {
    expect(() => detectableEffect(design, size)).toThrow(expect.objectContaining({ code: 'study/no-design' }))
  })

  test('of one pair or one trial is none', () => {
    expect(detectableEffect(paired(), { tasks: 1, repeats: 50 })).toBe(Infinity)
    expect(detectableEffect({ kind: 'rate', by: 'task', base: 0.5, shared: 0 }, { tasks: 1, repeats: 1 })).toBe(
      Infinity,
    )
  })
})

async function basisNamed(name: string): Promise<Basis> {
  const study = await loadBuiltIn(name)
  if (study === undefined) throw new Error(`${name} does not load`)
  return basisOf(study)
}

describe('what a repeat is', () => {
  test('is read from the ids of tasks: new work in horizon, the same behaviours and the same shop elsewhere', async () => {
    expect(await basisNamed('horizon')).toMatchObject({ repeat: 'new tasks', trials: 30, allTasks: 30 })
    expect(await basisNamed('breach')).toMatchObject({ repeat: 'same tasks', allTasks: 24 })
    expect(await basisNamed('vending')).toMatchObject({ repeat: 'same tasks', trials: 2, allTasks: 1 })
  })

  test('decides the design: what has new tasks each time gains from repeats as from tasks', async () => {
    const horizon = await loadBuiltIn('horizon')
    if (horizon === undefined) throw new Error('horizon does not load')
    const question = powerQuestions(horizon).find(({ quantity }) => quantity === 'difference(success: agents)')
    if (question === undefined) throw new Error('no question')
    expect(question).toMatchObject({ tasks: 30, repeat: 'new tasks', design: { by: 'trial' } })
    expect(detectable(question, { tasks: 30, repeats: 4 }).effect).toBe(
      detectable(question, { tasks: 120, repeats: 1 }).effect,
    )
    // The same as 120 tasks that are run once, by the design that knows tasks.
    if (question.design.kind !== 'paired') throw new Error('no pairs')
    expect(detectableEffect({ ...question.design, by: 'task' }, { tasks: 120, repeats: 1 })).toBeCloseTo(
      detectable(question, { tasks: 30, repeats: 4 }).effect ?? 0,
      6,
    )
  })

  test('leaves out what the levels asked for cannot answer', async () => {
    const breach = await loadBuiltIn('breach')
    if (breach === undefined) throw new Error('breach does not load')
    const asked = (request = {}): string =>
      powerQuestions(breach, {}, request)
        .map(({ quantity }) => quantity)
        .join()
    expect(asked()).toContain('benign → template')
    expect(asked({ set: { attacker: ['benign', 'direct'] } })).not.toContain('benign → template')
  })
})

test('the tasks of a finding are those of its smallest group', () => {
  const study = madeStudy({ tasks: 6 })
  const [question] = powerQuestions(study)
  // Both levels of its factor are told apart, so a mean rests on the tasks of one.
  expect(question).toMatchObject({ tasks: 6, repeat: 'same tasks' })
  expect(powerQuestions(study, {}, { tasks: 4 })[0]).toMatchObject({ tasks: 4 })
})

describe('what to buy', () => {
  test('are the fewest repeats that see the effect', () => {
    const design = paired({}, 'seed')
    const bought = purchase(design, 8, { tasks: 3, repeats: 2 }, 4)
    if (bought.type !== 'buy') throw new Error(bought.why)
    const { repeats } = bought.size
    expect(bought.trials).toBe(3 * repeats * 4)
    expect(detectableEffect(design, { tasks: 3, repeats })).toBeLessThanOrEqual(8)
    expect(detectableEffect(design, { tasks: 3, repeats: repeats - 1 })).toBeGreaterThan(8)
  })

  test('are tasks where no number of repeats is enough', () => {
    const bought = purchase(paired(), 2, { tasks: 20, repeats: 4 }, 1)
    expect(bought).toMatchObject({ type: 'buy', size: { repeats: 4 } })
    if (bought.type !== 'buy') return
    expect(detectableEffect(paired(), bought.size)).toBeLessThanOrEqual(2)
    expect(detectableEffect(paired(), { ...bought.size, tasks: bought.size.tasks - 1 })).toBeGreaterThan(2)
    expect(purchase(paired(), 0.001, { tasks: 20, repeats: 4 }, 1)).toMatchObject({ type: 'none' })
  })
})

test('an effect too small for two decimals is still a number', async () => {
  const [question] = powerQuestions(madeStudy())
  if (question === undefined) throw new Error('no question')
  expect(effectText({ ...question, unit: 'score' }, 0.00001)).toBe('0.00001 × trial SD')
  expect(effectText({ ...question, unit: 'score' }, 0.25)).toBe('0.25 × trial SD')
  expect(effectText({ ...question, unit: 'proportion' }, 0.0001)).toBe('0.01 points')
})

test('raters are no trials: what is bought of pairs are their deliverables', () => {
  const bought = purchase({ kind: 'pairs', ties: 0.2, shared: 0.5 }, 0.6, { tasks: 220, repeats: 3 }, 2)
  expect(bought).toMatchObject({ type: 'buy', trials: 440 })
})

describe('the questions of a study', () => {
  test('are its analyses and the comparison of two agents', async () => {
    const vending = await loadBuiltIn('vending')
    if (vending === undefined) throw new Error('vending does not load')
    const questions = powerQuestions(vending)
    expect(new Set(questions.map(({ design }) => design.kind))).toEqual(new Set(['mean', 'paired', 'rate', 'survival']))
    expect(questions.map(({ quantity }) => quantity)).toContain('difference(netWorth: agents)')
    expect(mergedQuestions(questions).length).toBeLessThan(questions.length)
    const [first] = questions
    if (first === undefined) return
    // 1.156 spreads of $21.44, which the study expects of the corner shop.
    expect(detectable(first, { tasks: 1, repeats: 8 }).text).toBe('$24.79')
    expect(detectable(first, { tasks: 1, repeats: 1 })).toEqual(
      expect.not.objectContaining({ effect: expect.anything() }),
    )
    expect(assumptionsText(first, { power: 0.8, level: 0.95 })).toMatch(
      /^Assumed: 80% power, 95% confidence, one trial has a standard deviation of \$21.44 \(the control careful/,
    )
  })

  test('stand in the unit of the measure once its spread was measured', () => {
    const spreads = new Map([['total', { total: 4, shared: 0, agree: 0 }]])
    const question = powerQuestions(madeStudy(), { spreads }).find(({ quantity }) => quantity === 'mean(total)')
    if (question === undefined) throw new Error('no question')
    expect(question.spread).toBe('measured')
    expect(detectable(question, { tasks: 16, repeats: 1 }).text).toMatch(/^[23]\.\d+$/)
  })

  test('say none where the smallest effect is more than all', () => {
    const question = powerQuestions(madeStudy()).find(({ quantity }) => quantity === 'difference(solved: agents)')
    if (question === undefined) throw new Error('no question')
    expect(detectable(question, { tasks: 2, repeats: 1 })).toMatchObject({ text: 'none' })
  })
})

function drawn(...parts: readonly (string | number)[]): number {
  return 10 * (randomFrom(...parts)() - 0.5)
}

describe('the spread of rows', () => {
  test('is split between tasks and trials, and says how far arms agree', () => {
    // 60 tasks: task effect the same in both arms, and as much noise again that is each trial's own.
    const run = read({
      run: 'r',
      study: madeStudy({ tasks: 60 }),
      request: { repeats: 4, set: { tools: ['none'] } },
      models: ['test/a', 'test/b'],
      values: ({ task, agent, repeat }) => ({
        total: drawn(task) + drawn(task, agent, repeat),
        solved: 1,
      }),
    })
    const rows = run.outcomes.filter((row) => !row.control)
    const found = spreadOf(rows, 'total', 'task')
    expect(found?.total).toBeGreaterThan(3.5)
    expect(found?.total).toBeLessThan(4.7)
    expect(found?.shared).toBeGreaterThan(0.35)
    expect(found?.shared).toBeLessThan(0.65)
    expect(found?.agree).toBeGreaterThan(0.8)
    expect(spreadOf(rows, 'solved', 'task')).toBeUndefined()
  })
})
