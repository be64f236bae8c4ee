/** Units of each product by name. Absent means none; zero is never stored, so two equal stocks are equal objects. */
export type Units = Readonly<Record<string, number>>

export function addUnits(stock: Units, name: string, units: number): Units {
  const left = (stock[name] ?? 0) + units
  if (left !== 0) return { ...stock, [name]: left }
  const { [name]: _none, ...others } = stock
  return others
}

export function sumUnits(stock: Units): number {
  return Object.values(stock).reduce((sum, units) => sum + units, 0)
}

/** What units come to at a price for each, in cents. */
export function valueOf(stock: Units, unitCents: Units): number {
  return Object.entries(stock).reduce((sum, [name, units]) => sum + units * (unitCents[name] ?? 0), 0)
}
