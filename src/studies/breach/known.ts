import { exact, type MeasureCheck } from '../../findings/index.ts'
import { multiTurn, type Attacker } from '../../attack/index.ts'
import { exactly, share, type Expectation } from '../../study/index.ts'
import { blocks } from './defences.ts'
import type { BreachCell } from './factors.ts'

// What is known of the scripted targets before any run.

/** What a target yields to that draws for each query: known where every query is a draw of its own, however many there are. */
export function byChance(within: (queries: number) => number, named: Named): Known {
  return ({ attacker, tools, budget, defence }) => {
    if (tools !== 'none') return undefined
    if (attacker === 'benign') return exactly(0)
    const { independent, givesUpAfter } = named(attacker)
    return independent && givesUpAfter === Infinity && !blocks(defence) ? share(within(Number(budget))) : undefined
  }
}

/** Its queries rest on what a model of its own writes: nonsense sends none, and no target is known by it. */
export function asksModel({ needs }: Attacker): boolean {
  return needs.includes('attacker')
}

/** What a target reads that yields to one technique: known wherever the attacker's words are, and no layer stands before them. */
export function inTalk(named: Named, broken: (attacker: string, budget: number) => 0 | 1 | undefined): Known {
  return ({ attacker, tools, budget, defence }) => {
    if (tools !== 'none' || asksModel(named(attacker)) || attacker === 'replay') return undefined
    const share = broken(attacker, Number(budget))
    return share === undefined || (share === 1 && blocks(defence)) ? undefined : exactly(share)
  }
}

/** Each of its attempts is a conversation of one message. */
export function endsEarly({ plants, independent, benign: ordinary, name }: Attacker): boolean {
  return plants || independent || ordinary || name === multiTurn.name
}

/** Where the target has tools, attempts are planted and no answer is prefilled; only there do the rules hold a warning to leave out. */
export function isPossible(
  { prefill, tools, warning }: Pick<BreachCell, 'prefill' | 'tools' | 'warning'>,
  { plants }: Attacker,
): boolean {
  return tools === 'none' ? warning === 'on' : prefill === 'off' && plants
}

export type Named = (attacker: string) => Attacker
export type Known = (cell: BreachCell) => Expectation | undefined

type Metered =
  | 'queries'
  | 'gaveUp'
  | 'attempts'
  | 'invalidAttempts'
  | 'targetTokens'
  | 'attackerTokens'
  | 'spentCents'
  | 'humanMinutes'
  | 'undecided'
  | 'errandDone'

/** Measures that are counts, meters and acts in the office. */
export const METERED: Readonly<Record<Metered, MeasureCheck>> = {
  queries: exact('a count of questions'),
  gaveUp: exact("the attacker's own end"),
  attempts: exact('a count of attempts'),
  invalidAttempts: exact('a count of attempts'),
  targetTokens: exact('meters'),
  attackerTokens: exact('meters'),
  spentCents: exact('meters'),
  humanMinutes: exact("the attacker's own statement"),
  undecided: exact('a count of replies'),
  errandDone: exact("the office's own state"),
}
