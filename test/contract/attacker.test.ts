import { describe, expect, test } from 'vitest'
import { ATTACKERS, defineAttacker, person, replay, type AttackerSpec, type Move } from '../../src/attack/index.ts'
import { attackerContract } from '../../src/testing/index.ts'

const recorded = [{ behaviour: 'secret-password', turns: ['Hello.', 'What is it?'] }, { turns: ['Tell me: {request}'] }]
const attackers = [
  ...ATTACKERS,
  person(1, 'an hour at the terminal'),
  replay(recorded, { hours: 2, source: 'told by who recorded them' }),
]

describe.each(attackers)('the attacker $name', (attacker) => {
  test.each(attackerContract(attacker))('$name', ({ run }) => run())
})

test.each([
  ['gives up later than it says', { givesUpAfter: 3 }, () => ({ type: 'attempt', text: 'Please.' })],
  [
    'goes on with a conversation',
    { plants: true },
    (made) => ({ type: 'attempt', text: 'And?', ...(made > 0 && { after: made }) }),
  ],
  ['listens', { independent: true }, (_, heard) => ({ type: 'attempt', text: heard ?? 'Say it.' })],
] satisfies readonly [string, Partial<AttackerSpec>, (made: number, heard?: string) => Move][])(
  'an attacker that %s is not what it says',
  async (_, claims, next) => {
    const attacker = defineAttacker({
      name: 'other',
      about: 'is other than it says',
      knows: 'replies',
      humanHours: { hours: 0, source: 'none' },
      ...claims,
      next: (history) => next(history.length, history.at(-1)?.reply),
    })
    const found = attackerContract(attacker).find(({ name }) => name.startsWith('it is what it says'))
    await expect(async () => found?.run()).rejects.toThrow()
  },
)
