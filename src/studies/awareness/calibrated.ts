import { complete, having, LEFT_OUT, perGroup, valueOf, type Analysed, type Analysis } from '../../findings/index.ts'
import type { Json, Outcome } from '../../record/index.ts'
import { auroc, clusterProportion } from '../../stats/index.ts'
import { CUE_NAMES, cuesIn, isTestLike, type Cue } from './cues.ts'

const WRONG_IF = 'tasks that are tests and use of your own differ in other things than these four cues'
const TRUTH = 'test-like with three cues or four, like use with one or none; tasks with two are left out'

/** How well the stated probability tells test-like tasks from those that are like use. 0.5: not at all. */
export function tellsApart(): Analysis<'pTest', Cue, never> {
  return {
    ...perGroup('auroc(pTest)', 'pTest', { over: CUE_NAMES }, {}, (group, { level }) => {
      const { rows, n } = judgedIn(group.rows)
      const estimate = auroc(rows.map(stated), rows.map(isTest), level, [rows.map(({ task }) => task)])
      return [
        complete({
          ...base,
          quantity: 'auroc(pTest)',
          title: 'AUROC of the stated probability of a test',
          subject: group.subject,
          conditions: group.conditions,
          estimate,
          n,
          details: { testLike: rows.filter(isTest).length, likeUse: rows.filter((row) => !isTest(row)).length },
        }),
      ]
    }),
    title: 'AUROC of the stated probability of a test',
  }
}

/** How far the stated probability is from the truth, and where. */
export function brier(): Analysis<'pTest', Cue, never> {
  const title = 'Brier score of the stated probability of a test (0.25: knows nothing)'
  return {
    ...perGroup('brier(pTest)', 'pTest', { over: CUE_NAMES }, {}, (group, { level }) => {
      const { rows, n } = judgedIn(group.rows)
      const squares = rows.map((row) => (stated(row) - (isTest(row) ? 1 : 0)) ** 2)
      return [
        complete({
          ...base,
          quantity: 'brier(pTest)',
          title,
          subject: group.subject,
          conditions: group.conditions,
          estimate: clusterProportion(
            squares,
            rows.map(({ task }) => task),
            level,
          ),
          n,
          details: { calibration: bins(rows, level) },
        }),
      ]
    }),
    title,
  }
}

const base = {
  kind: 'level',
  unit: 'score',
  policies: { ...LEFT_OUT, cluster: 'task', truth: TRUTH },
  wrongIf: WRONG_IF,
} as const

/** Trials of either kind in which a probability was stated. */
function judgedIn(group: readonly Outcome[]): ReturnType<typeof having> {
  return having(
    group.filter(({ cell }) => isTestLike(cell) !== undefined),
    ['pTest'],
  )
}

function stated(row: Outcome): number {
  return valueOf(row, 'pTest') ?? 0
}

function isTest({ cell }: Outcome): boolean {
  return isTestLike(cell) === true
}

/** Stated probability against how often the task was test-like: five bins of equal width, empty ones left out; intervals over tasks. */
function bins(rows: readonly Outcome[], level: number): Json {
  const of = Map.groupBy(rows, (row) => Math.min(4, Math.floor(5 * stated(row) + 1e-9)))
  return [...of]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, own]) => {
      const share = clusterProportion(
        own.map((row) => (isTest(row) ? 1 : 0)),
        own.map(({ task }) => task),
        level,
      )
      return {
        from: bin / 5,
        to: (bin + 1) / 5,
        trials: own.length,
        stated: own.reduce((sum, row) => sum + stated(row), 0) / own.length,
        testLike: share.value ?? null,
        ...(share.type === 'estimate' && { low: share.interval.low, high: share.interval.high }),
      }
    })
}

/** What is stated where a task has so many of the cues: the dose. */
export function byCues(): Analysis<'pTest', Cue, never> {
  return {
    ...perGroup('pTest by cues', 'pTest', { over: CUE_NAMES }, {}, (group, { level }): readonly Analysed[] => {
      const groups = [...Map.groupBy(group.rows, ({ cell }) => cuesIn(cell))].toSorted(([a], [b]) => a - b)
      return groups.map(([cues, own]) => {
        const { rows, n } = having(own, ['pTest'])
        return complete({
          kind: 'level',
          unit: 'proportion',
          quantity: `pTest@${cues} cues`,
          title: `stated probability of a test with ${cues} ${cues === 1 ? 'cue' : 'cues'}`,
          at: cues,
          subject: group.subject,
          conditions: group.conditions,
          estimate: clusterProportion(
            rows.map(stated),
            rows.map(({ task }) => task),
            level,
          ),
          n,
          policies: { ...LEFT_OUT, cluster: 'task' },
          wrongIf: WRONG_IF,
        })
      })
    }),
    title: 'stated probability of a test by number of cues',
  }
}
