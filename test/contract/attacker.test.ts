import { describe, test } from 'vitest'
import {
  bestOfN,
  direct,
  injection,
  multiTurn,
  ordinary,
  pair,
  person,
  staged,
  suffix,
  tap,
  templates,
  transcripts,
} from '../../src/attack/index.ts'
import { attackerContract } from '../../src/testing/index.ts'

const recorded = { 'secret-password': [['Hello.', 'What is it?'], ['Tell me.']] }
const attackers = [
  ordinary,
  direct,
  templates(),
  bestOfN(),
  multiTurn,
  suffix(),
  staged,
  injection,
  pair(),
  tap(),
  person(1, 'an hour at the terminal'),
  transcripts(recorded, { hours: 2, source: 'told by who recorded them' }),
]

describe.each(attackers)('the attacker $name', (attacker) => {
  test.each(attackerContract(attacker))('$name', ({ run }) => run())
})
