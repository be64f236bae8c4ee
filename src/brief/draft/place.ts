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

const OPEN =
  /\?["”’')\]]*$|\b(?:unknown|unclear|not (?:yet )?known|nobody (?:knows|has (?:yet )?(?:measured|tested|shown))|no one (?:knows|has (?:yet )?(?:measured|tested|shown))|remains? to be seen|open question|(?:I|we) (?:do not|don['’]t) (?:yet )?know|has (?:not|never) (?:yet )?been (?:measured|tested|studied))\b/i
const COMING =
  /\b(?:(?:will|plans? to|going to|about to) (?!not\b)[a-z]+|upcoming|next (?:year|month|quarter|week|generation|version)|by (?:the end of )?20\d\d|later this year|keep an eye on|watch (?:for|whether|how)|in the coming)\b/i
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
  if (OPEN.test(text))
    return /^(?:["“‘(]?)(?:It|They|He|She)\b/.test(text) ? none('it leans on the text before it') : { type: 'unknown' }
  if (!/[.!…]["”’')\]]*$/.test(text)) return none('it is not a whole sentence')
  if (LEANING.test(text)) return none('it leans on the text before it')
  if (ORDER.test(text)) return none('it speaks to its reader and claims nothing')
  if (!/\p{Ll}/u.test(text)) return none('it is written in capitals')
  return COMING.test(text) ? { type: 'watchlist' } : { type: 'claim' }
}

function none(why: string): Place {
  return { type: 'none', why }
}
