import type { Stance } from '../quote.ts'

/** Who says a sentence, and how surely. */
export interface Saying {
  readonly saidBy?: string
  readonly how: Stance
}

const HEDGES =
  /\b(?:may|might|could|perhaps|possibly|probably|likely|unlikely|apparently|seemingly|presumably|arguably|allegedly|supposedly|appears?|seems?|suggests?|suggested|suspects?|tends? to|it is possible|in (?:my|our) (?:view|opinion)|(?:I|we) (?:think|believe|guess|expect|hope|feel)|as far as (?:I|we) know|not certain|uncertain)\b/i

const SAYS =
  'said|says|told|tells|reported|reports|claimed|claims|argued|argues|found|finds|showed|shows|estimated|estimates|believes|believed|wrote|writes|announced|announces|noted|notes|warned|warns|concluded|concludes|stated|states|observed|observes|predicted|predicts|expects|suggests|suggested'
const NAME =
  "\\p{Lu}[\\p{L}\\p{M}.’'-]*(?:(?: (?:of|de|van|von|and|&|et) | )\\p{Lu}[\\p{L}\\p{M}\\p{N}.’'-]*){0,4}(?: et al\\.)?"
const ROLE =
  '(?:[Tt]he|[Aa]n?|[Oo]ne|[Ss]ome|[Oo]ur|[Tt]heir) (?:[\\p{L}-]+ ){0,2}(?:authors?|researchers?|stud(?:y|ies)|report|paper|survey|company|team|engineers?|lab|scientists?|analysts?|spokes\\p{L}+|founders?|officials?)'
const WHO = `(?<who>${NAME}|${ROLE})`

/** Ways in which one hands on what another says; the first that fits names the other. */
const REPORTS = [
  new RegExp(`\\b[Aa]ccording to (?:the )?${WHO}`, 'u'),
  new RegExp(`^${WHO}(?:,[^,]{1,60},)? (?:has |have |had )?(?:${SAYS})\\b`, 'u'),
  new RegExp(`[,”"’'] ?(?:${SAYS}) ${WHO}`, 'u'),
  new RegExp(`[,”"’'] ?${WHO} (?:${SAYS})\\b`, 'u'),
]

/** Somebody else says so, and nobody is named. */
const HEARSAY =
  /\b(?:reportedly|purportedly|(?:is|are|was|were) (?:said|reported|claimed|rumou?red) to|it (?:is|was|has been) (?:said|reported|claimed) that)\b/i

/** Pronouns and openers that look like names at the beginning of a sentence. */
const NO_NAME =
  /^(?:It|He|She|They|We|I|You|This|That|These|Those|There|Here|What|Which|Who|Table|Figure|Fig|Section)\b/

/**
 * Who says a sentence and how surely, by words alone: `hedged` with a word of doubt, else `reported` where another is
 * named who says it or it is handed on as hearsay, else `asserted`.
 *
 * @param speaker who speaks in the source, where it is a transcript
 */
export function stanceOf(text: string, speaker: string | undefined): Saying {
  const other = REPORTS.map((pattern) => pattern.exec(text)?.groups?.['who']).find(
    (who) => who !== undefined && !NO_NAME.test(who),
  )
  const saidBy = other ?? speaker
  const isReported = other !== undefined || HEARSAY.test(text)
  const how: Stance = HEDGES.test(text) ? 'hedged' : isReported ? 'reported' : 'asserted'
  return { ...(saidBy !== undefined && { saidBy }), how }
}
