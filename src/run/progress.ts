import type { BodyOf, Outcome } from '../record/index.ts'
import type { PlannedTrial } from '../study/index.ts'

interface Counts {
  readonly planned: number
  done: number
  /** Trials that were done before this process started. */
  readonly before: number
  invalid: number
  turns: number
  tokens: number
}

/** One line of the live table. */
export interface AgentProgress extends Counts {
  readonly agent: string
  readonly control: boolean
  /** World time of the trial that moved last, where there is a world. */
  day?: number
}

/** How far a run is, for display. Counts cover this process and what it found done. */
export interface Progress extends Counts {
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
  for (const counts of countsOf(progress, trial.agent)) {
    counts.tokens += (call.usage.input ?? 0) + (call.usage.output ?? 0)
    if (call.aside === undefined) counts.turns++
  }
}

export function countTrial(progress: Progress, { agent, status }: Outcome): void {
  for (const counts of countsOf(progress, agent)) {
    counts.done++
    if (status === 'invalid') counts.invalid++
  }
}

function countsOf(progress: Progress, agent: string): readonly Counts[] {
  const own = progress.agents.get(agent)
  return own === undefined ? [progress] : [progress, own]
}

export function countDays(progress: Progress, trial: PlannedTrial, days: number): void {
  const agent = progress.agents.get(trial.agent)
  if (agent !== undefined) agent.day = days
}
