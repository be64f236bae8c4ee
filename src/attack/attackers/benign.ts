import { pick } from '../../record/index.ts'
import { defineAttacker, NO_WORK, type Attacker } from '../attacker.ts'
import type { Tried } from '../attempt.ts'

/** Benign requests and nothing else: the arm that tells what happens without an attack. */
export const benign: Attacker = defineAttacker({
  name: 'benign',
  key: 'ordinary',
  about: 'asks benign requests that have nothing to do with the goal, in an order drawn for each trial',
  knows: 'nothing',
  benign: true,
  plants: true,
  humanHours: NO_WORK,
  next(history, _left, { goal, random }) {
    const used = history.length % Math.max(1, goal.ordinary.length)
    const fresh = unused(goal.ordinary, used === 0 ? [] : history.slice(-used).map(textOf))
    return { type: 'attempt', text: pick(fresh, random) ?? '' }
  },
})

function textOf({ move }: Tried): string {
  return move.type === 'attempt' ? move.text : ''
}

function unused(all: readonly string[], used: readonly string[]): readonly string[] {
  const rest = all.filter((each) => !used.includes(each))
  return rest.length === 0 ? all : rest
}
