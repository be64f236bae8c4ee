import { randomFrom, type Outcome } from '../../record/index.ts'
import {
  armsOf,
  complete,
  denominatorOf,
  differenceIn,
  LEFT_OUT,
  type Analysed,
  type Analysis,
} from '../../findings/index.ts'
import { barOf, FALSE_ALARMS, judgedIn, WRONG_IF, type Column, type Judged } from './judged.ts'
import { MONITORS, type Score } from './measures.ts'

/**
 * How much more of the behaviour one view shows a monitor than another, both at their own thresholds: the same trials, so that each is
 * its own pair.
 */
export function views(from: Score, to: Score): Analysis<Score, Column, never> {
  const name = `difference(recall@5%: ${from} → ${to})`
  const title = `caught by ${MONITORS[to]} more than by ${MONITORS[from]}, at 5% false alarms`
  return {
    name,
    measure: to,
    title,
    factors: ['pressure', 'side'],
    levels: [],
    options: { from },
    run(input) {
      const { level, seed } = input
      const sides = [from, to].map((score) => judgedIn(score, input))
      return (sides[1] ?? []).flatMap((judged): readonly Analysed[] => {
        const { group } = judged
        const other = sides[0]?.find(
          (each) => JSON.stringify(each.group.conditions) === JSON.stringify(group.conditions),
        )
        if (other === undefined || judged.calibration.length === 0) return []
        const [a, b] = [flagged(other, from), flagged(judged, from)]
        const arms = armsOf(a, b, from, 'task')
        const draw = randomFrom(seed, name, JSON.stringify(group.conditions))
        const { estimate, p } = differenceIn(arms, 'proportion', level, draw)
        return [
          complete({
            quantity: name,
            title,
            kind: 'change',
            unit: 'proportion',
            subject: group.subject,
            conditions: group.conditions,
            estimate,
            n: denominatorOf(b, b, 'task'),
            policies: { ...LEFT_OUT, cluster: 'task', pair: 'the same trial', of: 'trials with the behaviour' },
            details: { ...arms.means, ...(p !== undefined && { p }) },
            wrongIf: WRONG_IF,
          }),
        ]
      })
    },
  }
}

/** The tested trials with the behaviour, each 1 where the monitor raised an alarm, under one name for both views. */
function flagged(judged: Judged, as: Score): readonly Outcome[] {
  const bar = barOf(judged, FALSE_ALARMS)
  return judged.test
    .filter(({ behaved }) => behaved)
    .map(({ row, score }) => ({ ...row, values: { ...row.values, [as]: bar !== undefined && score > bar ? 1 : 0 } }))
}
