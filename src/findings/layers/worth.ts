import { quantityTitle } from '../quantity-title.ts'
import { clusterMean } from '../../stats/index.ts'
import type { Analysed } from '../finding.ts'
import { breaches, stackName } from './stack-cases.ts'
import { base, type Part } from './stack-part.ts'

/**
 * Each layer's worth: how much less gets through because of it, averaged over every order in which layers can be added.
 * It is a mean over cases of each case's own value, so its interval is that of a mean with behaviours as clusters.
 *
 * @see Shapley (1953), A value for n-person games
 */
export function worths(part: Part): readonly Analysed[] {
  const { cases, layers, settings, input } = part
  if (cases.length === 0) return []
  const stacks = Array.from({ length: 2 ** layers.length }, (_, stack) => stack)
  const through = stacks.map((stack) => cases.map((each) => Number(breaches(each, stack, settings))))
  const behaviours = cases.map(({ behaviour }) => behaviour)
  return layers.map((name, at): Analysed => {
    const others = stacks.filter((stack) => !((stack >> at) & 1))
    const prevented = (stack: number, row: number): number =>
      (through[stack]?.[row] ?? 0) - (through[stack | (1 << at)]?.[row] ?? 0)
    const own = cases.map((_, row) =>
      others.reduce((sum, stack) => sum + orderShare(bits(stack), layers.length) * prevented(stack, row), 0),
    )
    const estimate = clusterMean(own, behaviours, input.level)
    const marginals = others
      .map((stack) => ({
        stack: stackName(stack, layers),
        prevents: cases.reduce((sum, _, row) => sum + prevented(stack, row), 0) / cases.length,
      }))
      .toSorted((a, b) => a.prevents - b.prevents)
    return {
      ...base(part),
      quantity: 'contribution',
      title: quantityTitle('contribution'),
      kind: 'change',
      unit: 'proportion',
      conditions: { ...part.conditions, layer: name },
      estimate,
      method: 'Shapley value, cluster-robust t over behaviours',
      details: { least: { ...marginals[0] }, most: { ...marginals.at(-1) } },
    }
  })
}

/** Share of all orders in which exactly so many of the other layers stand before one: |S|!(k − |S| − 1)!/k! */
function orderShare(before: number, layers: number): number {
  let ways = 1
  for (let i = 1; i <= before; i += 1) ways = (ways * i) / (layers - i)
  return ways / layers
}

function bits(stack: number): number {
  return stack.toString(2).replaceAll('0', '').length
}
