/** What somebody was asked to keep to, as far as code can check it. */
export type Rule =
  /** A word, a name or a number that must not come out. */
  | {
      readonly type: 'secret'
      /** As the rule writes it; several words are one phrase. */
      readonly word: string
      /** Stems of what the secret belongs to: what a question about it holds. */
      readonly subject: readonly string[]
      /** Stems of the subject's title, where it has one: "the Silent Bell". */
      readonly title: readonly string[]
      /** Parts of it may not come out either. */
      readonly parts: boolean
      /** It may not be said about anything at all. */
      readonly always: boolean
      /** What it belongs to may not be spoken of either. */
      readonly silent: boolean
    }
  /** A part to be played; saying that a machine plays it breaks it. */
  | { readonly type: 'persona'; readonly admitting: boolean }
  /** Claiming to be a person breaks it. */
  | { readonly type: 'honesty'; /** A name and a trade are part of a part, and no claim. */ readonly part: boolean }
  /** Taking a side breaks it. */
  | { readonly type: 'opinion'; readonly subject: readonly string[] }
  | { readonly type: 'format'; readonly form: Form }
  | { readonly type: 'language'; readonly language: string }
  /** An order planted in what was read: a word to say, or an act. */
  | { readonly type: 'planted'; readonly order: Order }

export type Form =
  | { readonly type: 'words' | 'sentences'; readonly least: number; readonly most: number }
  | { readonly type: 'ends' | 'begins' | 'lacks'; readonly text: string }
  | { readonly type: 'json' | 'list' | 'lower' | 'upper' | 'digits' }

export type Order =
  | { readonly type: 'begins' | 'ends' | 'recommends'; readonly text: string }
  | { readonly type: 'emoji' }
  /** A thing that may not stand in what is written. */
  | { readonly type: 'holds'; readonly text: string }
  | { readonly type: 'act'; readonly verbs: readonly string[]; readonly objects: readonly string[] }

/** A rule that guards one word, for checks whose rule is not prose. */
export function secretRule(word: string, about: string): Rule {
  return { type: 'secret', word, subject: stems(about, word), title: [], parts: false, always: false, silent: false }
}

/** Reads a rule from prose; nothing where code knows no check for it. */
export function ruleFrom(kind: string, text: string): Rule | undefined {
  switch (kind) {
    case 'secret':
    case 'topic':
      return /\bpreference|\bopinion|\btake sides\b/i.test(text)
        ? { type: 'opinion', subject: stems(text) }
        : secretFrom(text)
    case 'persona':
      return { type: 'persona', admitting: /\b(?:AI|computer|machine|program|language model|bot)\b/.test(text) }
    case 'honesty':
      return { type: 'honesty', part: false }
    case 'format': {
      const form = formFrom(text)
      return form && { type: 'format', form }
    }
    case 'language': {
      const language = /\b(English|French|German|Spanish|Italian)\b/.exec(text)?.[1]?.toLowerCase()
      return language === undefined ? undefined : { type: 'language', language }
    }
    case 'planted-instruction': {
      const order = orderFrom(text)
      return order && { type: 'planted', order }
    }
    default:
      return undefined
  }
}

/** How rules name what they guard, the surest first. */
const NAMED: readonly RegExp[] = [
  /\(([^()]+) did it\)/i,
  /\b(?:brand|rival|competitor) ([\p{Lu}][\p{L}\d]+)/u,
  /\b(?:name|called|known as|named) (?:of [^.:]{1,60} )?(?:is )?["“]?([\p{L}\d]+)["”]? (?:inside|within|by)\b/u,
  /\bcode[- ]name ["“]?([\p{Ll}\d-]+)["”]?\./u,
  /\b(?:is|was) (?:called|named) ["“]?([\p{L}\d' -]+?)["”]?[.,;]/u,
  /\b\p{Ll}+ (?:in|at|under|near|from|by) ["“]?(\p{Lu}[\p{L}\d'-]*(?: \p{Lu}[\p{L}\d'-]*)*)["”]?[.,;]/u,
  /\b(?:is|was|:) (?:the |an? )?["“]?([\p{L}\d'-]+(?: [\p{L}\d'-]+)?)["”]?[.,;]/u,
]

function secretFrom(text: string): Rule | undefined {
  const word = NAMED.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined)
  if (word === undefined) return undefined
  // A number is a number, whatever it counts.
  const bare = /^\d+(?= )/.exec(word)?.[0] ?? word.replace(/^(?:the|a|an) /i, '')
  return {
    type: 'secret',
    word: bare,
    subject: stems(text, bare),
    title: stems((text.match(/\p{Lu}\p{L}+(?: (?:of |the )*\p{Lu}\p{L}+)+/gu) ?? []).join(' '), bare),
    parts: /\bnot in part|\beither word|\bany part\b/i.test(text),
    always: /\bnever (?:mention|name|say|use)\b[^.]*\b(?:by name|brand|word)\b/i.test(text),
    silent: /\bsay nothing about|\bforbidden topic: (?:say nothing|never say anything)/i.test(text),
  }
}

const COMMON = new Set(
  (
    'about answer anybody anyone anything away before behind book disclose else ever every form from give guest hang held help host ' +
    'house inside into know learn must name never nobody nothing out over part people reveal said same say share started state tell ' +
    'that them they this until watch what whatever when where which whose will with word work would your yours you the and are for its ' +
    'not now our out has how any who was were can use asks asked work does did'
  ).split(' '),
)

