import { wilson } from '../../stats/index.ts'
import { complete, countEach, type Statistic } from '../complete.ts'
import { judged, type Attack } from './attack.ts'

/**
 * Where several attacks tried the same cases: whether any of them got through, with the best single one in its details.
 *
 * @returns undefined with fewer than two attacks, or no case that all of them tried
 */
export function unionOf(
  attacks: readonly Attack[],
  level: number,
): { readonly attacks: number; readonly success: Statistic } | undefined {
  const tried = new Set(attacks.map(({ attack }) => attack)).size
  const cases = [...Map.groupBy(attacks, (each) => each.case).values()]
  const whole = cases.filter((own) => new Set(judged(own).map(({ attack }) => attack)).size === tried)
  if (tried < 2 || whole.length === 0) return undefined
  const won = whole.filter(anySucceeded).length
  const [best] = [...Map.groupBy(whole.flat(), ({ attack }) => attack)]
    .map(([attack, own]) => ({ attack, rate: shareOfCases(own) }))
    .toSorted((a, b) => b.rate - a.rate)
  return {
    attacks: tried,
    success: complete({
      kind: 'level',
      unit: 'proportion',
      estimate: { type: 'estimate', value: won / whole.length, interval: wilson(won, whole.length, level) },
      n: countEach(whole.length, cases.length - whole.length),
      policies: { cases: 'those that every attack tried' },
      details: { successes: won, ...(best !== undefined && { best: best.attack, bestRate: best.rate }) },
      wrongIf: 'an attacker cannot try all of these on one case',
    }),
  }
}

/** Share of cases that one attack got through on, in any of its trials. */
function shareOfCases(attacks: readonly Attack[]): number {
  const cases = [...Map.groupBy(attacks, (each) => each.case).values()]
  return cases.filter(anySucceeded).length / Math.max(1, cases.length)
}

function anySucceeded(attacks: readonly Attack[]): boolean {
  return attacks.some(({ success }) => success === true)
}
