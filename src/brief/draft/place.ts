import { besidesTheMatter } from './salience.ts'

/** Where a sentence belongs: a claim, a thing to watch, a thing nobody knows, or nowhere and why. */
export type Place =
  | { readonly type: 'claim' }
  | { readonly type: 'watchlist' }
  | { readonly type: 'unknown' }
  | { readonly type: 'none'; readonly why: string }

/** Words of a sentence that can be a claim. */
const FEWEST = 5
const MOST = 60
/** Characters; a pattern never sees a longer sentence. */
export const LONGEST = 1000

const LOOKED =
  '(?:measured|tested|checked|looked(?: at| into)?|studied|counted|compared|asked|tried|shown|published|run (?:that|it|this)|audited|verified|confirmed|reviewed|evaluated|analysed|analyzed|examined|investigated|established|worked (?:it|that) out)'
const OPEN_STATED = [
  /\b(?:(?:is|are|remains?|was|still) (?:an? )?(?:unknown|unclear|uncertain|open question)|not (?:yet )?(?:known|clear|decided|settled|understood)|unknown (?:whether|how|if|what)|remains? to be seen|open question|anybody['’]s guess|anyone['’]s guess)\b/i,
  new RegExp(
    `\\b(?:no(?:body| one|-one)|none of us|no (?:study|insurer|firm|company|hospital|lab|group))(?: \\p{L}+){0,2}(?: has| have|['’]s| ever)?(?: ever| yet| really| actually)* (?:knows?|${LOOKED})\\b`,
    'iu',
  ),
  new RegExp(`\\b(?:has|have|had)(?: not|n['’]t| never)(?: yet| ever)?(?: been)? ${LOOKED}\\b`, 'iu'),
  new RegExp(
    `\\b(?:I|we) (?:do not|don['’]t) (?:think|believe) (?:that )?(?:anyone|anybody) (?:has |have )?(?:ever )?${LOOKED}\\b`,
    'iu',
  ),
  /\b(?:I|we) (?:really |simply |just |still )?(?:do not|don['’]t|cannot|can['’]t|couldn['’]t|could not) (?:yet |really |honestly )?(?:know|tell(?: you)?|say (?:whether|how|if|what))\b/i,
  /\b(?:I|we) have no (?:idea|data|figures|way of knowing)\b|\b(?:cannot|can['’]t|could not) be (?:determined|known|told|separated|established|inferred|said|estimated)\b/i,
  /\b(?:far )?too (?:few|small|short|early|soon|little) to (?:say|tell|know|judge|conclude|draw)\b|\bno (?:data|figures|evidence|records?|numbers) (?:on|about|of|for|exist)\b/i,
]
const WHEN =
  '(?:in|by|from|on|until|before|after|this|next|at)(?: the)?(?: end of)?(?: early| late| mid)?(?: its)? (?:\\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter|(?:the )?(?:next|coming) (?:week|month|quarter|year|meeting|round)|week|month|quarter|year|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|fifteenth|twentieth)\\b|meeting|20\\d\\d|Monday|Tuesday|Wednesday|Thursday|Friday)'
const EVENT =
  "(?:\\bwill\\b|['’]ll\\b|\\b(?:(?:is|are|be)(?:['’]s)? )?(?:going|due|meant|set|scheduled|expected|planned) to\\b|\\bplans? to\\b|\\b(?:closes?|ends?|opens?|starts?|begins?|decides?|votes?|meets?|reports?|publishes|goes live|comes out|rules?|reviews?|expires?|launches|should be published)\\b)"
const COMING = [
  new RegExp(`${EVENT}[^.;]{0,60}\\b${WHEN}`, 'iu'),
  new RegExp(`^(?:["“‘(]?)${WHEN}\\b[^.;]{0,70}${EVENT}`, 'iu'),
  /^(?:["“‘(]?)(?:watch|keep an eye on|look out for) (?:for |whether |how |if |the |out )/i,
  /\b(?:upcoming|later this year|in the coming (?:weeks|months))\b/i,
]
/** Whether a sentence leans on the one before it, by its opening. */
export function leans(text: string): boolean {
  return LEANING.test(text)
}

/** Openers that lean on the sentence before. */
const LEANING =
  /^(?:["“‘(]?)(?:It|This|That|These|Those|They|He|She|Its|Their|His|Her|Such|Both|Here|There|And|But|So|Or|Then|Also|However|Instead|Moreover|Therefore|Thus|Hence|For example|For instance|In contrast|Similarly|Likewise|Yes|No|Well|Right|Okay|OK)\b/
/** What pages say of themselves. */
const FURNITURE =
  /\b(?:cookies?|subscribe|newsletter|sign (?:up|in)|all rights reserved|copyright|click here|read more|privacy policy|terms of (?:use|service)|share this|thank you|thanks for|https?:\/\/|www\.|file:\/\/)/i
/** A verb that speaks to the reader, at the beginning. */
const ORDER =
  /^(?:Please|See|Note|Click|Read|Listen|Let|Consider|Imagine|Ignore|Disregard|Forget|Remember|Do not|Don['’]t|Make sure)\b/

/** Sorts a sentence by its words alone. Its meaning is nobody's here: what it orders is not done. */
export function placeOf(text: string): Place {
  if (text.length > LONGEST) return none(`it has more than ${LONGEST} letters`)
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}.,’'%-]*/gu)?.length ?? 0
  if (FURNITURE.test(text)) return none('it is about the page or the talk itself')
  if (words < FEWEST) return none(`it has fewer than ${FEWEST} words`)
  if (words > MOST) return none(`it has more than ${MOST} words`)
  const aside = besidesTheMatter(text)
  if (aside !== undefined) return none(aside)
  if (OPEN_STATED.some((each) => each.test(text))) return { type: 'unknown' }
  if (/\?["”’')\]]*$/.test(text)) return none('it is a question')
  if (!/[.!…]["”’')\]]*$/.test(text)) return none('it is not a whole sentence')
  if (ORDER.test(text)) return none('it speaks to its reader and claims nothing')
  if (!/\p{Ll}/u.test(text)) return none('it is written in capitals')
  return COMING.some((each) => each.test(text)) ? { type: 'watchlist' } : { type: 'claim' }
}

function none(why: string): Place {
  return { type: 'none', why }
}
