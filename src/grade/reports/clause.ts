import { numerals } from '../answers/numeral.ts'
import { plainText, unmarked } from '../answers/plain.ts'
import { NUMBER_WORDS, valueOfWords } from '../answers/words.ts'
import { actsOf, stemOf, STOP } from './words.ts'

/** How a clause is meant: as so; with doubt; or as a wish, a plan, a question, a condition, an offer. */
export type Mood = 'said' | 'hedged' | 'unreal'

/** A number with what it counts. */
export interface Amount {
  readonly value: number
  /** A unit of measurement; empty where none follows. */
  readonly unit: string
  /** Stems of what is counted, as far as it follows. */
  readonly counts: readonly string[]
  /** Of how many: "17 of 19". */
  readonly of?: number
  readonly compared?: 'below' | 'above'
}

/** A word with a meaning: its stem, the acts it may stand for, whether it is denied. */
export interface Word {
  readonly stem: string
  readonly acts: readonly string[]
  readonly denied: boolean
}

/** A part of a sentence that says one thing. */
export interface Clause {
  /** As it was written. */
  readonly text: string
  readonly lower: string
  readonly mood: Mood
  readonly words: readonly Word[]
  readonly amounts: readonly Amount[]
}

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:turn|switch)(ed|s|ing)? (\w+(?: \w+)? )?(?:back )?on\b/g, 'enabled $2'],
  [/\b(?:turn|switch)(ed|s|ing)? (\w+(?: \w+)? )?off\b/g, 'disabled $2'],
  [/\be-(?=mail)/g, 'e'],
  [/\bre-(?=\w)/g, 're'],
  [/\b(?:went|gone|go|going|looked|look|read|walked|clicked|walk|click) (?:through|over|into|at)\b/g, 'read'],
  [/\b(?:brought|came|come) back\b/g, 'restored'],
  [/\b(?:threw|thrown|took|taken) ((?:\w+ ){0,4})out\b/g, 'removed $1'],
  [/\b(?:left|leaves?|leaving) ((?:\w+ ){0,4})out\b/g, 'skipped $1'],
  [/\bset up\b/g, 'installed'],
  [/\ba second time\b|\bsecond attempt\b|\bsecond try\b/g, 'retried'],
  [/\btried (?:\w+ )?(?:\w+ )?again\b/g, 'retried'],
  [/\b(?:is|are|was|were) (?:as|where|what) (?:it|they) (?:was|were|had been)\b/g, 'not changed'],
  [/\b(?:unchanged|untouched|unmodified|intact)\b/g, 'not changed'],
  [/\b(?:left|leave|leaving) ((?:\w+ ){0,3})alone\b/g, 'not changed $1'],
  [/\b(un)(tested|verified|reviewed|checked|read|fixed|translated|resolved|finished)\b/g, 'not $2'],
  [/\ball (?:is )?well\b/g, 'passed'],
  [/[✅✔☑]/gu, ' passed '],
  [/[❌✗✘]/gu, ' failed '],
  [/\bn't\b/g, ' not'],
]

/** A character that no text has. */
const TICK = '\uE000'

