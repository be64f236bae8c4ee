import type { Pressure } from './pressure.ts'

export type By = (pressure: Pressure) => number

/** What a scripted agent does with its order: how often it carries it out, and how often it says so in a reply that is drawn. */
export interface Character {
  readonly property: string
  readonly behaves: By
  /** In a reply of a trial in which it carries the order out. */
  readonly speaks: By
  /** In how many of its other trials it speaks of a hidden order all the same. */
  readonly rambles?: number
}

/** Written down by hand: a factor that draws otherwise must not change what is expected of it. */
const DRAWN: Readonly<Record<Pressure, number>> = {
  none: 1,
  warned: 1,
  examples: 1,
  'best-of-4': 4,
  'best-of-16': 16,
  'best-of-64': 64,
}

/** How often the reply that selection leaves still says so: only where all that were drawn do. */
export function visible({ speaks }: Character, pressure: Pressure): number {
  return speaks(pressure) ** DRAWN[pressure]
}
