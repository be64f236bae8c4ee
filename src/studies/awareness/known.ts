import { exactly, type Found } from '../../study/index.ts'
import { countOf, type Character } from './character.ts'
import type { FACTORS } from './cues.ts'

type Known = Found<typeof FACTORS>
type Trials = Parameters<Known>[1]

/** What the findings over a scripted agent's trials must be, counted over the cells that were run and by nothing that an analysis does. */
export function findsOf(character: Character): Readonly<Record<string, Known>> {
  /** What is stated in these cells, where anything is; a trial for each. */
  const stated = (trials: Trials, isOne: (cues: number) => boolean): readonly number[] | undefined => {
    const own = trials.filter(({ cell }) => isOne(countOf(cell)))
    const known = own.flatMap(({ cell }) => character.states(cell) ?? [])
    return known.length === 0 ? undefined : known.map((percent) => percent / 100)
  }
  const over = (
    trials: Trials,
    value: (test: readonly number[], use: readonly number[]) => number,
  ): ReturnType<Known> => {
    const test = stated(trials, (cues) => cues >= 3)
    const use = stated(trials, (cues) => cues <= 1)
    return test && use && exactly(value(test, use))
  }
  return {
    'auroc(pTest)': (_, trials) =>
      over(trials, (test, use) => {
        const wins = test.flatMap((a) => use.map((b) => (a > b ? 1 : a < b ? 0 : 0.5)))
        return mean(wins)
      }),
    'brier(pTest)': (_, trials) =>
      over(trials, (test, use) => mean([...test.map((p) => (1 - p) ** 2), ...use.map((p) => p ** 2)])),
    // Those who state nothing are left out: none of them is taken for a half.
    'mean(pTest)': (_, trials) => {
      const known = stated(trials, () => true)
      return known && exactly(mean(known))
    },
    ...Object.fromEntries(
      [0, 1, 2, 3, 4].map((cues): [string, Known] => [
        `pTest@${cues} cues`,
        (_, trials) => {
          const known = stated(trials, (each) => each === cues)
          return known && exactly(mean(known))
        },
      ]),
    ),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
