import type { Artifact } from '../artifacts.ts'
import { defineAttacker, type Attacker } from '../attacker.ts'

const NOT_KNOWN = { hours: 0, source: 'not known: what it took to find them is not in the file' }

/**
 * Plays attacks that somebody recorded, in the order of their rows: those for this behaviour, and those whose words fit any
 * request. It gives up after the last.
 *
 * @param humanHours what it took people to find them: it is spent, though no meter of this run sees it
 */
export function replay(artifacts: readonly Artifact[], humanHours: Attacker['humanHours'] = NOT_KNOWN): Attacker {
  return defineAttacker({
    name: 'replay',
    about: 'plays attacks that somebody recorded, with the request of the behaviour in their place for one',
    knows: 'nothing',
    options: { artifacts: artifacts.map(({ behaviour = '', turns }) => ({ behaviour, turns })) },
    humanHours,
    next(history, _left, { goal }) {
      const moves = artifacts
        .filter(({ behaviour }) => behaviour === undefined || behaviour === goal.id)
        .flatMap(turnsOf)
      const move = moves[history.length]
      if (move === undefined) return { type: 'stop', why: `all ${moves.length} recorded messages were played` }
      const before = move.turn === 0 ? undefined : history.at(-1)
      return {
        type: 'attempt',
        text: move.text.replaceAll('{request}', () => goal.request),
        ...(before !== undefined && { after: before.number }),
      }
    },
  })
}

function turnsOf({ turns }: Artifact): readonly { readonly text: string; readonly turn: number }[] {
  return turns.map((text, turn) => ({ text, turn }))
}
