import { createHash } from 'node:crypto'

/** A whole number in [0, 2^32) from any number of parts; equal parts give equal numbers on every machine. */
export function seedFrom(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(parts.join('\u0000')).digest().readUInt32LE(0)
}

/** Numbers in [0, 1). Every generator in Assay is one of these, made from a seed. */
export type Random = () => number

/** One of the items, each as likely; undefined where there are none. Takes one number. */
export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)]
}

/** The items in a random order, by Fisher and Yates. Takes one number an item but the first. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const out = [...items]
  for (let last = out.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [out[last], out[other]]
    if (a !== undefined && b !== undefined) [out[last], out[other]] = [b, a]
  }
  return out
}

/** The items in a random order, by one number each that sorts them. */
export function sortedByLot<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, lot: random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ item }) => item)
}

/**
 * The sfc32 generator seeded by hashing its arguments. 128 bits of state, passes PractRand to 2 TB.
 *
 * @see Chris Doty-Humphrey, PractRand
 */
export function randomFrom(...parts: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest()
  let a = digest.readInt32LE(0)
  let b = digest.readInt32LE(4)
  let c = digest.readInt32LE(8)
  let counter = 1
  return () => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
}
