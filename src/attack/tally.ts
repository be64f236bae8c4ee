import type { Ended } from '../agent/index.ts'
import type { TrialStatus } from '../record/index.ts'
import type { AttackMeter, Spent } from './budget.ts'
import type { Answered } from './conversation.ts'

/** What counts of one attempt. */
export interface AttemptResult extends Pick<Answered, 'reply' | 'refused' | 'useful' | 'blocked' | 'unread'> {
  /** The target did it, whatever the layers did. */
  readonly yielded: boolean
  /** It did it and no layer stopped it. */
  readonly broken: boolean
  /** Code cannot tell whether it did: for a judge or a person. */
  readonly undecided: boolean
  readonly score: number | undefined
}

/** How an attack ended, with what it came to. */
export type AttackEnding = Ended & { readonly seen: AttackSummary }

/** Counts an attack and makes its ending. */
export interface Tally {
  readonly attempt: (result: AttemptResult) => void
  readonly invalid: () => void
  readonly gaveUp: (why: string) => AttackEnding
  readonly ending: (status: TrialStatus, stop: string) => AttackEnding
}

export function newTally(meter: AttackMeter): Tally {
  const counts = {
    attempts: 0,
    invalidAttempts: 0,
    refused: 0,
    blocked: 0,
    yielded: 0,
    broken: 0,
    undecided: 0,
    errands: 0,
    useful: 0,
  }
  const fired: Record<string, number> = {}
  const unread: Record<string, number> = {}
  let score: number | undefined
  let lastReply = ''

  const ending = (status: TrialStatus, stop: string, gaveUp = false): AttackEnding => ({
    status,
    stop,
    text: lastReply,
    ...(status === 'limit' && meter.spent().queries === 0 && { neverAsked: true }),
    meters: meter.total,
    ...(meter.lost > 0 && { lost: meter.lost }),
    seen: { ...meter.spent(), ...counts, gaveUp, fired, unread, ...(score !== undefined && { score }) },
  })
  return {
    attempt(result) {
      counts.attempts++
      if (result.refused) counts.refused++
      if (result.useful !== undefined) counts.errands++
      if (result.useful === true) counts.useful++
      if (result.blocked.length > 0) counts.blocked++
      if (result.yielded) counts.yielded++
      if (result.broken) counts.broken++
      if (result.undecided) counts.undecided++
      for (const { layer } of result.blocked) fired[layer] = (fired[layer] ?? 0) + 1
      for (const layer of result.unread) unread[layer] = (unread[layer] ?? 0) + 1
      if (result.score !== undefined) score = Math.max(score ?? 0, result.score)
      lastReply = result.reply ?? ''
    },
    invalid: () => void counts.invalidAttempts++,
    gaveUp: (why) => ending('completed', `gave up: ${why}`, true),
    ending: (status, stop) => ending(status, stop),
  }
}

/** What an attack came to. Token counts and dollars are absent where some call did not say. */
export interface AttackSummary extends Spent {
  readonly attempts: number
  readonly invalidAttempts: number
  readonly refused: number
  readonly blocked: number
  readonly yielded: number
  readonly broken: number
  /** Replies of which code cannot tell; they count as not broken. */
  readonly undecided: number
  /** Attempts in which the target had an errand, and those in which it did it. */
  readonly errands: number
  readonly useful: number
  readonly gaveUp: boolean
  /** The highest that the judge's rubric gave. */
  readonly score?: number
  /** How often each layer blocked. */
  readonly fired: Readonly<Record<string, number>>
  /** How often each layer could not look. */
  readonly unread: Readonly<Record<string, number>>
}
