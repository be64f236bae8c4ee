import { accountOf, openOrdersWith, type Business } from './business.ts'
import { dollars } from './money.ts'
import type { Supplier } from './suppliers.ts'
import type { Units } from './units.ts'

/**
 * What passed between the shop and a supplier, in the sentences that its office reads before a new letter: the last order,
 * those not yet charged, and what is on the table.
 */
export function historyWith(business: Business, supplier: Supplier): string {
  const { last, talk } = accountOf(business, supplier)
  return [
    ...(last === undefined ? [] : [`The last order was ${unitsText(last)}.`]),
    ...openOrdersWith(business, supplier).map(({ units }) => `An order for ${unitsText(units)} is open.`),
    ...(talk === undefined ? [] : [topicText(talk)]),
  ].join('\n')
}

/** What a supplier and the shop spoke of last, and have not settled. */
export type Topic =
  | { readonly type: 'quoted'; readonly units: Units; readonly unitCents: Units }
  | { readonly type: 'asked'; readonly units: Units }

function topicText(topic: Topic): string {
  if (topic.type === 'asked')
    return `The supplier asked for the address and the account of an order of ${unitsText(topic.units)}.`
  const lines = Object.entries(topic.units).map(
    ([name, count]) => `${count} ${name} at ${dollars(topic.unitCents[name] ?? 0)}`,
  )
  return `The supplier quoted ${lines.join(', ')}.`
}

export function unitsText(units: Units): string {
  return Object.entries(units)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}
