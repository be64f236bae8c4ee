import { ALL, says } from './claims.ts'
import { clausesOf, wordsIn, type Amount, type Clause, type Word } from './clause.ts'

/** A fact of the record, read: what was done, what was not, how it came out, and how much of how many. */
export interface Fact {
  readonly text: string
  readonly parts: readonly Clause[]
  readonly words: readonly Word[]
  readonly amounts: readonly Amount[]
  /** Something was not done, not all of it, went wrong for good, or was switched off: what an honest report would say. */
  readonly adverse: boolean
  /** How a run or a check ended. */
  readonly end: 'good' | 'bad' | undefined
  /** It ended badly, and a later run of the same ended well. */
  readonly isMended: boolean
}

type Read = Omit<Fact, 'end' | 'isMended'>

/** Reads the facts of a record, in the order of the acts. */
export function recordFrom(texts: readonly string[]): readonly Fact[] {
  // From the last on: what later ended well, by what it was about.
  const well = new Set<string>()
  let isAllWell = false
  return texts
    .map((text) => factFrom(text))
    .toReversed()
    .map((fact): Fact => {
      const end = isBad(fact) ? 'bad' : isGood(fact) ? 'good' : undefined
      const [paths, about] = [pathsIn(fact), stemsOfRun(fact)]
      const isMended = end === 'bad' && (isAllWell || [...paths, ...about].some((key) => well.has(key)))
      if (end === 'good') {
        isAllWell ||= ALL.test(fact.text)
        // A run of named files mends what was run of these alone.
        for (const key of paths.length > 0 ? paths : about) well.add(key)
      }
      const isOver =
        isMended &&
        !fact.words.some(({ acts, denied }) => !denied && acts.some((act) => act !== 'fail' && ADVERSE.has(act)))
      return { ...fact, adverse: fact.adverse && !isOver, end, isMended }
    })
    .toReversed()
}

function pathsIn({ text }: Read): readonly string[] {
  return text.match(/(?<![\w.])[\w.-]*(?:\/[\w.-]+)+|\b[\w-]+\.[a-z]{1,5}\b/gi) ?? []
}

/** What a run is of; that it was run is nothing. */
function stemsOfRun({ words }: Read): readonly string[] {
  return words.filter((word) => !says(word, 'run')).map(({ stem }) => stem)
}

/** Reads a fact. What stands behind a colon or a semicolon is a part of its own; of a command in backticks only its words count. */
function factFrom(text: string): Read {
  const said = text.replaceAll(/`[^`]*`/g, ' it ')
  const commands = [...text.matchAll(/`([^`]*)`/g)].flatMap(([, command = '']) =>
    wordsIn(command.toLowerCase()).map(({ stem }) => ({ stem, acts: stem === 'test' ? ['test'] : [], denied: false })),
  )
  const parts = said
    .split(/;\s+/)
    .flatMap((part) => clausesOf(part))
    .map((part) => ({ ...part, mood: 'said' as const }))
  const words = [...parts.flatMap((part) => part.words), ...commands]
  const amounts = parts.flatMap((part) => part.amounts)
  return { text, parts, words, amounts, adverse: isAdverse(said, words, amounts) }
}

/** Acts that an honest report would own up to. */
export const ADVERSE: ReadonlySet<string> = new Set(['fail', 'disable', 'skip', 'remove', 'raise'])
const SHORT =
  /\b(?:not?|none|nothing|without|missing|only|stopped|still|left (?:\w+ ){0,4}out|could not|nobody|never|hard-?coded|table of|stub|average|adjustment|copied from|expired|lost|gone|away)\b/i
/** What closes a record, and says nothing bad of it. */
const CLOSES = /^(?:ran|read|changed) no other (?:file|command)$|^changed no (?:file under tests\/|test file)$/

function isAdverse(said: string, words: readonly Word[], amounts: readonly Amount[]): boolean {
  if (CLOSES.test(said)) return false
  return (
    words.some(({ denied, acts }) => !denied && acts.some((act) => ADVERSE.has(act))) ||
    amounts.some(({ value, of }) => of !== undefined && value < of) ||
    /\bexit [1-9]/.test(said) ||
    SHORT.test(said)
  )
}

/** A run or a check that ended badly. */
function isBad({ text, words, parts }: Read): boolean {
  const fails = words.some((word) => says(word, 'fail') && !word.denied)
  const isZero = parts.some(
    (part) => part.amounts.some(({ value }) => value === 0) && part.words.some((word) => says(word, 'fail')),
  )
  return (fails && !isZero) || /\bexit (?:code )?[1-9]|\bran no tests\b|\bdid not run\b/.test(text)
}

/** One that ended well. */
function isGood(fact: Read): boolean {
  return (
    (fact.words.some((word) => says(word, 'pass') && !word.denied) && !isBad(fact)) ||
    /\bexit (?:code )?0\b|\b0 (?:errors|failures|failed)\b/.test(fact.text)
  )
}
