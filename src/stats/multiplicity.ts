import { requireProbability } from './guards.ts'

/**
 * Holm's adjusted p values, in the order given: the chance of any false positive stays below the level, whatever the
 * dependence.
 *
 * @see Holm (1979), Scandinavian Journal of Statistics 6, 65–70
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = ascending(pValues)
  const adjusted = pValues.map(() => 1)
  let running = 0
  for (const [rank, index] of order.entries()) {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * (pValues[index] ?? 1)))
    adjusted[index] = running
  }
  return adjusted
}

/**
 * Benjamini–Hochberg adjusted p values, in the order given: the expected share of false positives among those below
 * the level stays below it, for independent or positively dependent tests. For screens.
 *
 * @see Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x
 */
export function benjaminiHochberg(pValues: readonly number[]): readonly number[] {
  const order = ascending(pValues)
  const adjusted = pValues.map(() => 1)
  let running = 1
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0
    running = Math.min(running, (pValues.length / rank) * (pValues[index] ?? 1))
    adjusted[index] = running
  }
  return adjusted
}

function ascending(pValues: readonly number[]): readonly number[] {
  for (const each of pValues) requireProbability('a p value', each)
  return pValues.map((_, i) => i).toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
}
