import { AssayError } from '../../assay-error.ts'
import type { Attacker } from '../attacker.ts'
import { bestOfN } from './best-of-n.ts'
import { crescendo } from './crescendo.ts'
import { direct } from './direct.ts'
import { injection } from './injection.ts'
import { manyShot } from './many-shot.ts'
import { multiTurn } from './multi-turn.ts'
import { benign } from './benign.ts'
import { pair } from './pair.ts'
import { staged } from './staged.ts'
import { suffix } from './suffix.ts'
import { tap } from './tap.ts'
import { templates } from './template.ts'

/** Every built-in attacker that needs nobody at the keyboard, in the order in which studies and pages name them. */
export const ATTACKERS: readonly Attacker[] = [
  benign,
  direct,
  templates(),
  bestOfN(),
  multiTurn,
  suffix(),
  staged,
  injection,
  pair(),
  tap(),
  manyShot,
  crescendo(),
]

/** @throws AssayError `attack/unknown-attacker` */
export function attackerNamed(name: string): Attacker {
  const found = ATTACKERS.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = ATTACKERS.map((each) => each.name).join(', ')
  throw new AssayError('attack/unknown-attacker', `No attacker is called "${name}". Take one of ${names}.`)
}
