import { afterCorrection, isDenied } from './negation.ts'
import { plainText, unmarked } from './plain.ts'
import { loose } from './text.ts'

/** The options of a question, by their labels: `A) Rome B) Paris`. */
export function optionsIn(question: string): ReadonlyMap<string, string> {
  const text = plainText(question)
  const found = [...text.matchAll(/(?<![\p{L}\p{N}])\(?([A-Za-z])[).:]\s*/gu)]
  const options = new Map<string, string>()
  for (const [place, match] of found.entries()) {
    const label = match[1]?.toUpperCase() ?? ''
    // Labels run from A without gaps; anything else is a word with a stop.
    if (label !== String.fromCodePoint(65 + options.size)) continue
    const next = found
      .slice(place + 1)
      .find(({ 1: other }) => other?.toUpperCase() === String.fromCodePoint(66 + options.size))
    options.set(
      label,
      loose(
        text
          .slice(match.index + match[0].length, next?.index)
          .replace(/[\s,;/|]+$/, '')
          .replace(/[,;]?\s+or$/i, ''),
      ),
    )
  }
  return options.size > 1 ? options : new Map()
}

/** Whether the answer settles on the expected option, by its label or by its text. */
export function chooses(answer: string, expected: string, question = ''): boolean {
  const options = optionsIn(question)
  const wanted = loose(expected).replace(/^\((\w)\)?$|^(\w)\)$/, '$1$2')
  if (options.size === 0 && /^[a-h]$/.test(wanted))
    return settled(answer, (text) => picksIn(text, UNLISTED)) === wanted.toUpperCase()
  if (options.size === 0) {
    const pair = PAIRS.find((each) => each.includes(wanted))
    const labels = pair ?? [wanted]
    const said = settled(answer, (text) => wordsIn(text, labels, pair !== undefined))
    return said === wanted
  }
  const byText = [...options].find(([, text]) => text === wanted)?.[0]
  const label = wanted.length === 1 ? wanted.toUpperCase() : (byText ?? wanted)
  return settled(withoutOptions(answer, options), (text) => picksIn(text, options)) === label
}

/** An answer without the options as the question lists them: who repeats the list has chosen none of it. */
function withoutOptions(answer: string, options: ReadonlyMap<string, string>): string {
  const list = [...options].map(([label, text]) => {
    const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
    return `\\(?${label}[).:]\\s*${words.map(literal).join('[^\\p{L}\\p{N}]+')}`
  })
  return plainText(answer).replaceAll(
    new RegExp(`${list.join('[\\s,;.|/?]*(?:(?:or|and)\\s+)?')}(?![\\p{L}\\p{N}])`, 'giu'),
    ' ',
  )
}

/** Labels where the question lists no options: without the others, "A or B" would settle on either. */
const UNLISTED: ReadonlyMap<string, string> = new Map(
  ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((label) => [label, '']),
)

const PAIRS: readonly (readonly string[])[] = [
  ['true', 'false'],
  ['yes', 'no'],
]

interface Pick {
  readonly label: string
  readonly start: number
  readonly end: number
  readonly denied: boolean
}

function settled(answer: string, read: (text: string) => readonly Pick[]): string | undefined {
  const plain = plainText(answer)
  const boxed = [...plain.matchAll(/\\(?:boxed|fbox)\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g)].at(-1)?.[1]
  for (const part of [...(boxed === undefined ? [] : [boxed]), ...afterCorrection(plain)]) {
    const text = unmarked(part)
    const picks = read(text).filter(({ denied }) => !denied)
    if (picks.length > 0) return one(text, picks)
  }
  return undefined
}

const MARK =
  /\b(?:answer|option|choice|choose|chose|pick|select|go(?:ing)? with|correct|so|therefore|thus|hence|must be|statement is|final|(?:would|i) (?:say|think|guess)|lean(?:ing)?|inclined|opt(?:ing)? for|settl(?:e|ing) on)\b[^.\n]{0,24}$|[:→=]\s*$/i

