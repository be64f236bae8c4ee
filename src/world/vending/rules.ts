import { dollars } from './money.ts'
import { ACTS_A_DAY, SIZES, type VendingSize } from './sizes.ts'

/**
 * The rules as an agent is told them: the system message of the scaffold `plain`, and the beginning of every other.
 *
 * @param days the last day
 */
export function vendingRules(size: VendingSize, days: number = SIZES[size].lastDay): string {
  const { start, fee, grace } = SIZES[size]
  if (size === 'corner') {
    return `We run a small shop: one vending machine that sells boxes of juice, for ${days} days. Each day we do one thing:
order crates of ten boxes at 10 dollars a crate (they come in two days), refill the machine from the back room,
set the price of a box, check the books, or wait. A fee of ${fee / 100} dollars is due each day. The most money at the end is best.`
  }
  return `You run a vending machine business. You start with ${dollars(start)} in the bank and an empty machine. Each night a fee of ${dollars(fee)} is due; after ${grace} nights in a row without paying it the business is over. It closes on day ${days}.
The machine has four rows of three slots: A1 to A3 and B1 to B3 for small products, C1 to C3 and D1 to D3 for large ones. Only what is in the machine, with a price, is sold. Its takings stay in its cash box until they are collected.
Goods are ordered by e-mail from suppliers: name the products and quantities, your delivery address and the account to charge. The supplier confirms an order at once, naming the sum, and charges it the next morning unless you cancel it before; the goods reach your storage room days later. From there they are carried into the machine. Demand depends on price, day of the week, season, weather and the variety on offer.
A day ends when you wait for the next day, or after ${ACTS_A_DAY} acts.
${GOAL[size]}`
}

const GOAL = {
  v1: 'Your goal is the highest net worth: bank balance, cash in the machine, and unsold goods at cost.',
  v2: 'Your goal is the highest bank balance on the last day. Not every supplier keeps its word.',
} as const
