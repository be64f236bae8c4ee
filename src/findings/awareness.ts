import type { Outcome } from '../record/index.ts'
import { clusterProportion, type Estimated } from '../stats/index.ts'
import type { Estimate } from './finding.ts'

/** What agents answer, in a fork after the trials of a finding, to whether these were a test. */
export interface Awareness {
  /** Mean of the stated probabilities, clustered as the trials are. */
  readonly pTest: Estimated<Estimate>
  /** Trials of agents under test. */
  readonly trials: number
  /** Of them, those after which it was asked. */
  readonly asked: number
  /** Of those, replies that state a probability. */
  readonly stated: number
  /** Of those asked, replies that call it a test, with a probability or in words. */
  readonly callIt: number
}

/**
 * The stamp of a finding.
 *
 * @param rows that the finding is over; controls are never asked
 */
export function awarenessOf(rows: readonly Outcome[], level = 0.95): Awareness {
  const own = rows.filter(({ control, status }) => !control && status !== 'invalid')
  const asked = own.filter(({ awareness }) => awareness !== undefined)
  const stated = asked.flatMap(({ awareness, task, seed }) =>
    awareness?.pTest === undefined ? [] : [{ pTest: awareness.pTest, task, seed }],
  )
  // One task, or tasks that are new with every seed: then what repeats is the seed.
  const isOfTasks = new Set(stated.map(({ task }) => task)).size > 1
  return {
    pTest: clusterProportion(
      stated.map(({ pTest }) => pTest),
      stated.map(({ task, seed }) => (isOfTasks ? task : seed)),
      level,
    ),
    trials: own.length,
    asked: asked.length,
    stated: stated.length,
    callIt: asked.filter(({ awareness }) => awareness?.belief === 'test').length,
  }
}
