/** Where in a model, as a share of its depth, so that models of any depth can be compared. */
export type Depth = 'third' | 'half' | 'two-thirds'

const DEPTHS: Readonly<Record<Depth, number>> = { third: 1 / 3, half: 1 / 2, 'two-thirds': 2 / 3 }

/** The block of this depth: one that takes a vector. */
export function layerAt(depth: Depth, layers: number): number {
  return Math.min(layers - 1, Math.max(1, Math.round(DEPTHS[depth] * layers)))
}
