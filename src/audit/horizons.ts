import { also, id, outcome, type Row } from '../rows/index.ts'
import { horizonTrend, normalQuantile, type Released } from '../stats/index.ts'
import { counted } from '../report/index.ts'
import type { AuditContext, Audited, AuditKind, Part, Variant } from './audited.ts'
import { number, text } from './cells.ts'
import { doublingTime } from './doubling-time.ts'
import { split } from './parts.ts'
import { askedWindows, type Window, yearsOf } from './window.ts'

/** How fast published time horizons double. */
export const horizons: AuditKind = {
  name: 'horizons',
  about: 'one agent with its release and its published time horizon',
  finds:
    '`doubling time` of all; `doubling time, since 2023` for each year, or any other: `doubling time, since 2024-06`, `doubling time, 2019 to 2025-02` (days; the state of the art is decided inside the window)',
  columns: [
    id('agent'),
    id('date', 'date', 'its release'),
    outcome('h50', 'amount', 'minutes'),
    also('low', 'amount'),
    also('high', 'amount'),
    also('suite'),
  ],
  key: ['suite', 'agent'],
  audit: (part, context) => split(part, ['suite'], context).flatMap((suite) => trendsOf(suite, context)),
}

/** An agent of the table, with what is known of its horizon. */
interface Known extends Released {
  readonly agent: string
}

/** Longest horizon that METR's own trend uses: what its longest tasks can still measure. */
const SIXTEEN_HOURS = 960

/** In simulation (`doubling time`, docs/statistics.md): the best of their time lie closer to a line than horizons do. */
const FROM_SPREAD =
  'no published interval is used: an interval from the spread around the line holds the truth 89% of the time, not 95%'

/** Years are looked at by themselves where so many agents were at the state of the art. */
const FEWEST = 3

function trendsOf(part: Part, context: AuditContext): readonly Audited[] {
  const known = part.rows.flatMap((row) => knownOf(row, context.level))
  const years = yearsOf(known.map((each) => each.released))
    .map((window) => trendOf(part, known, window, context))
    .filter(({ n, estimate }) => n.trials >= FEWEST && estimate.type === 'estimate')
  const named = new Set(years.map((each) => each.quantity))
  const asked = askedWindows(context.asked).filter((each) => !named.has(quantityOf(each)))
  return [trendOf(part, known, WHOLE, context), ...years, ...asked.map((each) => trendOf(part, known, each, context))]
}

const WHOLE: Window = { name: '', from: -Infinity, to: Infinity }

function quantityOf({ name }: Window): string {
  return name === '' ? 'doubling time' : `doubling time, ${name}`
}

function knownOf(row: Row, level: number): readonly Known[] {
  const [released, minutes] = [number(row['date']), number(row['h50'])]
  if (released === undefined || minutes === undefined) return []
  const [low, high] = [number(row['low']), number(row['high'])]
  const holds = low !== undefined && high !== undefined && low > 0 && low <= minutes && minutes <= high && low < high
  const error = holds ? Math.log(high / low) / (2 * normalQuantile((1 + level) / 2)) : undefined
  return [{ agent: text(row['agent']), released, minutes, ...(error !== undefined && { error }) }]
}

function trendOf(part: Part, known: readonly Known[], window: Window, { has, level }: AuditContext): Audited {
  const { from, to } = window
  const inside = known.filter(({ released }) => released >= from && released <= to)
  const rows = part.rows.filter((row) => {
    const day = number(row['date']) ?? NaN
    return day >= from && day <= to
  })
  const trend = horizonTrend(inside, { level })
  const best = trend.type === 'estimate' ? trend.stateOfTheArt.flatMap((i) => inside[i] ?? []) : []
  const measured = best.length > 0 && best.every(({ error }) => error !== undefined)
  const bounded = has('low') && has('high')
  const unmeasured = best.filter(({ error }) => error === undefined).map(({ agent }) => agent)
  return {
    ...doublingTime(part, trend, {
      quantity: quantityOf(window),
      n: {
        trials: best.length,
        tasks: best.length,
        clusters: best.length,
        invalid: 0,
        missing: rows.length - inside.length,
      },
      policies: {
        stateOfTheArt: 'agents whose h50 is at least every h50 released on or before their date, decided in the window',
        missing: 'left out and counted',
        errors: measured
          ? 'of the published intervals, independent between agents, and the spread around the line beyond them'
          : 'the spread around the line',
      },
      details: {
        stateOfTheArt: best.map(({ agent }) => agent),
        notStateOfTheArt: inside.length - best.length,
        ...(trend.type === 'estimate' && { growthPerYear: 2 ** (365.25 / trend.doublingDays) }),
      },
      caveats: [
        ...(measured || best.length === 0 ? [] : [FROM_SPREAD]),
        ...behindBefore(known, best, window),
        ...(has('suite') ? [] : ['no suite is given: horizons of different suites are not comparable']),
        ...(bounded && unmeasured.length > 0 && best.length > 0
          ? [
              `the interval of ${unmeasured.join(', ')} is missing or does not hold h50, so no published interval is used`,
            ]
          : []),
      ],
    }),
    variants: variantsOf(known, inside, window),
  }
}

/** The first agents of a window are its state of the art however short their horizons are, which makes it double faster than it did. */
function behindBefore(known: readonly Known[], best: readonly Known[], { from }: Window): readonly string[] {
  const before = known.reduce((most, { released, minutes }) => (released < from ? Math.max(most, minutes) : most), 0)
  const behind = best.filter(({ minutes }) => minutes < before)
  const without = doublingOf(best.filter(({ minutes }) => minutes >= before))
  if (behind.length === 0) return []
  const then = without === undefined ? 'too few are left without them' : `without them it is ${without.toFixed(1)} days`
  return [`${counted(behind.length, 'agent')} at its start had a shorter horizon than one released before; ${then}`]
}

/** What others have counted: other agents, or other ends. */
function variantsOf(known: readonly Known[], inside: readonly Known[], { from, to }: Window): readonly Variant[] {
  const ofAll = bestOf(known).filter(({ released }) => released >= from && released <= to)
  const short = bestOf(inside).filter(({ minutes }) => minutes <= SIXTEEN_HOURS)
  const first = inside.filter(
    (a, i) => a.minutes > 0 && inside.every((b, j) => i === j || b.released > a.released || b.minutes < a.minutes),
  )
  return [
    { policy: 'the state of the art decided over the whole table', of: ofAll },
    { policy: 'every agent of the window, state of the art or not', of: inside },
    { policy: 'agents that are strictly above all before them', of: first },
    { policy: 'horizons above 16 hours left out', of: short },
  ].flatMap(({ policy, of }) => {
    const value = doublingOf(of)
    return value === undefined ? [] : [{ policy, value }]
  })
}

function bestOf(known: readonly Known[]): readonly Known[] {
  const trend = horizonTrend(known)
  return trend.type === 'estimate' ? trend.stateOfTheArt.flatMap((i) => known[i] ?? []) : []
}

/** Doubling time of just these agents, whichever of them was ahead. */
function doublingOf(agents: readonly Known[]): number | undefined {
  const found = horizonTrend(agents, { of: 'all' })
  return found.type === 'estimate' ? found.doublingDays : undefined
}
