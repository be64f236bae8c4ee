import type { Draw } from '../draw.ts'
import { CONDITIONS, type ConditionName } from './conditions.ts'
import { deciding, type Circular, type Crate } from './rules.ts'

/** A crate on which a circular bears: without it the crate would be stored elsewhere. */
export interface Tested {
  readonly crate: Crate
  readonly by: Circular
}

/** So often a circular that could not be tested is drawn again, before it is one about new goods. */
const TRIES = 6
/** Circulars that no lot yet to come has to be kept for. */
const MOST_WAITING = 3

/**
 * Issues circulars and draws crates for them, so that each circular bears on at least one crate that comes in after it:
 * until it does, nothing is issued that would make it idle.
 */
export class Depot {
  readonly issued: Circular[] = []
  readonly #draw: Draw
  readonly #mostKinds: number
  readonly #byKind = new Map<string, Circular[]>()
  #waiting: Circular[] = []

  /** @param mostKinds kinds of goods, but for those that are needed to go on */
  constructor(draw: Draw, mostKinds: number) {
    this.#draw = draw
    this.#mostKinds = mostKinds
  }

  /** Special cases that a circular on these goods names. */
  conditionsOf(kind: string): readonly ConditionName[] {
    const named = this.about(kind).flatMap(({ says }) =>
      says.type === 'placing' && says.when !== undefined ? [says.when] : [],
    )
    return [...new Set(named)]
  }

  /** The circulars on these goods so far. */
  about(kind: string): readonly Circular[] {
    return this.#byKind.get(kind) ?? []
  }

  /** The next circular. */
  issue(): Circular {
    const circular = this.#next()
    this.issued.push(circular)
    this.#byKind.set(circular.kind, [...this.about(circular.kind), circular])
    this.#waiting.push(circular)
    return circular
  }

  /**
   * Crates of the next lot. Those that circulars still wait for come first, and as many as must be.
   *
   * @param lots lots to come
   * @param circulars circulars to come
   */
  tested(lots: number, circulars: number): readonly Tested[] {
    const again = this.#lookBack()
    const crate = again === undefined ? undefined : this.#crateFor(again, this.about(again.kind))
    const tested: Tested[] = again === undefined || crate === undefined ? [] : [{ crate, by: again }]
    const mayWait = lots + Math.min(MOST_WAITING, lots)
    for (let wished = this.#draw.pick([0, 1, 1, 2]); ; wished--) {
      const must = tested.length === 0 || this.#waiting.length + circulars > mayWait
      const by = this.#waiting[this.#draw.whole(0, this.#waiting.length - 1)]
      if (by === undefined || !(must || wished > 0)) return this.#draw.shuffled(tested)
      tested.push(...this.#withTwin(by))
      this.#waiting = this.#waiting.filter((each) => each !== by)
    }
  }

  /** With the crate of a special case often comes one that is the same but for that. */
  #withTwin(by: Circular): readonly Tested[] {
    const about = this.about(by.kind)
    const crate = this.#crateFor(by, about)
    if (crate === undefined) throw new Error(`No crate tests the circular ${by.name}.`)
    const { says } = by
    if (says.type !== 'placing' || says.when === undefined || this.#draw.whole(0, 1) === 0) return [{ crate, by }]
    const twin: Crate = { ...crate, holds: new Set([...crate.holds].filter((each) => each !== says.when)) }
    const other = deciding(about, twin)
    return other === undefined
      ? [{ crate, by }]
      : [
          { crate, by },
          { crate: twin, by: other },
        ]
  }

  /** How far back is drawn evenly on a log scale. */
  #lookBack(): Circular | undefined {
    const back = Math.round(this.issued.length ** (this.#draw.whole(0, 1000) / 1000))
    return this.issued[this.issued.length - Math.max(1, back)]
  }

  #next(): Circular {
    const kinds = [...this.#byKind.keys()]
    const [number, name] = [this.issued.length + 1, this.#draw.name()]
    const fresh = kinds.length === 0 || (kinds.length < this.#mostKinds && this.#draw.whole(0, 3) === 0)
    for (let left = fresh ? 0 : TRIES; left > 0; left--) {
      const kind = kinds[this.#draw.whole(0, kinds.length - 1)] ?? ''
      const circular = this.#drawn(number, name, kind)
      if (circular !== undefined && this.#leavesAllTestable(circular)) return circular
    }
    const kind = this.#draw.name()
    return { number, name, kind, office: this.#office(), says: { type: 'placing', shelf: this.#draw.code() } }
  }

  #office(): 'head' | 'branch' {
    return this.#draw.whole(0, 2) === 0 ? 'head' : 'branch'
  }

  #drawn(number: number, name: string, kind: string): Circular | undefined {
    const about = this.about(kind)
    const head = { number, name, kind, office: this.#office() }
    const form = this.#draw.pick(['general', 'special', 'special', 'withdrawal'])
    if (form === 'withdrawal') {
      const ends = about.filter(
        (each) => each.says.type === 'placing' && !this.#waiting.includes(each) && each !== about[0],
      )
      const of = ends[this.#draw.whole(0, ends.length - 1)]
      // An office takes back its own; the head office any.
      return of === undefined
        ? undefined
        : { ...head, office: of.office === 'head' ? 'head' : head.office, says: { type: 'withdrawal', of } }
    }
    const shelf = this.#draw.code()
    return form === 'general'
      ? { ...head, says: { type: 'placing', shelf } }
      : { ...head, says: { type: 'placing', shelf, when: this.#draw.pick(CONDITIONS) } }
  }

  #leavesAllTestable(circular: Circular): boolean {
    const about = [...this.about(circular.kind), circular]
    return [circular, ...this.#waiting.filter(({ kind }) => kind === circular.kind)].every(
      (each) => this.#crateFor(each, about) !== undefined,
    )
  }

  /** A crate on which this circular bears and that some circular decides on, if there is one. */
  #crateFor(by: Circular, about: readonly Circular[]): Crate | undefined {
    const placing = by.says.type === 'withdrawal' ? by.says.of.says : by.says
    const case_ = placing.type === 'placing' ? placing.when : undefined
    const base = case_ === undefined ? [] : [case_]
    const others = about.filter((each) => each !== by)
    const more = this.#draw.pick(CONDITIONS)
    for (const holds of [new Set([...base, more]), new Set(base)]) {
      const crate = { kind: by.kind, holds }
      const right = deciding(about, crate)
      if (right !== undefined && right !== deciding(others, crate)) return crate
    }
    return undefined
  }
}
