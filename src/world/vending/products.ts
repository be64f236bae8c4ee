import type { Appeal } from './demand.ts'

export type Size = 'small' | 'large'

/** One kind of thing that can be sold. Prices in cents. */
export interface Product extends Appeal {
  /** Place in {@link PRODUCTS}; picks the product's own luck. */
  readonly index: number
  /** Lower case, plural or mass noun; what mails and tools call it. */
  readonly name: string
  readonly size: Size
  /** What a fair wholesaler asks for one unit. */
  readonly wholesale: number
}

// Reference prices are what a vending machine in an office building takes; wholesale is 38 to 50% of them, the usual
// margin of the trade. Base demand falls with price and size. Everyday drinks are the most price-sensitive (customers
// know the shop next door); odd needs such as batteries hardly are.
const TABLE: readonly (readonly [
  name: string,
  size: Size,
  wholesale: number,
  reference: number,
  base: number,
  elasticity: number,
])[] = [
  ['salted crisps', 'small', 65, 150, 1.45, -1.8],
  ['paprika crisps', 'small', 65, 150, 1.2, -1.8],
  ['salted peanuts', 'small', 70, 160, 0.95, -1.6],
  ['mixed nuts', 'small', 120, 250, 0.65, -1.5],
  ['milk chocolate bars', 'small', 60, 140, 1.7, -1.7],
  ['dark chocolate bars', 'small', 70, 160, 1, -1.6],
  ['caramel bars', 'small', 60, 140, 1.4, -1.8],
  ['wafer bars', 'small', 55, 130, 1.1, -1.9],
  ['muesli bars', 'small', 75, 170, 1.1, -1.6],
  ['protein bars', 'small', 150, 300, 0.7, -1.3],
  ['butter biscuits', 'small', 60, 130, 0.85, -1.8],
  ['oat cookies', 'small', 70, 150, 0.9, -1.8],
  ['fruit gums', 'small', 55, 130, 0.95, -1.9],
  ['liquorice', 'small', 55, 130, 0.5, -1.9],
  ['chewing gum', 'small', 45, 110, 1.15, -1.5],
  ['peppermints', 'small', 40, 100, 0.9, -1.6],
  ['pretzel sticks', 'small', 50, 120, 0.8, -1.9],
  ['dried mango', 'small', 110, 230, 0.55, -1.5],
  ['instant coffee sachets', 'small', 50, 120, 0.55, -1.6],
  ['paper tissues', 'small', 35, 90, 0.5, -1.1],
  ['plasters', 'small', 90, 220, 0.25, -0.8],
  ['batteries', 'small', 160, 380, 0.25, -0.8],
  ['still water', 'large', 45, 120, 1.8, -2],
  ['sparkling water', 'large', 50, 130, 1.5, -2],
  ['cola', 'large', 80, 190, 1.8, -1.8],
  ['sugar-free cola', 'large', 80, 190, 1.4, -1.8],
  ['orange lemonade', 'large', 80, 190, 1.15, -1.9],
  ['iced tea', 'large', 85, 200, 1.2, -1.8],
  ['apple juice', 'large', 95, 210, 0.95, -1.7],
  ['orange juice', 'large', 110, 230, 0.9, -1.7],
  ['energy drink', 'large', 120, 270, 1.1, -1.4],
  ['cold coffee', 'large', 130, 280, 0.95, -1.4],
  ['chocolate milk', 'large', 100, 220, 0.8, -1.7],
  ['cheese sandwiches', 'large', 200, 400, 0.7, -1.5],
  ['instant noodles', 'large', 120, 260, 0.55, -1.6],
  ['umbrellas', 'large', 400, 900, 0.2, -0.9],
]

export const PRODUCTS: readonly Product[] = TABLE.map(
  ([name, size, wholesale, reference, base, elasticity], index) => ({
    index,
    name,
    size,
    wholesale,
    reference,
    base,
    elasticity,
  }),
)

const BY_NAME: ReadonlyMap<string, Product> = new Map(PRODUCTS.map((product) => [product.name, product]))

/** The product of that name, letter case and outer blanks aside, or undefined. */
export function productNamed(name: string): Product | undefined {
  return BY_NAME.get(name.slice(0, 200).trim().toLowerCase().replace(/\s+/g, ' '))
}

/** Products whose name has a word that begins like one of the query, in catalogue order; all of them for an empty query. */
export function searchProducts(query: string): readonly Product[] {
  const words = query
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2)
    .map((word) => word.replace(/(es|s)$/, ''))
  if (words.length === 0) return PRODUCTS
  return PRODUCTS.filter(({ name, size }) => {
    const parts = [...name.split(/[ -]/), size]
    return words.some((word) => parts.some((part) => part.startsWith(word)))
  })
}
