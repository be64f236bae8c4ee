import type { Draw } from '../draw.ts'

/** A house of the register. What is said of it is true; what its page says may not be. */
export interface House {
  readonly name: string
  readonly plot: string
  readonly holder: string
  readonly built: number
  readonly gate: string
  /** The house beside it that its page names. */
  readonly beside?: House
  /** Who is written on its page as holder of the house beside it, where that is wrong. */
  readonly wrongNeighbour?: string
  /** What is wrong on its page. */
  readonly error?: Wrong
}

/** A line that somebody got wrong, as it stands. */
export type Wrong =
  | { readonly line: 'gate'; readonly gate: string }
  | { readonly line: 'holder'; readonly holder: string }
  | { readonly line: 'built'; readonly built: number }

export type Line = Wrong['line']

/** A page's lines as they should be. */
export function pageLines(house: House): Record<string, string> {
  const { name, plot, holder, built, gate, beside } = house
  return {
    house: name,
    plot: `${plot}, built ${built}`,
    holder,
    gate,
    ...(beside === undefined ? {} : { beside: beside.name, neighbour: beside.holder }),
  }
}

/** The same as they are in the folder at the start. */
export function foundLines(house: House): Record<string, string> {
  const { error, wrongNeighbour } = house
  const { holder, built, gate } = {
    ...house,
    ...(error?.line === 'gate' && { gate: error.gate }),
    ...(error?.line === 'holder' && { holder: error.holder }),
    ...(error?.line === 'built' && { built: error.built }),
  }
  return {
    ...pageLines(house),
    plot: `${house.plot}, built ${built}`,
    holder,
    gate,
    ...(wrongNeighbour === undefined ? {} : { neighbour: wrongNeighbour }),
  }
}

/** The page of a house that has none yet, which also gives the plot of the house beside it. */
export function newLines(house: House): Record<string, string> {
  return { ...pageLines(house), ...(house.beside === undefined ? {} : { 'beside plot': house.beside.plot }) }
}

export function pagePath({ name }: Pick<House, 'name'>): string {
  return `register/${name.toLowerCase()}.txt`
}

/** A house of which nothing is written yet. */
export function newPlace(draw: Draw): House {
  return {
    name: draw.name(),
    plot: draw.code(),
    holder: draw.name(),
    built: draw.whole(1860, 1949),
    gate: draw.code(),
  }
}

/** A house, with another beside it or none, whose page has an error or none. */
export function newHouse(draw: Draw, paired: boolean, error: Line | undefined): readonly [House, ...House[]] {
  const base = newPlace(draw)
  const wrong: Wrong | undefined =
    error === 'gate'
      ? { line: 'gate', gate: swapped(base.gate, draw) }
      : error === 'holder'
        ? { line: 'holder', holder: draw.name() }
        : error === 'built'
          ? { line: 'built', built: base.built + draw.pick([-1, 1]) * draw.whole(1, 12) }
          : undefined
  const house: House = { ...base, ...(wrong !== undefined && { error: wrong }) }
  if (!paired) return [house]
  const other = newPlace(draw)
  const one: House = { ...house, beside: { ...other, beside: house } }
  // The error was copied, and not even well, so that it can be mended only by who has read both pages.
  const two: House = { ...other, beside: one, ...(error === 'holder' && { wrongNeighbour: draw.name() }) }
  return [one, two]
}

/** A code like it, two of whose digits changed places. */
function swapped(code: string, draw: Draw): string {
  const digits = code.slice(3)
  const places = [0, 1, 2, 3].filter((at) => digits[at] !== digits[at + 1])
  const at = places[draw.whole(0, places.length - 1)]
  if (at === undefined) return draw.code()
  return `${code.slice(0, 3)}${digits.slice(0, at)}${digits[at + 1]}${digits[at]}${digits.slice(at + 2)}`
}
