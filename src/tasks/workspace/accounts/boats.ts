import type { Draw } from '../draw.ts'
import { TRADES, type Standing } from './wordings.ts'

/** Who is named to be heard, and who beside them is not. */
interface Pointer {
  readonly name: string
  readonly idle: string
  text: string
}

/** What a paper says of a witness of an earlier boat. */
export interface Remark {
  readonly of: Witness
  readonly kind: 'away' | 'taken back' | 'party'
  /** False where it only sounds so. */
  readonly so: boolean
  text: string
}

export interface Witness {
  readonly name: string
  readonly trade: string
  readonly town: string
  /** What the witness's own paper makes of it. */
  readonly claims: 'counts' | 'unseen' | 'party'
  standing: Standing
  berth: string
  readonly other: string
  readonly last: boolean
  /** Where the way here is told, and where it leads. */
  readonly before: Pointer
  readonly next: Pointer
  /** What is named beside the last of all. */
  readonly after?: Pointer
  readonly remarks: Remark[]
  text: string
}

export interface Boat {
  readonly number: number
  readonly name: string
  readonly log: string
  readonly first: Pointer
  readonly witnesses: readonly Witness[]
  readonly remarks: Remark[]
  /** Found out from the witnesses. */
  berth: string
  /** The place of the boat whose papers are the last that bear on this one. */
  ripe: number
}

/** What may hold a remark. */
type Paper = Pick<Boat, 'remarks'>

/**
 * Boats with so many witnesses each.
 *
 * @param earlier for each boat, the earlier one of which its papers tell something; of another one too, drawn evenly
 */
export function newBoats(
  sizes: readonly number[],
  earlier: readonly (number | undefined)[],
  draw: Draw,
): readonly Boat[] {
  const boats = sizes.map((size, place) => newBoat(place, size, draw))
  const told = new Set<Witness>()
  const bearings = earlier.flatMap((from, place) =>
    from === undefined ? [] : [[place, from] as const, [place, draw.whole(0, place - 1)] as const],
  )
  for (const [place, from] of bearings) {
    const [boat, about] = [boats[place], boats[from]]
    if (boat === undefined || about === undefined) continue
    const [of] = draw.shuffled(about.witnesses.filter((each) => each.claims === 'counts' && !told.has(each)))
    if (of === undefined) continue
    told.add(of)
    const remark: Remark = {
      of,
      kind: draw.pick(['away', 'taken back', 'party']),
      so: draw.whole(0, 2) > 0,
      text: '',
    }
    const papers: readonly [Paper, ...Paper[]] = [boat, ...boat.witnesses]
    draw.pick(papers).remarks.push(remark)
    if (!remark.so) continue
    of.standing = remark.kind
    about.ripe = Math.max(about.ripe, place)
  }
  for (const boat of boats) conclude(boat, draw)
  return boats
}

function newBoat(place: number, size: number, draw: Draw): Boat {
  const pointers = Array.from({ length: size + 1 }, (): Pointer => ({ name: draw.name(), idle: draw.name(), text: '' }))
  const [first] = pointers
  if (first === undefined) throw new Error('A boat has a witness.')
  const witnesses = pointers.slice(0, -1).map((before, at): Witness => {
    const next = pointers[at + 1] ?? before
    const claims = draw.pick(['counts', 'counts', 'counts', 'unseen', 'party'] as const)
    return {
      name: before.name,
      trade: draw.pick(TRADES),
      town: draw.name(),
      claims,
      standing: claims,
      berth: '',
      other: draw.name(),
      last: at === size - 1,
      before,
      next,
      ...(at === size - 1 && { after: next }),
      remarks: [],
      text: '',
    }
  })
  return {
    number: place + 1,
    name: draw.name(),
    log: draw.code(),
    first,
    witnesses,
    remarks: [],
    berth: '',
    ripe: place,
  }
}

/** Lets all whose word counts name one berth, all who are a party another, the rest either or a third. */
function conclude(boat: Boat, draw: Draw): void {
  const [right, partial, third] = [draw.name(), draw.name(), draw.name()]
  for (const witness of boat.witnesses)
    witness.berth =
      witness.standing === 'counts'
        ? right
        : witness.standing === 'party'
          ? partial
          : draw.pick([right, partial, third])
  const has = (standing: Standing): boolean => boat.witnesses.some((each) => each.standing === standing)
  boat.berth = has('counts') ? right : has('party') ? partial : 'unknown'
}