/** The clauses of a text, in order; marks of formatting do not count. */
export function clausesOf(text: string): readonly Clause[] {
  // Backticks show commands: they are kept from being read as quotes.
  const plain = unmarked(plainText(text.replaceAll('```', '').replaceAll('`', TICK)).replaceAll(TICK, '`'))
  return plain
    .split(/\n+|(?<=(?<!\b(?:e\.g|i\.e|etc|vs|approx|ca|cf|no|fig|resp))[.!?])["')\]]*\s+/u)
    .flatMap((sentence) => {
      const mood = sentenceMood(sentence)
      return sentence
        .split(
          /;\s+|:\s+(?=\D)|\s+[-–—]+\s+|,\s+(?=(?:and|but|so|which|because|since|as|though|although|while|where|with|for|mostly|then)\b)|\s+(?=(?:but|because|although|though|whereas|which|while)\b)|\s+and (?=(?:i|we|it|they|the|that|this|these|there|all|every\w*|each|none|no|nothing|not|also|did|have|has|was|were|is|are|will|can|re-?\w+|[a-z]+ed)\b)|,\s+(?=(?:i|we|it|they|all|no|none|nothing|it's|they're|there)\b)/iu,
        )
        .map((part) => clauseFrom(part.trim(), mood))
    })
    .filter(({ text: own }) => /\p{L}/u.test(own))
}

function sentenceMood(sentence: string): Mood {
  if (/\?\W*$/.test(sentence)) return 'unreal'
  return /^\W*(?:if|unless|please|don't|do not|let|tell|ping|see|note|feel|try|check|mind|give|ask|thanks?|remember|make sure|have a|happy to)\b/i.test(
    sentence,
  )
    ? 'unreal'
    : 'said'
}

const HEDGE =
  /\b(?:i (?:think|believe|guess|suppose|assume|suspect|hope|expect)|i'd (?:say|guess|assume)|probably|likely|perhaps|maybe|possibly|presumably|apparently|seems?|appears?|looks like|as far as|not (?:sure|certain)|in all likelihood|best guess|i'm afraid|or so|i recall|should (?:be|work|now|have))\b/
const UNREAL =
  /\b(?:would|should|might|may|will|shall|if|unless|whether|please|let me know|going to|plan(?:ned)? to|hope to|want(?:s|ed)? to|need(?:s|ed)? to|in order to|recommend|suggest|i'd|we'd|you'd|i'll|we'll|you'll|it'll|they'll|instead of|rather than|(?:you|i|we) can(?! not)|can be|could(?! not|n't))\b/

function clauseFrom(text: string, of: Mood): Clause {
  let lower = text
    .replaceAll('`', '')
    .replaceAll(/(?<!^)\bMay\b/g, 'month5')
    .toLowerCase()
    .replaceAll(/(?<=\w)n't\b/g, ' not')
    .replaceAll(/\bcannot\b/g, 'can not')
    .replaceAll(/\bca not\b/g, 'can not')
  for (const [pattern, put] of PHRASES) lower = lower.replaceAll(pattern, put)
  const counted = lower.replaceAll(new RegExp(`\\b${NUMBER_WORDS}\\b`, 'g'), (words) => {
    const value = valueOfWords(words)
    return value === undefined || words === 'one' || !Number.isInteger(value) ? words : String(value)
  })
  const mood =
    of === 'unreal' || UNREAL.test(counted.replaceAll(/\b(?:can|could|may) not\b/g, ''))
      ? 'unreal'
      : HEDGE.test(counted)
        ? 'hedged'
        : of
  return { text, lower: counted, mood, words: wordsIn(counted), amounts: amountsIn(counted) }
}

const TOKEN = /[a-z_][\w']*(?:[./][\w-]+)*|\d+(?:[.,]\d+)*|[,(]/g
const DENIES = /^(?:not|no|never|none|nothing|nobody|neither|nor|without|hardly|unable|0|zero)$/
/** What denies the whole of what follows, up to its verb: "no native speaker reviewed". */
const DENIES_ALL = /^(?:no|none|nothing|nobody|neither|0|zero)$/

/** The words of a clause. Denied is the word behind a "not", and all up to the verb behind a "no"; a comma ends it. */
export function wordsIn(lower: string): readonly Word[] {
  const words: Word[] = []
  let denies: 'one' | 'all' | undefined
  let left = 0
  const tokens = [...lower.matchAll(TOKEN)].map(([token]) => token)
  for (const [place, token] of tokens.entries()) {
    if (DENIES.test(token)) {
      const next = tokens[place + 1] ?? ''
      if (/^(?:only|just|merely|least)$/.test(next)) continue
      const whole = DENIES_ALL.test(token) || (token !== 'without' && /^(?:a|an|one|any|all|every|each)$/.test(next))
      denies = whole ? 'all' : 'one'
      left = 5
      // "ran no tests", "found nothing": the act before it is denied.
      const last = words.at(-1)
      if (
        DENIES_ALL.test(token) &&
        last !== undefined &&
        last.acts.length > 0 &&
        !STOP_BETWEEN.test(tokens[place - 1] ?? '')
      ) {
        words[words.length - 1] = { ...last, denied: true }
        denies = undefined
      }
      continue
    }
    if (/^[,(]$/.test(token) || /^(?:but|until|so|and)$/.test(token)) {
      denies = undefined
      continue
    }
    if (/^\d/.test(token) || STOP.has(token) || UNIT_WORD.test(token)) continue
    const stem = stemOf(token)
    const acts = actsOf(stem)
    const toDo =
      tokens[place - 1] === 'to' && /^(?:fail(?:ed|s)?|refused?s?|forgot|unable)$/.test(tokens[place - 2] ?? '')
    const denied = toDo || denies !== undefined
    words.push({ stem, acts, denied })
    left -= 1
    if (denies === 'one' && (token.endsWith('ly') || LINKS.test(token))) continue
    if (denies === 'one' || left === 0 || (acts.length > 0 && place > 0 && AUXILIARY.test(tokens[place - 1] ?? '')))
      denies = undefined
  }
  return words
}

const UNIT_WORD = /^(?:ms|milliseconds?|secs?|seconds?|mins?|minutes?|hours?|days?|kb|mb|gb|percent|euros?|dollars?)$/
const AUXILIARY = /^(?:is|are|was|were|be|been|has|have|had|did|do|does)$/
/** Verbs that only lead to the one that is meant: "did not manage to open". */
const LINKS =
  /^(?:manage[ds]?|attempt(?:ed|s)?|bother(?:ed)?|able|get|got|want(?:ed)?|able|dare[ds]?|come|came|actually|really)$/
const STOP_BETWEEN = /^(?:with|in|on|and|or|there|for|at|by|to|of)$/

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|milliseconds?|msecs?)\b/, 'ms'],
  [/^(?:s|secs?|seconds?)\b/, 's'],
  [/^(?:min|mins|minutes?)\b/, 'min'],
  [/^(?:h|hrs?|hours?)\b/, 'h'],
  [/^(?:days?)\b/, 'days'],
  [/^(?:kb|kilobytes?)\b/, 'kB'],
  [/^(?:mb\/s)\b/, 'MB/s'],
  [/^(?:mb|megabytes?|mib)\b/, 'MB'],
  [/^(?:gb|gigabytes?|gib)\b/, 'GB'],
  [/^(?:%|percent\b|per cent\b)/, '%'],
  [/^(?:euros?|eur|€)/, 'euro'],
  [/^(?:dollars?|usd|\$)/, 'dollar'],
]

const NUMBER = /(?<![\w.#/:-]|\bv)(\d[\d,]*(?:\.\d+)?|\.\d+)(?![\d\w]*[a-z]{3,}\d)(?!\.\d|:\d|-\d|\/\d)/g

function amountsIn(lower: string): readonly Amount[] {
  const found = [...lower.matchAll(NUMBER)]
  return found.flatMap((match, place) => {
    const value = numerals((match[1] ?? '').replace(/,$/, ''))[0]?.value
    if (value === undefined) return []
    const before = lower.slice(0, match.index)
    const after = lower.slice(match.index + match[0].length).replace(/^\s+/, '')
    // The rest of "an hour and 12 minutes".
    if (/\bhours? and $/.test(before)) return []
    // "of 19" belongs to the number before it.
    if (totalOf(found[place - 1], match, lower) !== undefined) return []
    const next = found[place + 1]
    const of = totalOf(match, next, lower)
    const rest = of === undefined ? after : lower.slice((next?.index ?? 0) + (next?.[0].length ?? 0)).trim()
    const compared = /\b(?:under|below|within|less than|fewer than|at most|inside)\s*(?:the )?$/.test(before)
      ? ('below' as const)
      : /\b(?:over|above|more than|at least|exceeds?)\s*(?:the )?$/.test(before)
        ? ('above' as const)
        : undefined
    return [
      {
        value,
        unit:
          unitOf(rest, /([$€£])\s*$/.exec(before)?.[1]) ||
          unitOf(/^(?:to|and|or|against|vs\.?|from|→|->)\s*[\d.,]+\s*(.*)$/s.exec(after)?.[1] ?? '', undefined),
        counts: countedIn(of === undefined || !/^[a-z]+ of/.test(after) ? rest : after),
        ...(of !== undefined && { of }),
        ...(compared !== undefined && { compared }),
      },
    ]
  })
}

/** The whole of "17 of 19 jobs", "200 probes of the planned 1,000". */
function totalOf(
  part: RegExpExecArray | undefined,
  whole: RegExpExecArray | undefined,
  lower: string,
): number | undefined {
  if (part === undefined || whole === undefined || !OF.test(lower.slice(part.index + part[0].length, whole.index)))
    return undefined
  const [less, all] = [part, whole].map((match) => numerals((match[1] ?? '').replace(/,$/, ''))[0]?.value ?? 0)
  return less !== undefined && all !== undefined && less <= all ? all : undefined
}

const OF = /^\s*(?:[a-z]+ )?(?:out )?(?:of|\/)\s+(?:the |a |my |our |its |planned |total |all )*$/

function unitOf(after: string, sign: string | undefined): string {
  if (sign !== undefined) return sign === '€' ? 'euro' : 'dollar'
  for (const [pattern, unit] of UNITS) if (pattern.test(after)) return unit
  return ''
}

function countedIn(after: string): readonly string[] {
  const words = /^((?:[a-z][\w'-]*\s*){1,4})/.exec(after)?.[1]?.trim().split(/\s+/) ?? []
  const end = words.findIndex((word) => STOP.has(word))
  return (end === -1 ? words : words.slice(0, end)).map(stemOf)
}
