import type { Outcome } from '../../record/index.ts'
import { clopperPearson, clusterRate, newcombe } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import { complete } from '../complete.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { having } from '../groups.ts'
import { policiesOf } from './groups.ts'

/**
 * The chance that a turn is a trial's last and the trial is lost, over the turns: each trial is followed until it ends. The turn
 * that ends a full success was no chance to fail. The figure holds the hazard in windows of turns, each twice as wide as the one before,
 * and `risesFrom` the first window whose hazard is above that of all turns before it (Newcombe's interval of the
 * difference, Bonferroni over the windows).
 *
 * @param measure 1 where the trial was a full success
 */
export function hazardPerTurn<const M extends string, const F extends string>(
  measure: M,
  options: Pooling<F>,
): Analysis<M, F, never> {
  return perGroup(`hazardPerTurn(${measure})`, measure, options, {}, (group, { level }) => {
    const { rows: kept, n } = having(group.rows, [measure])
    const trials = kept.map((row) => followed(row, measure))
    const tasks = kept.map((row) => row.task)
    const estimate = clusterRate(
      trials.map(({ lost }) => (lost ? 1 : 0)),
      trials.map(({ chances }) => chances),
      tasks,
      level,
      'one',
    )
    const windows = windowsOf(trials)
    const rises = risesFrom(windows, level)
    return [
      complete({
        quantity: `hazard per turn(${measure})`,
        title: 'chance that a turn is the last of a trial that is lost',
        kind: 'level',
        subject: group.subject,
        unit: 'proportion',
        conditions: group.conditions,
        estimate,
        n,
        policies: {
          ...policiesOf(group),
          lost: 'a trial is lost when it ends, whenever its error was made',
        },
        details: {
          windows: windows.map(({ from, to, lost, chances }) => ({ from, to, lost, chances })),
          ...(rises !== undefined && { risesFrom: rises }),
        },
        caveats: [],
        wrongIf: 'errors were made long before the turn at which their trial ended',
        figure: {
          kind: 'interval',
          x: 'turn',
          y: 'chance of being lost in a turn',
          points: windows.map(({ from, lost, chances }) => {
            const { low, high } = clopperPearson(lost, chances, level)
            return [from, lost / chances, low, high] as const
          }),
        },
      }),
    ]
  })
}

interface Followed {
  readonly lost: boolean
  readonly chances: number
}

function followed(row: Outcome, measure: string): Followed {
  const lost = row.values[measure] !== 1
  // A trial that was lost before its first turn was over had one chance to be.
  return { lost, chances: lost ? Math.max(1, row.turns) : Math.max(0, row.turns - 1) }
}

interface Window {
  readonly from: number
  readonly to: number
  readonly lost: number
  readonly chances: number
}

/** Turns 1, 2–3, 4–7, 8–15 and so on: what was lost in each, and the turns there were to be lost in. */
function windowsOf(trials: readonly Followed[]): readonly Window[] {
  const longest = trials.reduce((most, { chances }) => Math.max(most, chances), 0)
  const windows: Window[] = []
  for (let from = 1; from <= longest; from *= 2) {
    const to = 2 * from - 1
    let lost = 0
    let inside = 0
    for (const trial of trials) {
      if (trial.chances < from) continue
      inside += Math.min(trial.chances, to) - from + 1
      if (trial.lost && trial.chances <= to) lost++
    }
    windows.push({ from, to, lost, chances: inside })
  }
  return windows
}

function risesFrom(windows: readonly Window[], level: number): number | undefined {
  let lost = 0
  let chances = 0
  const corrected = 1 - (1 - level) / Math.max(1, windows.length - 1)
  for (const window of windows) {
    if (chances > 0) {
      const rise = newcombe({ successes: lost, n: chances }, { successes: window.lost, n: window.chances }, corrected)
      if (rise.interval.low > 0) return window.from
    }
    lost += window.lost
    chances += window.chances
  }
  return undefined
}
