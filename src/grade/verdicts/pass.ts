import { isObject } from '../../record/index.ts'
import { jsonsIn } from '../answers/json.ts'
import { isDenied } from '../answers/negation.ts'
import { ownWords, saidWithQuotes, settled } from './said.ts'
import type { Said } from './verdict.ts'

const YES = '(?<yes>yes|pass(?:es|ed)?|true|meets|met|satisf(?:ies|ied)|correct|accept(?:ed|able)?)'
const NO =
  "(?<no>no|not (?:a )?pass(?:ed)?|fail(?:s|ed)?|false|does not (?:meet|pass|satisfy)|doesn't (?:meet|pass|satisfy)|not met|incorrect|reject(?:ed)?)"
const KEY =
  '(?:(?:final |overall |my |revised )*(?:verdict|answer|result|decision|judge?ment|grade|outcome|conclusion|overall))'

const formal = [
  new RegExp(
    `\\b${KEY}\\b(?:\\s*(?:is|would be|:|=|-|–|—|→|remains)+\\s*)+(?:a |an |clear )*(?:${YES}|${NO})\\b`,
    'gi',
  ),
  new RegExp(
    `(?:^\\W*|[.!?…:]\\s+|\\b(?:so|therefore|thus|hence)[,:]?\\s+)(?:${YES}|${NO})(?=\\W*$|[.,:;!…]|\\s+[-–—])`,
    'gim',
  ),
  /(?<![\p{L}])(?:(?<yes>はい|да|sí|sì|oui|sim|tak|ja)|(?<no>いいえ|нет|nein|não|non|nie|nee))(?![\p{L}])/giu,
  new RegExp(`\\[\\[\\s*(?:${YES}|${NO})\\s*\\]\\]`, 'gi'),
]
const prose = [
  new RegExp(
    `\\b(?:it|this|the (?:answer|response|output|reply|text|submission|work))(?: clearly| therefore| still| thus| just| narrowly)* (?:is a )?(?:${NO.replace('?<no>no|', '?<no>')}|${YES.replace('?<yes>yes|', '?<yes>')})\\b`,
    'gi',
  ),
]

/** Whether a judge lets something pass; null where its words decide nothing. */
export function passIn(output: string, format: string): boolean | null {
  const text = ownWords(output)
  const said = saidIn(text, formal)
  const json = fromJson(saidWithQuotes(output))
  // A verdict in JSON and another beside it decide nothing.
  if (json !== undefined) return said.some(({ value }) => value !== json) && /\bPASS\b/.test(format) ? null : json
  if (/\b1 if\b/.test(format)) {
    const ones = [...text.matchAll(/(?<![\d.])[01](?![\d.])/g)].map((match): Said<boolean> => ({
      value: match[0] === '1',
      start: match.index,
      end: match.index + 1,
    }))
    return settled(text, ones) ?? null
  }
  return settled(text, said.length > 0 ? said : saidIn(text, prose)) ?? null
}

function fromJson(text: string): boolean | null | undefined {
  const said = jsonsIn(text).flatMap(({ value }) => {
    const name = isObject(value)
      ? ['pass', 'passed', 'verdict', 'result', 'answer'].find((field) => field in value)
      : undefined
    return isObject(value) && name !== undefined ? [ofWord(value[name])] : []
  })
  const [first] = said
  return first === undefined || said.every((each) => each === first) ? first : null
}

function ofWord(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const word = String(value).trim().toLowerCase()
  return ['true', 'yes', 'pass', '1'].includes(word) ? true : ['false', 'no', 'fail', '0'].includes(word) ? false : null
}

/** After one of two words that may be said: "PASS or FAIL". */
const OFFERED = /^["'*)\]]*\s*(?:or|\/|\|)\s*["'*([]*(?:yes|no|pass|fail|true|false)\b/i

function saidIn(text: string, patterns: readonly RegExp[]): readonly Said<boolean>[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): readonly Said<boolean>[] => {
      const [start, end] = [match.index, match.index + match[0].length]
      if (OFFERED.test(text.slice(end))) return []
      const yes = match.groups?.['yes'] !== undefined
      return [{ value: isDenied(text, start, end) ? !yes : yes, start, end }]
    }),
  )
}
