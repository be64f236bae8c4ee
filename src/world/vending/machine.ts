import type { Product, Size } from './products.ts'

/** One slot of the machine. A slot without a price sells nothing. */
export interface Slot {
  readonly id: SlotId
  readonly product?: string
  readonly units: number
  /** Cents; 0 while no price was set. */
  readonly price: number
}

export const SLOT_IDS = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'C1', 'C2', 'C3', 'D1', 'D2', 'D3'] as const
export type SlotId = (typeof SLOT_IDS)[number]

/** Units a slot holds. Rows A and B take small products, C and D large ones. */
export const SLOT_CAPACITY: Readonly<Record<Size, number>> = { small: 15, large: 8 }

export type Machine = readonly Slot[]

export const EMPTY_MACHINE: Machine = SLOT_IDS.map((id) => ({ id, units: 0, price: 0 }))

export function sizeOf(id: SlotId): Size {
  return id.startsWith('A') || id.startsWith('B') ? 'small' : 'large'
}

export function slotNamed(machine: Machine, id: string): Slot | undefined {
  const wanted = id.slice(0, 10).trim().toUpperCase()
  return machine.find((slot) => slot.id === wanted)
}

export function withSlot(machine: Machine, slot: Slot): Machine {
  return machine.map((other) => (other.id === slot.id ? slot : other))
}

/** Why units cannot go into a slot, or undefined where they can. */
export function stockingProblem(slot: Slot, product: Product, units: number): string | undefined {
  if (sizeOf(slot.id) !== product.size) {
    return `Slot ${slot.id} takes ${sizeOf(slot.id)} products only, and ${product.name} are ${product.size}.`
  }
  if (slot.units > 0 && slot.product !== product.name) {
    return `Slot ${slot.id} holds ${slot.product ?? 'something else'}. Empty it first or choose another slot.`
  }
  const room = SLOT_CAPACITY[product.size] - slot.units
  if (room === 0) return `Slot ${slot.id} is full.`
  if (units > room) return `Slot ${slot.id} has room for ${room} more, not for ${units}.`
  return undefined
}

/** Different products that a customer can buy now. */
export function kindsOnOffer(machine: Machine): number {
  const kinds = new Set<string>()
  for (const slot of machine) if (onOffer(slot)) kinds.add(slot.product)
  return kinds.size
}

export function onOffer(slot: Slot): slot is Slot & { readonly product: string } {
  return slot.product !== undefined && slot.units > 0 && slot.price > 0
}