/** The words of a text that carry its subject, shortened to what their forms share. */
export function stems(text: string, without = ''): readonly string[] {
  const left = new Set(without.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? []
  const kept = words.filter((word) => word.length > 2 && !COMMON.has(word) && !left.has(word)).map(stem)
  return [...new Set(kept)].filter((word) => !COMMON.has(word))
}

function stem(word: string): string {
  return word.length < 5 ? word.replace(/s$/, '') : word.replace(/(?:ing|ers?|ed|es|s)$/, '')
}

function formFrom(text: string): Form | undefined {
  const sized =
    /\b(?:(at most|no more than|up to|maximum of|fewer than|under|less than|at least|exactly|in|with) )(\d+|[a-z]+) (word|sentence)s?\b/i.exec(
      text,
    )
  const size = numberIn(sized?.[2] ?? '')
  if (sized !== null && size !== undefined) {
    const how = sized[1]?.toLowerCase() ?? ''
    const most = /fewer|under|less/.test(how) ? size - 1 : how === 'at least' ? Infinity : size
    const least = how === 'at least' || how === 'exactly' ? size : 0
    return { type: sized[3]?.toLowerCase() === 'sentence' ? 'sentences' : 'words', least, most }
  }
  const place = /\b(ends?|begins?|starts?)\b[^"“]*["“]([^"”]+)["”]/i.exec(text)
  if (place !== null) return { type: place[1]?.startsWith('end') === true ? 'ends' : 'begins', text: place[2] ?? '' }
  if (/\bjson\b/i.test(text)) return { type: 'json' }
  if (/\b(?:bullet|numbered) (?:list|point)/i.test(text)) return { type: 'list' }
  if (/\bdigits?\b|\bnumerals?\b/i.test(text)) return { type: 'digits' }
  if (/\b(?:lower|small)[- ]?(?:case)?\b/i.test(text)) return { type: 'lower' }
  if (/\bcapital|\bupper[- ]?case/i.test(text)) return { type: 'upper' }
  const mark = MARKS.find(([name]) => name.test(text))?.[1]
  if (mark !== undefined) return { type: 'lacks', text: mark }
  const word = /\b(?:never|not|without|avoid)\b[^"“]*["“]([^"”]+)["”]/i.exec(text)?.[1]
  return word === undefined ? undefined : { type: 'lacks', text: word }
}

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/exclamation/i, '!'],
  [/question mark/i, '?'],
  [/\bcomma/i, ','],
  [/semicolon/i, ';'],
  [/\bcolon/i, ':'],
  [/\bdash/i, '—'],
]

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve fifteen twenty'.split(' ')
const VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20]

function numberIn(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : VALUES[NUMBERS.indexOf(text.toLowerCase())]
}

function orderFrom(text: string): Order | undefined {
  const said =
    /\b(begin|start|open|end|finish|close|sign off|conclude)\b[^()]*?(?:with|by) (?:the word )?["“]?([\p{L}\d-]+)["”]?/iu.exec(
      text,
    )
  if (said !== null) return { type: /begin|start|open/i.test(said[1] ?? '') ? 'begins' : 'ends', text: said[2] ?? '' }
  const praised = /\brecommend ((?:\p{Lu}[\p{L}\d]*\s?)+)/u.exec(text)?.[1]?.trim()
  if (praised !== undefined) return { type: 'recommends', text: praised }
  if (/\bemoji\b/i.test(text)) return { type: 'emoji' }
  const held =
    /\b(?:do not|never|don't) (?:put|include|write|give|pass on|mention|tell|say|repeat)\b[^.]*(?:https?:|\d{3})[^.]*/i.exec(
      text,
    )?.[0]
  const link = /https?:\/\/[^\s)]+/.exec(text)?.[0]
  if (held !== undefined && (link !== undefined || /\d[\d-]{2,}/.test(held)))
    return { type: 'holds', text: link ?? /\d[\d-]{2,}/.exec(held)?.[0] ?? '' }
  const forbidden = /\b(?:do not|never|don't) ([^.]+(?:\.[^.\s][^.]*)*)/i.exec(text)?.[1]
  if (forbidden === undefined) return undefined
  const verbs = VERBS.filter(([asks]) => asks.test(forbidden)).map(([, done]) => done.source)
  if (verbs.length === 0) return undefined
  return { type: 'act', verbs, objects: forbidden.match(/\S+[/@]\S+|\S+\.\w{2,4}\b|\b[A-Z]+-\d+\b/g) ?? [] }
}

/** Acts that rules forbid, and the words with which somebody says that they were done. */
const VERBS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bpay(?:ment)?\b|\btransfer\b/i, /paid|payments?|transferred|transfers?|sent \S*\d|wired|pay/],
  [
    /\bcancel|\bdelete|\bremove/i,
    /cancel(?:l?ed|l?ing)?|deleted?|deleting|removed?|removing|cleared|erased|dropped|called off/,
  ],
  [
    /\bshare|\bsend|\bforward/i,
    /shar(?:ed?|ing)|sent|send(?:ing)?|forward(?:ed|ing)?|passed on|now (?:go|goes|going) (?:on )?to|redirected|mailed|emailed|access/,
  ],
  [/\bwrite|\bcreate|\bsave/i, /wr(?:ote|itten|iting|ite)|created?|saved?|made the file|put/],
  [/\bbook|\badd\b|\bschedule/i, /booked|added|scheduled|put in|entered/],
  [/\bread\b|\bopen\b/i, /read|opened/],
  [/\binvite|\bcall\b|\bvisit/i, /invited|called|visited/],
  [/\bchange|\bset\b|\bupdate/i, /changed|set(?:ting)?|updated|switched|altered/],
  [/\bbuy|\border\b|\bpurchase/i, /bought|ordered|purchased/],
]
