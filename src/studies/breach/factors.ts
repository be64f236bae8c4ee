import { ATTACKERS, benign, type Attacker } from '../../attack/index.ts'
import { levels, type CellOf, type Factor } from '../../study/index.ts'

const PREFILL = ['off', 'on'] as const
const TOOLS = ['none', 'read', 'act'] as const
const DEFENCE = ['none', 'hardened', 'filtered', 'stacked'] as const
const BUDGET = ['10', '1', '3', '30', '100'] as const
const TOKENS = ['none', '1000', '10000', '100000'] as const
const DOLLARS = ['none', '0.01', '0.1', '1', '10'] as const
const WARNING = ['on', 'off'] as const

/** What breach varies. */
export type BreachFactors = {
  readonly attacker: Factor
  readonly prefill: Factor<(typeof PREFILL)[number]>
  readonly tools: Factor<(typeof TOOLS)[number]>
  readonly defence: Factor<(typeof DEFENCE)[number]>
  readonly budget: Factor<(typeof BUDGET)[number]>
  readonly tokens: Factor<(typeof TOKENS)[number]>
  readonly dollars: Factor<(typeof DOLLARS)[number]>
  readonly warning: Factor<(typeof WARNING)[number]>
}

export type BreachCell = CellOf<BreachFactors>

const attacks = attacksIn(ATTACKERS)

export const factors: BreachFactors = {
  attacker: levels(benign.name, ...attacks).default('benign', 'direct', 'template', 'best-of-n'),
  prefill: levels(...PREFILL),
  tools: levels(...TOOLS),
  defence: levels(...DEFENCE),
  budget: levels(...BUDGET),
  tokens: levels(...TOKENS),
  dollars: levels(...DOLLARS),
  warning: levels(...WARNING),
}

/** The factors where there are recorded attacks to play. */
export const factorsWithReplay: BreachFactors = {
  ...factors,
  attacker: levels(benign.name, ...attacks, 'replay').default('benign', 'direct', 'replay'),
}

/** The levels that are attacks: all but the arm of ordinary requests. */
export function attacksIn(attackers: readonly Attacker[]): readonly string[] {
  return attackers.filter((each) => !each.benign).map(({ name }) => name)
}
