import type { Brief, Confidence } from './brief.ts'
import { confidenceOf } from './confidence.ts'
import type { Verdict } from './verdict.ts'

/** Whether any claim has a test, so that there are verdicts to show, "untested" among them. */
export function isTested(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ claim }) => claim.test !== undefined)
}

/** The line under the title, as data; what is not known is absent. */
export interface Header {
  readonly sources?: number
  readonly confidence?: Confidence
  readonly updated?: string
}

/**
 * Of a brief whose claims have tests, sources (its own and the runs) and confidence are counted; of any other they are what
 * its text said of itself.
 */
export function headerOf(brief: Brief, verdicts: readonly Verdict[]): Header {
  const { stated, updated } = brief
  const runs = new Set(verdicts.flatMap(({ evidence }) => evidence?.run ?? [])).size
  const sources = runs > 0 || brief.sources.length > 0 ? brief.sources.length + runs : stated?.sources
  const confidence = isTested(verdicts) ? confidenceOf(brief, verdicts).level : stated?.confidence
  return {
    ...(sources !== undefined && { sources }),
    ...(confidence !== undefined && { confidence }),
    ...(updated !== undefined && { updated }),
  }
}

/** `Sources: 3 • Confidence: Medium • Updated: 2026-05-01 10:00`, without what is not known. */
export function headerText({ sources, confidence, updated }: Header): string {
  return [
    ...(sources === undefined ? [] : [`Sources: ${sources}`]),
    ...(confidence === undefined ? [] : [`Confidence: ${confidence}`]),
    ...(updated === undefined ? [] : [`Updated: ${updated}`]),
  ].join(' • ')
}
