import { randomFrom, shuffled } from '../../record/index.ts'

/** Everything that a family draws by lot. Equal seeds draw equal things. */
export interface Draw {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  shuffled<T>(list: readonly T[]): readonly T[]
  /** A capitalised word of six letters that this draw has not given before. */
  name(): string
  /** Two letters and five digits that this draw has not given before, like `QK-48213`. */
  code(): string
}

const CONSONANTS = 'bdfgklmnprstvz'
const VOWELS = 'aeiou'
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

export function drawFrom(...seed: readonly (string | number)[]): Draw {
  const random = randomFrom('workspace family', ...seed)
  const given = new Set<string>()
  const letter = (from: string): string => from.charAt(Math.floor(random() * from.length))
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
  const fresh = (make: () => string): string => {
    for (;;) {
      const text = make()
      if (given.has(text)) continue
      given.add(text)
      return text
    }
  }
  const word = (): string => {
    let text = ''
    for (let syllable = 0; syllable < 3; syllable++) text += letter(CONSONANTS) + letter(VOWELS)
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  return {
    whole,
    pick: (list) => list[Math.floor(random() * list.length)] ?? list[0],
    shuffled: (list) => shuffled(list, random),
    name: () => fresh(word),
    code: () => fresh(() => `${letter(LETTERS)}${letter(LETTERS)}-${whole(10_000, 99_999)}`),
  }
}

/** `total` as the sum of `parts` whole numbers of at least 1, drawn evenly. `parts` must not exceed `total`. */
export function shares(draw: Draw, total: number, parts: number): readonly number[] {
  const share = Array.from({ length: parts }, () => 1)
  for (let left = total - parts; left > 0; left--) {
    const to = draw.whole(0, parts - 1)
    share[to] = (share[to] ?? 0) + 1
  }
  return share
}

/**
 * For each of `jobs` pieces of work in order, the earlier piece that shows what it needs, if any piece did by then.
 *
 * How far back is drawn evenly on a log scale from 1 to as far as there is, so that every age of a fact occurs.
 *
 * @param first the first piece that can show anything
 */
export function lookBack(draw: Draw, jobs: number, first = 0): readonly (number | undefined)[] {
  return Array.from({ length: jobs }, (_, job) => {
    const farthest = job - first
    if (farthest < 1) return undefined
    return job - Math.max(1, Math.round(farthest ** (draw.whole(0, 1000) / 1000)))
  })
}
