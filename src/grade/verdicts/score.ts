import { isObject } from '../../record/index.ts'
import { jsonsIn } from '../answers/json.ts'
import { isDenied } from '../answers/negation.ts'
import { mentionsIn } from '../answers/mentions.ts'
import { isChanged, ownWords, saidWithQuotes, settled } from './said.ts'
import type { Said } from './verdict.ts'

/** The range that a format names: "from 1 to 10", "1-5", five items of 2 points each. */
export function rangeOf(format: string): readonly [low: number, high: number] {
  const [, low, high] = /(-?\d+(?:\.\d+)?)\s*(?:to|-|–)\s*(\d+(?:\.\d+)?)/.exec(format) ?? []
  if (low !== undefined && high !== undefined) return [Number(low), Number(high)]
  return /five items, 2 points each/i.test(format) ? [0, 10] : [-Infinity, Infinity]
}

const KEY =
  /\b(?:(?:final|overall|total|revised|corrected|new|my)\s+)*(?:score|rating|grade|total|overall|mark|points|verdict|result|percentage)\b(?:\s*(?:is|of|would be|remains|stands at|now|comes to|:|=|-|→))*\s*["'([]*$/i
const GIVES =
  /\b(?:i(?:'d| would)?(?: say| give| rate| score| award| grade)|give (?:it|this)|rate (?:it|this)|deserves|worth|gets|earns)\b[^.\n\d]{0,24}$/i
const LEADS =
  /(?:=|\b(?:so|thus|therefore|hence|leav(?:es|ing)|makes|put me down|estimate|call it|settl(?:e|ing)|land(?:s|ed)?|that is|comes to)\b)[^.\n\d]{0,16}$/i
const OVERALL = /\b(?:overall|total|final|in all|altogether)\b[^.\n]{0,24}$/i

/** The number that a judge settles on; null out of range, for a range, on another scale, or where two are left. */
export function scoreIn(output: string, format: string): number | null {
  const text = ownWords(output)
  const [low, high] = rangeOf(format)
  const json = fromJson(saidWithQuotes(output))
  if (json !== undefined) return json !== null && json >= low && json <= high ? json : null
  const places = mentionsIn(text).flatMap((mention): readonly (Said<number | null> & { readonly rank: number })[] => {
    const { start, end, values, role } = mention
    const [value] = values
    if (value === undefined || role === 'date' || role === 'operand') return []
    const before = text.slice(Math.max(0, start - 60), start)
    const after = text.slice(end, end + 24)
    const scale = scaleOf(text.slice(start, end + 24), mention.parts?.[1])
    const alone =
      /^\W*$/.test(text.slice(0, start).split('\n').at(-1) ?? '') &&
      /^\W*(?:%|\/|out of|points?)?[\s\d.]*\W*$/i.test(text.slice(end).split('\n')[0] ?? '')
    if (/\d\s*(?:\/|out of|of)\s*$/.test(before)) return []
    const keyed =
      isChanged(before.slice(-24)) ||
      /^\s*from me\b/i.test(after) ||
      KEY.test(before) ||
      /\[\[\s*$/.test(before) ||
      GIVES.test(before)
    const rank = OVERALL.test(before) ? 3 : keyed ? 2 : alone || scale !== undefined || LEADS.test(before) ? 1 : 0
    if (rank === 0 || isDenied(text, start, end)) return []
    const own = mention.parts?.[0] ?? value
    const isRange = role === 'range' || role === 'either' || /^\s*(?:-|–|to|or)\s*\d/.test(after)
    const other = scale !== undefined && Number.isFinite(high) && scale !== high
    const percent = mention.percent && high !== 100
    const within = own >= low && own <= high
    return [{ value: isRange || other || percent || !within ? null : own, start, end, rank }]
  })
  const best = Math.max(0, ...places.map(({ rank }) => rank))
  return (
    settled(
      text,
      places.filter(({ rank }) => rank === best),
    ) ?? null
  )
}

/** What a score is out of, where it says so: `7/10`, `7 out of 10`. */
function scaleOf(text: string, below: number | undefined): number | undefined {
  const [, scale] = /^-?[\d.]+\s*(?:\/|out of|of)\s*(\d+)/i.exec(text) ?? []
  if (/^[a-z-]+ out of ten\b/i.test(text)) return 10
  return scale === undefined ? below : Number(scale)
}

const FIELDS = ['overall', 'score', 'total', 'rating', 'grade', 'final']

function fromJson(text: string): number | null | undefined {
  const said = jsonsIn(text).flatMap(({ value }) => {
    if (!isObject(value)) return []
    const name = FIELDS.find((field) => field in value)
    if (name === undefined) return []
    const given = value[name]
    const isNumber = typeof given === 'number' || (typeof given === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(given))
    return [isNumber ? Number(given) : null]
  })
  const [first] = said
  return first === undefined || said.every((each) => each === first) ? first : null
}
