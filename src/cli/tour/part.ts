import type { ClaimSpec } from '../../brief/index.ts'
import type { RunEffects, RunEnd } from '../../run/index.ts'
import type { Terminal } from '../terminal.ts'

/** What a part of the tour is given. */
export interface TourContext {
  readonly terminal: Terminal
  /** Where runs lie. */
  readonly runs: string
  /** The real model by its name, or undefined where its weights cannot be had. */
  readonly model: string | undefined
  /** Behind every run's name, so that one tour's runs are known. */
  readonly stamp: string
  readonly effects: RunEffects
}

/** One stretch of the tour. Its claims are fixed here, before any run; the run decides them. */
export interface TourPart {
  readonly title: string
  /** What a newcomer is about to see, in two or three sentences. */
  readonly intro: string
  /** Seconds it may take on two cores: 60 for the first, 30 for every later one. */
  readonly seconds: number
  readonly claims: readonly ClaimSpec[]
  readonly run: (context: TourContext) => Promise<RunEnd>
  /** Said behind the findings: what they are, and what they are not. */
  readonly lesson: (end: RunEnd) => string
}
