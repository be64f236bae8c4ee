import type { Outcome } from '../record/index.ts'
import { average, clusterOf, column, type Analysed, type Analysis, type Arms } from '../findings/index.ts'
import { above, below, between, exactly, share, type Expectation } from './expectation.ts'
import type { Control } from './study.ts'

/**
 * What a finding over a control's trials must be, worked out from what each trial is known to read and by nothing that the
 * analysis itself does.
 *
 * @param rows the control's valid trials
 * @returns undefined where what a trial reads is not known, or the analysis is none of those that {@link Analysis.derives}
 */
export function knownOf(
  { measure, derives, options }: Analysis,
  { quantity, conditions }: Pick<Analysed, 'quantity' | 'conditions'>,
  control: Control,
  rows: readonly Outcome[],
): Expectation | undefined {
  if (derives === undefined) return undefined
  const own = rows.filter((row) => Object.entries(conditions).every(([name, level]) => column(row, name) === level))
  const mean = (group: readonly Outcome[], of: string): Range | undefined =>
    meanOf(group.map((row) => rangeOf(control.reads[of]?.(row.cell))))
  if (derives.type === 'mean') return expectationOf(mean(own, measure))
  if (derives.type === 'measures') return expectationOf(less(mean(own, derives.to), mean(own, derives.from)))
  const { factor } = derives
  const sides = derives.sides(quantity, [...new Set(own.map((row) => column(row, factor)))])
  if (sides === undefined) return undefined
  const [from, to] = sides.map((level) => own.filter((row) => column(row, factor) === level))
  if (from === undefined || to === undefined) return undefined
  return pairedExpectation(
    from,
    to,
    (row) => keyOf(row, factor, options['pair']),
    (group) => mean(group, measure),
  )
}

/**
 * What two controls differ by, pair by pair, in what their trials are known to read.
 *
 * @param pair what makes two trials a pair: their task and seed, their task, or nothing, where means are compared
 * @returns undefined where some trial's value is not known
 */
export function knownBetween(
  measure: string,
  pair: Arms['pair'],
  [from, to]: readonly [from: KnownTrials, to: KnownTrials],
): Expectation | undefined {
  const known = new Map([from, to].flatMap(({ reads, rows }) => rows.map((row) => [row, reads[measure]])))
  const key = {
    'task and seed': (row: Outcome) => keyOf(row, '', 'seed'),
    task: ({ task }: Outcome) => task,
    none: () => '',
  }
  const mean = (group: readonly Outcome[]): Range | undefined =>
    meanOf(group.map((row) => rangeOf(known.get(row)?.(row.cell))))
  return pairedExpectation(from.rows, to.rows, key[pair], mean)
}

/** Trials of a control that have a value. */
export interface KnownTrials {
  readonly reads: Control['reads']
  readonly rows: readonly Outcome[]
}

function pairedExpectation(
  from: readonly Outcome[],
  to: readonly Outcome[],
  pairOf: (row: Outcome) => string,
  mean: (group: readonly Outcome[]) => Range | undefined,
): Expectation | undefined {
  const [before, after] = [from, to].map((side) => new Set(side.map(pairOf)))
  const isWhole = (row: Outcome): boolean => [before, after].every((keys) => keys?.has(pairOf(row)) === true)
  const paired = (side: readonly Outcome[]): Range | undefined => {
    // Every pair counts once, however many trials it has.
    const pairs = [...Map.groupBy(side.filter(isWhole), pairOf).values()]
    return meanOf(pairs.map(mean))
  }
  return expectationOf(less(paired(to), paired(from)))
}

/** What makes two trials a pair: their task, or all but the level of the factor. */
function keyOf(row: Outcome, factor: string, pair: unknown): string {
  if (pair === 'task') return row.task
  const rest = Object.entries(row.cell).filter(([name]) => name !== factor)
  return JSON.stringify([row.task, clusterOf(row, 'seed'), ...(pair === 'seed' ? [] : rest)])
}

/** Where a number is known to lie; `drawn` where that holds of its expectation alone, since it is a matter of chance. */
interface Range {
  readonly low: number
  readonly high: number
  readonly drawn: boolean
}

function rangeOf(expectation: Expectation | undefined): Range | undefined {
  switch (expectation?.type) {
    case undefined:
      return undefined
    case 'exactly':
      return { low: expectation.value, high: expectation.value, drawn: false }
    case 'share':
      return { low: expectation.value, high: expectation.value, drawn: true }
    case 'above':
      return { low: expectation.value, high: Infinity, drawn: false }
    case 'below':
      return { low: -Infinity, high: expectation.value, drawn: false }
    case 'between':
      return { low: expectation.low, high: expectation.high, drawn: false }
  }
}

function meanOf(ranges: readonly (Range | undefined)[]): Range | undefined {
  const known = ranges.filter((range) => range !== undefined)
  if (known.length < ranges.length || known.length === 0) return undefined
  return {
    low: average(known.map(({ low }) => low)),
    high: average(known.map(({ high }) => high)),
    drawn: known.some(({ drawn }) => drawn),
  }
}

function less(to: Range | undefined, from: Range | undefined): Range | undefined {
  if (to === undefined || from === undefined) return undefined
  return { low: to.low - from.high, high: to.high - from.low, drawn: to.drawn || from.drawn }
}

/** Nothing is known of a number that may be anything, nor of one that is drawn between bounds. */
function expectationOf(range: Range | undefined): Expectation | undefined {
  if (range === undefined) return undefined
  const { low, high, drawn } = range
  if (low === high) return drawn ? share(low) : exactly(low)
  if (drawn || (low === -Infinity && high === Infinity)) return undefined
  if (high === Infinity) return above(low)
  return low === -Infinity ? below(high) : between(low, high)
}
