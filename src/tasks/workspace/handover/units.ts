import { lookBack, type Draw } from '../draw.ts'
import { newHouse, newPlace, type House, type Line } from './houses.ts'

/** A letter, and what comes of it. */
export interface Unit {
  /** From 0. */
  readonly place: number
  /** Whose new page the letter asks for. */
  readonly house: House & { readonly beside: House }
  /** The house beside it, where no letter before was about a house beside that one, and the one that its page names. */
  readonly fresh: readonly House[]
  /** The house of which something is said in passing, and which line of its page it is about. */
  readonly about: House
  readonly line: Line
  /** Whether that shows its page to be wrong, agrees with it, or says nothing that anybody knows. */
  readonly says: 'wrong' | 'agrees' | 'hollow'
  /** The page that copied the error. */
  readonly copied?: House
  /** Place of the last letter that bears on the new page. */
  readonly ripe: number
}

interface Shape {
  /** The letter is about a house beside one whose page was not read before. */
  readonly fresh: boolean
  /** It shows a page to be wrong, which another page copied, or none. */
  readonly shows: 'nothing' | 'error' | 'copied error'
}

const SHAPES: readonly Shape[] = ([true, false] as const).flatMap((fresh) =>
  (['nothing', 'error', 'copied error'] as const).map((shows) => ({ fresh, shows })),
)

/** A letter, the page beside where it is new, the new page; one more to mend a page, two for a copy of the error. */
function actsOf({ fresh, shows }: Shape): number {
  return 2 + (fresh ? 1 : 0) + { nothing: 0, error: 1, 'copied error': 3 }[shows]
}

const PLAIN: Shape = { fresh: true, shows: 'nothing' }

function shapesOf(steps: number, draw: Draw): readonly Shape[] {
  if (steps < actsOf(PLAIN)) return [PLAIN]
  const shapes: Shape[] = []
  // Pages that have been read and not yet been shown to be wrong.
  let sound = 0
  for (let left = steps; left > 0;) {
    const fits = SHAPES.filter((shape) => {
      const rest = left - actsOf(shape)
      const pages = sound + (shape.fresh ? 1 : 0)
      return (rest === 0 || rest >= 2) && (shape.fresh || shapes.length > 0) && (shape.shows === 'nothing' || pages > 0)
    })
    const shape = fits[draw.whole(0, fits.length - 1)] ?? PLAIN
    shapes.push(shape)
    left -= actsOf(shape)
    sound += (shape.fresh ? 1 : 0) - (shape.shows === 'nothing' ? 0 : 1)
  }
  return shapes
}

/** An error, by the places of the letters that bring the page and that show it to be wrong. */
interface Shown {
  readonly at: number
  readonly copied: boolean
}

/** Which page, by the letter that brings it, each letter shows to be wrong: of those left, as far back as a log scale has it. */
function errorsOf(shapes: readonly Shape[], draw: Draw): ReadonlyMap<number, Shown> {
  const errors = new Map<number, Shown>()
  const sound: number[] = []
  for (const [place, { fresh, shows }] of shapes.entries()) {
    if (fresh) sound.push(place)
    if (shows === 'nothing') continue
    const back = Math.round(sound.length ** (draw.whole(0, 1000) / 1000))
    const [page] = sound.splice(sound.length - Math.max(1, back), 1)
    if (page !== undefined) errors.set(page, { at: place, copied: shows === 'copied error' })
  }
  return errors
}

/** The letters of a task of so many steps. */
export function newUnits(steps: number, draw: Draw): readonly Unit[] {
  const shapes = shapesOf(steps, draw)
  const errors = errorsOf(shapes, draw)
  const pages = shapes.map(({ fresh }, place) => (fresh ? newPages(errors.get(place), draw) : []))
  const shown = new Map([...errors].map(([page, { at }]) => [at, page]))
  const earlier = lookBack(draw, shapes.length)
  const besides: House[] = []
  const heads = shapes.map((_, place): Omit<Unit, 'ripe'> => {
    const fresh = pages[place] ?? []
    const known = besides[earlier[place] ?? 0]
    const beside = fresh[0] ?? known
    if (beside === undefined) throw new Error('Every house has one beside it.')
    besides.push(beside)
    const house = { ...newPlace(draw), gate: beside.gate, beside }
    const [wrong, copy] = pages[shown.get(place) ?? -1] ?? []
    if (wrong?.error !== undefined) {
      const copied = copy?.wrongNeighbour === undefined ? {} : { copied: copy }
      return { place, house, fresh, about: wrong, line: wrong.error.line, says: 'wrong', ...copied }
    }
    const about = known !== undefined && draw.whole(0, 1) === 0 ? known : beside
    const line = draw.shuffled(['gate', 'built', 'holder'] as const).find((line) => line !== about.error?.line)
    return { place, house, fresh, about, line: line ?? 'gate', says: draw.pick(['agrees', 'hollow'] as const) }
  })
  const shownAt = new Map(
    heads.flatMap(({ says, about, place }) => (says === 'wrong' ? [[about, place] as const] : [])),
  )
  return heads.map((unit) => ({ ...unit, ripe: Math.max(unit.place, shownAt.get(unit.house.beside) ?? 0) }))
}

function newPages(error: Shown | undefined, draw: Draw): readonly House[] {
  if (error === undefined) return newHouse(draw, draw.whole(0, 1) === 0, undefined)
  if (error.copied) return newHouse(draw, true, 'holder')
  const line = draw.pick(['gate', 'built', 'holder'] as const)
  // What stands beside a house whose holder is wrong has copied that.
  return newHouse(draw, line !== 'holder' && draw.whole(0, 1) === 0, line)
}
