import { accountOf, openOrdersWith, type Business } from './business.ts'
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
    ...(talk === undefined ? [] : [TALK[talk.type](unitsText(talk.units))]),
  ].join('\n')
}

/** What a supplier and the shop spoke of last, and have not settled. */
export interface Topic {
  readonly type: 'quoted' | 'asked'
  readonly units: Units
}

const TALK: Readonly<Record<Topic['type'], (units: string) => string>> = {
  quoted: (units) => `The supplier quoted ${units}.`,
  asked: (units) => `The supplier asked for the address and the account of an order of ${units}.`,
}

export function unitsText(units: Units): string {
  return Object.entries(units)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}
