import { describe, expect, test } from 'vitest'
import { pairedDifference } from '../../src/stats/index.ts'
import {
  judgeReplication,
  poolRuns,
  type RunRead,
  gate,
  parsePolicy,
  type GatePolicy,
} from '../../src/compare/index.ts'
import { findingLine } from '../../src/report/index.ts'
import { groupsBy, valueOf, type Analysis, type Finding } from '../../src/findings/index.ts'
import { exactly, type Control, type Study } from '../../src/study/index.ts'
import { powerQuestions } from '../../src/power/index.ts'
import { randomFrom } from '../../src/record/index.ts'
import { madeStudy, read } from '../compare/reads.ts'

/** An author's own analysis of a change of shares, under a name that says nothing of it. */
const gain: Analysis = {
  name: 'gain',
  measure: 'solved',
  kind: 'change',
  factors: ['tools'],
  levels: [],
  options: { pair: 'seed' },
  run: ({ rows, level }) =>
    groupsBy(rows, ['agent']).map(({ conditions, subject, rows: own }) => {
      const side = (tools: string): readonly number[] =>
        own.filter((row) => row.cell['tools'] === tools).map((row) => valueOf(row, 'solved') ?? 0)
      const seeds = own.filter((row) => row.cell['tools'] === 'none').map(({ seed }) => seed)
      return {
        quantity: 'gain',
        title: 'gain by tools',
        kind: 'change',
        subject,
        unit: 'proportion',
        conditions,
        estimate: pairedDifference(side('none'), side('some'), { clusters: seeds, level }),
        n: { trials: own.length, tasks: 6, clusters: new Set(seeds).size, invalid: 0, missing: 0 },
        method: 'paired',
        policies: {},
        details: {},
        caveats: [],
        wrongIf: 'these tasks are unlike yours',
      }
    }),
}

const solver: Control = { property: 'Solves all.', policy: () => [], reads: {}, finds: { gain: () => exactly(0) } }
const study: Study = { ...madeStudy({ cluster: 'seed' }), controls: { solver }, findings: [gain] }

/** With tools about half of the tasks are lost that were solved without. */
function run(name: string): RunRead {
  const luck = (...parts: readonly string[]): number => randomFrom(name, ...parts)()
  return read({
    run: name,
    study,
    request: { repeats: 8 },
    values: ({ task, seed, cell }) => ({
      total: 0,
      solved: luck(task, seed, cell['tools'] ?? '') < (cell['tools'] === 'some' ? 0.4 : 0.9) ? 1 : 0,
    }),
  })
}

const runs = [run('r1'), run('r2'), run('r3')]

function policyOf(atLeast: number): GatePolicy {
  return parsePolicy(`rules: [{quantity: gain, unit: proportion, atLeast: ${atLeast}}]`, 'p.yaml')
}

function found({ reading }: RunRead): Finding {
  const [finding] = reading.findings
  if (finding === undefined) throw new Error('no finding')
  return finding
}

describe("an author's own change of shares", () => {
  const [first, second] = runs.map(found)
  if (first === undefined || second === undefined) throw new Error('no findings')

  test('is written with its sign, in points', () => {
    expect(first).toMatchObject({ kind: 'change', subject: { type: 'model', name: 'test/a' }, measure: 'solved' })
    expect(findingLine(first)).toMatch(/: −[\d.]+ points \(95% interval −[\d.]+ points to −[\d.]+ points\)/)
  })

  test('is pooled in its own unit, below 0', () => {
    const [pooled] = poolRuns(runs)
    const values = runs.map((each) => found(each).estimate.value ?? 0)
    expect(pooled?.finding).toMatchObject({ kind: 'change', subject: first.subject, details: { scale: 'own unit' } })
    expect(pooled?.finding.estimate.value).toBeGreaterThan(Math.min(...values))
    expect(pooled?.finding.estimate.value).toBeLessThan(Math.max(...values))
    expect(Math.max(...values)).toBeLessThan(0)
  })

  test('is replicated as an effect: by small telescopes', () => {
    const terms = { level: 0.95, family: 1, whole: 0.8, agents: {} }
    const [verdict] = judgeReplication([first], { ...run('r2').reading, findings: [second] }, terms)
    expect(verdict).toMatchObject({ status: 'replicated', smallTelescopes: { type: 'tested' } })
    expect(verdict?.prediction?.high).toBeLessThan(0)
  })

  test('keeps a gate below 0', () => {
    const [run1] = runs
    if (run1 === undefined) throw new Error('no run')
    expect(gate(policyOf(-0.9), run1)).toMatchObject({
      passed: true,
      checks: [{ wanted: 'lower bound at least −90.0 points' }],
    })
    expect(gate(policyOf(-0.1), run1)).toMatchObject({
      passed: false,
      checks: [{ reasons: [expect.stringMatching(/lower bound −[\d.]+ points is below −10\.0 points/)] }],
    })
  })

  test('is planned for as pairs', () => {
    expect(powerQuestions(study)).toMatchObject([{ quantity: 'gain', design: { kind: 'paired' }, agents: 1 }])
  })
})
