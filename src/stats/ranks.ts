/** Ranks from 1 with ties at their mean rank. */
export function ranks(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const out = new Float64Array(values.length)
  for (let i = 0; i < order.length;) {
    let j = i
    while (j < order.length && values[order[j] ?? 0] === values[order[i] ?? 0]) j += 1
    for (let k = i; k < j; k += 1) out[order[k] ?? 0] = (i + j + 1) / 2
    i = j
  }
  return out
}

/** How many values are equal to each other, one number a distinct value. */
export function tieSizes(values: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>()
  for (const each of values) sizes.set(each, (sizes.get(each) ?? 0) + 1)
  return [...sizes.values()]
}
