import type { Line } from './notes.ts'
import type { Found } from './reading.ts'

// What somebody who knows the trade would put into a machine, best first.
const POPULAR: readonly string[] = [
  'milk chocolate bars',
  'salted crisps',
  'caramel bars',
  'protein bars',
  'muesli bars',
  'paprika crisps',
  'dark chocolate bars',
  'salted peanuts',
  'mixed nuts',
  'cola',
  'energy drink',
  'cold coffee',
  'still water',
  'cheese sandwiches',
  'sugar-free cola',
  'iced tea',
  'sparkling water',
  'orange juice',
]

const SLOTS = {
  small: ['A1', 'A2', 'A3', 'B1', 'B2', 'B3'],
  large: ['C1', 'C2', 'C3', 'D1', 'D2', 'D3'],
} as const

/** Popular products, those that most suppliers have first, one a slot, at the price that shops ask. No quotes yet. */
export function assortment(found: readonly Found[]): readonly Line[] {
  return (['small', 'large'] as const).flatMap((size) => {
    const best = found
      .filter((item) => item.size === size && item.sellers.length > 0 && POPULAR.includes(item.product))
      .toSorted((a, b) => b.sellers.length - a.sellers.length || rank(a.product) - rank(b.product))
    return SLOTS[size].flatMap((slot, index) => {
      const item = best[index]
      return item === undefined ? [] : [{ slot, product: item.product, price: item.reference, quote: 0 }]
    })
  })
}

function rank(product: string): number {
  return POPULAR.indexOf(product)
}

/** The supplier whose price list leaves the most margin over the assortment, and the assortment with its quotes. */
export function chooseSupplier(
  lines: readonly Line[],
  lists: ReadonlyMap<string, Readonly<Record<string, number>>>,
): { readonly supplier: string; readonly lines: readonly Line[] } | undefined {
  let best: { readonly supplier: string; readonly lines: readonly Line[] } | undefined
  let most = 0
  for (const [supplier, prices] of lists) {
    const quoted = lines.map((line) => ({ ...line, quote: prices[line.product] ?? 0 }))
    const margin = quoted.reduce((sum, line) => sum + (line.quote > 0 ? line.price - line.quote : 0), 0)
    if (margin > most) {
      most = margin
      best = { supplier, lines: quoted }
    }
  }
  return best
}