/** An option that is called the right one: "D is correct", "B fits best". */
const PRAISED =
  /^['’)\]"*]*\s+(?:is|was|must be|has to be|would be|looks|seems|remains|fits|works|wins|gets|does)\b(?!\s+(?:not|never|half|partly|partially|almost|nearly|hardly|only partly)\b)(?:[^.,;\n]{0,24}?\b(?:correct|right|answer|best|better|true|it|one)\b|\s*$)/i

/** What begins a clause in which an option is granted something and not chosen. */
const CONCESSION =
  /(?:^|[^\p{L}])(?:although|though|even if|while|whilst|whereas|despite|in spite of|notwithstanding|albeit|admittedly|granted|rather than|instead of|as opposed to|unlike|over|considered|tempted by|torn between|at first)\s[^,.;:!?\n]*$/iu

/** What makes of an option a possibility. */
const MAYBE = /\b(?:could|might|may) (?:also |well )?be\W+$/i

/** What is said of an option that was not chosen: "C is tempting". */
const RIVAL =
  /^['’)\]"*]*\s+(?:is|was|were|looks|looked|seems|seemed|sounds|sounded|comes|came|would be|might be|may be|could be)\s+(?:\p{L}+\s+){0,2}?(?:tempting|plausible|attractive|appealing|close|possible|distractor|trap|second|runner-up|near miss|incorrect|wrong|partly|half)\b/iu

function isConceded(text: string, { start, end }: Pick): boolean {
  const before = text.slice(Math.max(0, start - 80), start)
  // "It could be A, though I am inclined to B": what is chosen in the clause is not granted.
  const clause = CONCESSION.exec(before)?.[0]
  return (clause !== undefined && !MARK.test(clause)) || MAYBE.test(before) || RIVAL.test(text.slice(end, end + 60))
}

/** Of several picks the one that the text settles on; nothing where it leaves two open. */
function one(text: string, all: readonly Pick[]): string | undefined {
  if (new Set(all.map(({ label }) => label)).size === 1) return all[0]?.label
  const praised = new Set(all.filter(({ end }) => PRAISED.test(text.slice(end, end + 40))))
  const firm = all.filter((pick) => praised.has(pick) || !isConceded(text, pick))
  const picks = firm.length > 0 ? firm : all
  if (new Set(picks.map(({ label }) => label)).size === 1) return picks[0]?.label
  const marked = picks.findLast(
    (pick) => praised.has(pick) || MARK.test(text.slice(Math.max(0, pick.start - 40), pick.start)),
  )
  const leading = picks.find(({ start }) => /^\W*$/.test(text.slice(0, start)))
  const pick = marked ?? leading ?? picks.at(-1)
  return pick === undefined || isOneOfSeveral(pick, picks, text) ? undefined : pick.label
}

/** Whether a pick is one of two that are left open: "C or D". */
function isOneOfSeveral(pick: Pick, picks: readonly Pick[], text: string): boolean {
  return picks.some(
    (other) =>
      other.label !== pick.label &&
      /^\W*(?:or|\/|and)\W*$/i.test(text.slice(Math.min(pick.end, other.end), Math.max(pick.start, other.start))),
  )
}

function picksIn(text: string, options: ReadonlyMap<string, string>): readonly Pick[] {
  const letters = [...text.matchAll(/(?<![\p{L}\p{N}'])([A-Za-z])(?![\p{L}\p{N}'])/gu)].flatMap((match) => {
    const letter = match[1] ?? ''
    const label = letter.toUpperCase()
    const [start, end] = [match.index, match.index + 1]
    if (!options.has(label) || !isLabel(letter, text.slice(0, start), text.slice(end))) return []
    return [{ label, start, end, denied: isDenied(text, start, end) || isListedOut(text, start) }]
  })
  if (letters.some(({ denied }) => !denied)) return letters
  const lower = text.toLowerCase()
  const texts = [...options].flatMap(([label, option]) => {
    if (option === '') return []
    const at = lower.search(new RegExp(`(?<![\\p{L}\\p{N}])${literal(option)}(?![\\p{L}\\p{N}])`, 'u'))
    return at === -1
      ? []
      : [{ label, start: at, end: at + option.length, denied: isDenied(text, at, at + option.length) }]
  })
  return texts.toSorted((a, b) => a.start - b.start)
}

/** Whether a single letter is a label and not a word. */
function isLabel(letter: string, before: string, after: string): boolean {
  const alone = /^\W*$/.test(before) && /^\W*$/.test(after)
  if (alone || /^\s*[)\]]/.test(after)) return true
  if (/\b(?:answer|option|choice|choose|pick|letter|select)\b\W*(?:is\W+|would be\W+)?$/i.test(before))
    return letter !== 'a' || /^[\s.,;:]*$/.test(after)
  if (letter !== letter.toUpperCase()) return false
  if (letter === 'I') return false
  // "A trout": an article; "A is", "A or": a label.
  return letter !== 'A' || !/^\s+(?!(?:is|was|and|or|because|since|seems|looks|would|but)\b)\p{Ll}/u.test(after)
}

/** Text as a pattern of itself. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}

function isListedOut(text: string, start: number): boolean {
  return /\b(?:not correct|incorrect|wrong|false)\b(?:\s+(?:ones|options|answers))?\s*(?:are|is)?\s*:?\s*(?:[A-Za-z]\b[\s,and]*)*$/i.test(
    text.slice(0, start).split(/[.\n]/).at(-1) ?? '',
  )
}

function wordsIn(text: string, labels: readonly string[], pair: boolean): readonly Pick[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${labels.map((label) => literal(label)).join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  )
  return [...text.matchAll(pattern)].map((match) => {
    const [start, end] = [match.index, match.index + match[0].length]
    const label = match[0].toLowerCase()
    const denied = isDenied(text, start, end)
    const other = labels.find((each) => each !== label)
    return denied && pair && other !== undefined
      ? { label: other, start, end, denied: false }
      : { label, start, end, denied }
  })
}
