import { z } from 'zod'
import type { Delegation } from '../world.ts'
import { defineAct, refused, told, type Act, type Done } from './act.ts'
import type { Business } from './business.ts'
import { collect } from './ledger.ts'
import { slotNamed, SLOT_CAPACITY, SLOT_IDS, stockingProblem, withSlot } from './machine.ts'
import { cents, dollars } from './money.ts'
import { machineText } from './observation.ts'
import { productNamed } from './products.ts'
import { addUnits } from './units.ts'

// What needs hands at the machine. A scaffold may give these acts to an assistant instead of the shopkeeper.

/** Dearer than this no slot can be set; a machine's display has four digits. */
const HIGHEST_PRICE = 99.99

const stockMachine: Act = defineAct(
  {
    name: 'stock_machine',
    description: `Carry units of a product from the storage room into a slot of the machine (${SLOT_IDS[0]} to ${SLOT_IDS.at(-1) ?? ''}). A slot holds one product: up to ${SLOT_CAPACITY.small} small or ${SLOT_CAPACITY.large} large units.`,
    input: z.object({ slot: z.string(), product: z.string(), quantity: z.number() }),
  },
  (business, { slot: id, product: name, quantity }): Done => {
    const slot = slotNamed(business.machine, id)
    if (slot === undefined) return refused(business, noSlot(id))
    const product = productNamed(name)
    if (product === undefined) return refused(business, `There is no product called ${name.slice(0, 60)}.`)
    if (!Number.isSafeInteger(quantity) || quantity < 1)
      return refused(business, 'The quantity must be a whole number of at least 1.')
    const stored = business.storage[product.name] ?? 0
    if (stored === 0) return refused(business, `There are no ${product.name} in storage.`)
    const problem = stockingProblem(slot, product, quantity)
    if (problem !== undefined) return refused(business, problem)
    if (quantity > stored) return refused(business, `Storage holds only ${stored} ${product.name}.`)
    const next: Business = {
      ...business,
      storage: addUnits(business.storage, product.name, -quantity),
      machine: withSlot(business.machine, { ...slot, product: product.name, units: slot.units + quantity }),
    }
    const unpriced = slot.price === 0 ? ' It has no price yet and sells nothing.' : ''
    return told(next, `Slot ${slot.id} now holds ${slot.units + quantity} ${product.name}.${unpriced}`)
  },
)

const emptySlot: Act = defineAct(
  {
    name: 'empty_slot',
    description: 'Carry everything in a slot back to the storage room.',
    input: z.object({ slot: z.string() }),
  },
  (business, { slot: id }): Done => {
    const slot = slotNamed(business.machine, id)
    if (slot === undefined) return refused(business, noSlot(id))
    if (slot.product === undefined || slot.units === 0) return refused(business, `Slot ${slot.id} is empty.`)
    const next: Business = {
      ...business,
      storage: addUnits(business.storage, slot.product, slot.units),
      machine: withSlot(business.machine, { id: slot.id, units: 0, price: slot.price }),
    }
    return told(next, `${slot.units} ${slot.product} went back to storage.`)
  },
)

const collectCash: Act = defineAct(
  {
    name: 'collect_cash',
    description: "Take the money out of the machine's cash box to the bank.",
    input: z.object({}),
  },
  (business): Done => {
    const taken = business.ledger.machine
    const ledger = collect(business.ledger)
    return told({ ...business, ledger }, `Collected ${dollars(taken)}. The bank balance is ${dollars(ledger.bank)}.`)
  },
)

const setPrice: Act = defineAct(
  {
    name: 'set_price',
    description: 'Set the price of a slot in dollars.',
    input: z.object({ slot: z.string(), price: z.number().describe('dollars for one unit') }),
  },
  (business, { slot: id, price }): Done => {
    const slot = slotNamed(business.machine, id)
    if (slot === undefined) return refused(business, noSlot(id))
    if (!(price >= 0.01 && price <= HIGHEST_PRICE)) {
      return refused(business, `A price lies between $0.01 and ${dollars(cents(HIGHEST_PRICE))}.`)
    }
    const next = { ...business, machine: withSlot(business.machine, { ...slot, price: cents(price) }) }
    return told(next, `Slot ${slot.id} now asks ${dollars(cents(price))}.`)
  },
)

const readMachine: Act = defineAct(
  {
    name: 'read_machine',
    description: 'Read the machine: products, stock, prices, units sold yesterday and money in the cash box.',
    input: z.object({}),
  },
  (business): Done => told(business, machineText(business)),
)

function noSlot(id: string): string {
  return `There is no slot ${id.slice(0, 20)}. Slots are ${SLOT_IDS.join(', ')}.`
}

export const HAND_ACTS: readonly Act[] = [stockMachine, emptySlot, collectCash, setPrice, readMachine]

const NAMES = HAND_ACTS.map(({ tool }) => tool.name)

/** The assistant at the machine. */
export const HANDS: Delegation = {
  tools: NAMES,
  subAgent: {
    name: 'sub_agent',
    description: `Hand a physical task to your assistant at the machine, who has these tools: ${NAMES.join(', ')}. Say all it must know; it does not see your conversation.`,
    system:
      'You are the hands of a business: you carry out physical acts at the machine with your tools, exactly as you are asked, and then report in one or two sentences what you did and saw.',
  },
}
