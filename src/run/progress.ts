import type { BodyOf, Outcome } from '../record/index.ts'
import type { PlannedTrial } from '../study/index.ts'

/** One line of the live table. */
export interface AgentProgress {
  readonly agent: string
  readonly control: boolean
  readonly planned: number
  done: number
  /** Done before this process started. */
  readonly before: number
  invalid: number
  turns: number
  tokens: number
  /** World time of the trial that moved last, where there is a world. */
  day?: number
}

/** Where a run stands, for whoever shows it. Counts cover this process and what it found done. */
export interface Progress {
  readonly planned: number
  done: number
  /** Trials that were done before this process started. */
  readonly before: number
  invalid: number
  turns: number
  tokens: number
  readonly agents: ReadonlyMap<string, AgentProgress>
}

export function newProgress(trials: readonly PlannedTrial[], done: ReadonlyMap<string, Outcome>): Progress {
  const agents = new Map<string, AgentProgress>()
  for (const [agent, own] of Map.groupBy(trials, (trial) => trial.agent)) {
    const rows = own.flatMap((trial) => done.get(trial.id) ?? [])
    agents.set(agent, {
      agent,
      control: own.some((trial) => trial.control),
      planned: own.length,
      done: rows.length,
      before: rows.length,
      invalid: rows.filter((row) => row.status === 'invalid').length,
      turns: 0,
      tokens: 0,
    })
  }
  const invalid = [...agents.values()].reduce((sum, { invalid: some }) => sum + some, 0)
  return { planned: trials.length, done: done.size, before: done.size, invalid, turns: 0, tokens: 0, agents }
}

export function countCall(progress: Progress, trial: PlannedTrial, call: BodyOf<'model.call'>): void {
  const tokens = (call.usage.input ?? 0) + (call.usage.output ?? 0)
  const turns = call.aside === undefined ? 1 : 0
  progress.turns += turns
  progress.tokens += tokens
  const agent = progress.agents.get(trial.agent)
  if (agent === undefined) return
  agent.turns += turns
  agent.tokens += tokens
}

export function countTrial(progress: Progress, outcome: Outcome): void {
  progress.done++
  const agent = progress.agents.get(outcome.agent)
  if (agent !== undefined) agent.done++
  if (outcome.status !== 'invalid') return
  progress.invalid++
  if (agent !== undefined) agent.invalid++
}

export function countDays(progress: Progress, trial: PlannedTrial, days: number): void {
  const agent = progress.agents.get(trial.agent)
  if (agent !== undefined) agent.day = days
}
