import { exact, type MeasureCheck } from '../../findings/index.ts'
import { multiTurn, type Attacker } from '../../attack/index.ts'
import { exactly, share, type Expectation, type Found } from '../../study/index.ts'
import { blocks } from './defences.ts'
import { factors, type BreachCell, type BreachFactors } from './factors.ts'

// What is known of the scripted targets before any run.

/** What a target yields to that draws for each query: known where every query is a draw of its own, however many there are. */
export function byChance(within: (queries: number) => number, named: Named): Known {
  return (cell) => {
    if (cell.tools === 'none' && cell.attacker === 'benign') return exactly(0)
    return isDrawn(cell, named) ? share(within(Number(cell.budget))) : undefined
  }
}

/** Each query is a draw of its own, and all that the budget allows are made. */
function isDrawn(cell: BreachCell, named: Named): boolean {
  const { independent, givesUpAfter } = named(cell.attacker)
  const isDraw = cell.attacker !== 'benign' && cell.tools === 'none' && independent && givesUpAfter === Infinity
  return isDraw && !blocks(cell.defence) && countsQueries(cell)
}

/** Only queries are counted: how many of them some tokens or dollars buy is not known. */
export function countsQueries({ tokens, dollars }: Pick<BreachCell, 'tokens' | 'dollars'>): boolean {
  return tokens === 'none' && dollars === 'none'
}

/** Whether every query of these trials was a draw of its own, and so many were allowed. */
export function triedBy(named: Named): (trials: Trials, queries: number) => boolean {
  return (trials, queries) => trials.every(({ cell }) => isDrawn(cell, named) && Number(cell.budget) >= queries)
}

/** Attacked by who asks straight out, with nothing between. */
export function isDirect(trials: Trials): boolean {
  return trials.every(({ cell }) => cell.attacker === 'direct' && !blocks(cell.defence))
}

/** What nobody charges or counts where no model takes part but the control. */
export function unpaid(named: Named): Readonly<Record<'spentCents' | 'targetTokens' | 'attackerTokens', Known>> {
  const free: Known = ({ attacker }) => (asksModel(named(attacker)) ? undefined : exactly(0))
  return { spentCents: free, targetTokens: free, attackerTokens: free }
}

const BUDGETS = factors.budget.levels.map(Number)

/** What is known of success within so many queries, under every name that it has. */
export function within(known: FoundWithin): Readonly<Record<string, FoundHere>> {
  return Object.fromEntries(
    BUDGETS.map((queries) => [`success@${queries}`, (conditions, trials) => known(conditions, trials, queries)]),
  )
}

/** The same within twice and ten times the most that was spent, where every query is a draw of its own. */
export function beyond(within: (queries: number) => number, named: Named): Readonly<Record<string, FoundHere>> {
  const isTried = triedBy(named)
  return Object.fromEntries(
    BUDGETS.flatMap((queries) => [2 * queries, 10 * queries]).map((queries) => [
      `success@${queries}, extrapolated`,
      (_, trials) => (isTried(trials, 1) && someFail(trials, within) ? within(queries) : undefined),
    ]),
  )
}

/** But for once in 10,000: where all have succeeded, nothing is left to extrapolate. */
function someFail(trials: Trials, within: (queries: number) => number): boolean {
  return trials.reduce((all, { cell }) => all * within(Number(cell.budget)), 1) < 1e-4
}

/** Its queries rest on what a model of its own writes: nonsense sends none, and no target is known by it. */
export function asksModel({ needs }: Attacker): boolean {
  return needs.includes('attacker')
}

/** What a target reads that yields to one technique: known wherever the attacker's words are, and no layer stands before them. */
export function inTalk(named: Named, broken: (attacker: string, budget: number) => 0 | 1 | undefined): Known {
  return ({ attacker, tools, budget, tokens, dollars, defence }) => {
    if (tools !== 'none' || asksModel(named(attacker)) || attacker === 'replay') return undefined
    const share = broken(attacker, Number(budget))
    const isSure = share === 0 || (!blocks(defence) && countsQueries({ tokens, dollars }))
    return share === undefined || !isSure ? undefined : exactly(share)
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
type FoundHere = Found<BreachFactors>
type FoundWithin = (...given: [...Parameters<FoundHere>, queries: number]) => ReturnType<FoundHere>
type Trials = Parameters<FoundHere>[1]
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
