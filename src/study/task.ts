import type { AgentTask, CarriedEnding, Effects, Ended, Ending, Limits, Scaffold, View } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import type { JsonObject } from '../record/index.ts'
import type { Fact, World } from '../world/index.ts'

/** Points over time that a figure of the study draws, by name. */
export type Points = Readonly<Record<string, readonly [x: number, y: number]>>

/** What a trial gave for each of the study's measures. */
export type Measured = Readonly<Record<string, number | undefined>>

/** One piece of work, in one cell: what the agent is given and how its trial is measured. */
export type Task<Values = Measured> = AgentWork<Values> | CarriedTask<Values>

/** What every task says, whatever its trial does. */
interface TaskHead {
  /** The same in every cell, so that trials can be paired. */
  readonly id: string
  readonly prompt?: string
  readonly world?: World
  readonly scaffold: Scaffold
  readonly limits: Limits
  /**
   * What the measure depends on beside its code, such as an expected answer: it enters the design hash, so that a run
   * cannot be graded by one key before a break and by another after it. The code itself is not hashed.
   */
  readonly key?: JsonObject
  /**
   * Asked in a fork of the agent's conversation once it is over, so that asking changes nothing that was done; the reply is in the
   * ending. Absent: nothing is asked.
   */
  readonly fork?: string
  /** How a carried task draws its texts, where the run's own sampling says nothing else: it is in the plan, in full. */
  readonly drawn?: JsonObject
}

/** Work that the agent does in its own loop. */
export interface AgentWork<Values = Measured> extends TaskHead {
  readonly runner?: never
  /** Pure: derived from the ending alone, so that a resumed run measures the same. */
  readonly measure: (ending: Ending) => Values
  /** Why the trial was measured so, in words: what was expected, and by which check. Pure; kept with the grade. */
  readonly explain?: (ending: Ending) => string
  /** What each view of the world adds to the study's series. */
  readonly series?: (view: View) => Points
  /** What must be known later than it is shown. The ending then tells when each was in context, and what was recalled. */
  readonly facts?: readonly Fact[]
  /** Points by series that the ending alone tells, such as whether a fact was recalled against its age; pure. */
  readonly points?: (ending: Ending) => Readonly<Record<string, readonly (readonly [x: number, y: number])[]>>
  /**
   * Virtual clock: working time is counted as if every reply were written at so many tokens a second. Absent: as it was
   * measured.
   */
  readonly tokensPerSecond?: number
}

/** A trial that is not the agent's own loop: an attack, say. Made by {@link carriedTask}. */
export interface CarriedTask<Values = Measured> extends TaskHead, CarriedNeeds {
  readonly runner: (task: AgentTask, effects: CarryEffects) => Promise<Carried<Values>>
}

/** The most that one trial asks of a partner. */
export interface PartnerUse {
  readonly calls: number
  /** Tokens of one call's question; the agent's longest reply comes on top. */
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What a carried trial cannot do without. */
interface CarriedNeeds {
  /** It looks into the model: only one with an inside can be its agent. */
  readonly looksInside?: true
  /** Roles of models beside the agent: an attacker's, a judge's. */
  readonly partners?: readonly string[]
  /** Those of them that no agent under test may be: nobody judges itself. */
  readonly apart?: readonly string[]
  /** Names of layers that read log-probabilities: the guard's where one is named, else the agent's. */
  readonly likelihood?: readonly string[]
  /**
   * Why what it needs beside models is not on this machine, in one sentence with what to type; undefined where it is. Asked before
   * the first trial, and only where an agent that is no control runs it.
   */
  readonly missing?: () => string | undefined
  /** The most that a trial asks of models beside the agent, by role. A role that is left out has no known maximum. */
  readonly asks?: Readonly<Record<string, PartnerUse>>
  /** Calls that the agent's own model may answer beside each turn, which its turn limit does not count. Default 0. */
  readonly besideTurn?: number
}

/** What a carried trial is given: the agent's effects, and the other models by their roles. */
export interface CarryEffects extends Effects {
  readonly partners: ReadonlyMap<string, Model>
  /** The study's control that this trial is of, as its `controls` name it; absent for a model under test. */
  readonly control?: string
}

/** How a carried trial ended, and its measures where it says anything. */
export interface Carried<Values> {
  readonly ending: Ended
  /** Absent where the trial is invalid. */
  readonly measure?: () => Values
  readonly explain?: () => string
}

/** A carried task as its author writes it. */
export interface CarriedSpec<Values, Seen> extends TaskHead, CarriedNeeds {
  /**
   * Carries the trial out. It keeps the loop's promises: all that comes from outside goes through the journal, no metered
   * call is made without a reservation, and what a model does wrong is an ending. On resume it is run again, and sees the
   * same.
   */
  readonly runner: (task: AgentTask, effects: CarryEffects) => Promise<CarriedEnding<Seen>>
  /** Pure: derived from the ending alone, so that a resumed run measures the same. */
  readonly measure: (ending: Ended & { readonly seen: Seen }) => Values
  /** Why the trial was measured so, in words. Pure; kept with the grade. */
  readonly explain?: (ending: Ended & { readonly seen: Seen }) => string
}

/** Makes a task whose trial is not the agent's own loop; what its trial sees is between `runner` and `measure`. */
export function carriedTask<Values, Seen>({
  runner,
  measure,
  explain,
  ...task
}: CarriedSpec<Values, Seen>): CarriedTask<Values> {
  return {
    ...task,
    async runner(given, effects) {
      const ending = await runner(given, effects)
      if (ending.status === 'invalid') return { ending }
      return {
        ending,
        measure: () => measure(ending),
        ...(explain !== undefined && { explain: () => explain(ending) }),
      }
    },
  }
}
