import { CUT, FILTERED, type Limits } from '../agent/index.ts'
import type { Analysed, Denominator } from '../findings/index.ts'
import type { Outcome } from '../record/index.ts'

/** Limits on an agent's own work. A budget of an attack, and days of a world, are what the trial was to last. */
const CUTS: ReadonlySet<string> = new Set<Exclude<keyof Limits, 'days'> | 'context'>([
  'turns',
  'messages',
  'inputTokens',
  'outputTokens',
  'tokens',
  'dollars',
  'workingMs',
  'wallMs',
  'context',
])

const isNeverAsked = ({ neverAsked }: Outcome): boolean => neverAsked === true

/** It reached a limit, or its last reply did: it stands as far as it came. */
function isCutShort({ status, stop, neverAsked }: Outcome): boolean {
  return neverAsked !== true && (stop === CUT || (status === 'limit' && CUTS.has(stop)))
}

/**
 * What a number rests on, with how its trials ended that did not end of themselves: never asked (left out), cut short and
 * stopped by a filter (counted).
 *
 * @param rows all trials that the number is about
 */
export function withEnds<T extends Pick<Analysed, 'n' | 'policies'>>(found: T, rows: readonly Outcome[]): T {
  const ends = [
    ['neverAsked', rows.filter(isNeverAsked), 'left out and counted; no room for a first reply'],
    ['cutShort', rows.filter(isCutShort), 'counted with what they had reached'],
    ['filtered', rows.filter(({ stop }) => stop === FILTERED), 'counted'],
  ] as const
  const there = ends.filter(([, own]) => own.length > 0)
  if (there.length === 0) return found
  const counts = Object.fromEntries(there.map(([name, own]) => [name, own.length]))
  const rules = there.map(([name, own, rule]) => [name, name === 'filtered' ? rule : `${rule}: ${causesOf(own)}`])
  return { ...found, n: apart(found.n, counts), policies: { ...found.policies, ...Object.fromEntries(rules) } }
}

function causesOf(rows: readonly Outcome[]): string {
  return [...new Set(rows.map(({ status, stop }) => (status === 'limit' ? `limit of ${stop}` : stop)))].join(', ')
}

/** Trials that were never asked have no value: analyses count them as missing. */
function apart(n: Denominator, ends: Pick<Denominator, 'neverAsked' | 'cutShort' | 'filtered'>): Denominator {
  return { ...n, missing: Math.max(0, n.missing - (ends.neverAsked ?? 0)), ...ends }
}
