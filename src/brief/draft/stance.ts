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

const SOMEBODY =
  '(?:some(?:one|body|\\s+people)|people|everyone|they|an?\\s+(?:\\p{L}+\\s+){0,2}(?:colleague|friend|insider|employee|worker|driver|nurse|source|handler|manager|customer|supplier|neighbour|cousin)|one\\s+of\\s+(?:the|our|their|my)\\s+\\p{L}+|(?:two|three|several|former)\\s+(?:former\\s+)?(?:employees|workers|staff|people|insiders|sources)|communications|the\\s+(?:office|rumour))'

/** Somebody else says so, and nobody is named. */
const HEARSAY = [
  /\b(?:reportedly|purportedly|rumou?r(?:s|ed)?|apparently|word is|the story goes|(?:is|are|was|were) (?:said|reported|claimed|rumou?red) to|it (?:is|was|has been) (?:said|reported|claimed) that)\b/i,
  /\b(?:I|we)(?:['’](?:m|re|ve)| am| are| was| were| have| had)? (?:been )?(?:heard|told by|hear that)\b|\b(?:what|as) (?:I|we)(?:['’]ve)? heard\b/i,
  new RegExp(
    `\\b${SOMEBODY}\\b[^.;]{0,60}\\b(?:told|tells|said|says|whispered|claimed|mentioned|heard|described)\\b`,
    'iu',
  ),
  new RegExp(`\\b(?:according to|described by|heard (?:it )?from|seen by)\\s+${SOMEBODY}\\b`, 'iu'),
  /\bwho (?:asked|wanted|did not want) (?:not )?to be (?:named|identified)\b|\ban (?:internal|unpublished|leaked) (?:slide|memo|note|e-?mail|paper|document)\b/i,
]

/** What somebody thinks, and not what is. */
const OPINION =
  /\b(?:(?:I|we) (?:do not |don['’]t |would |['’]d )?(?:think|believe|feel|find|regard|consider|suspect|reckon|prefer|like|read (?:that|it|this)(?: \w+)? as)|I['’]d (?:read|say|call|rather)|(?:in|to) (?:my|our) (?:view|opinion|mind|judg(?:e)?ment)|(?:my|our) (?:view|opinion|feeling|fear|worry|guess) is|if you ask me|should|ought to|shouldn['’]t|hopeless|terrible|wonderful|absurd|ridiculous|shameful|a disgrace|unfair|insulting|silly|too (?:convenient|easy|clever|good)|the danger is|the trouble is|better than I (?:ever )?(?:was|am))\b/i

const YEARS = '(?:\\d+|an?|one|two|three|four|five|six|ten|twenty|some|a few) (?:more )?(?:years?|months?|decades?)'
/** What somebody says will come. */
const PREDICTION = [
  new RegExp(
    `\\b(?:within|in|by|over|for) (?:the (?:next|coming) )?${YEARS}\\b[^.]*\\b(?:will|won['’]t|['’]ll|is going to|are going to)|(?:\\bwill|\\bwon['’]t|['’]ll|going to)\\b[^.]*\\b(?:within|in|by) (?:the (?:next|coming) )?${YEARS}\\b`,
    'iu',
  ),
  /\b(?:(?:I|we)(?:['’]d)? (?:expect|predict|bet|reckon|hope|imagine|think|believe|suppose|guess)|my money['’]?s? (?:is )?on)\b[^.]*(?:\b(?:will|won['’]t|to be|is going to|are going to|by \d{4})\b|['’]ll\b)|\b(?:(?:I|we) (?:expect|predict))\b/i,
  /\b(?:is|are) (?:expected|likely|set|bound|predicted|forecast) to\b/i,
]

const FILLERS = '(?:(?:eh|er|erm|um|uh|hm+|oh|ah|well|wait|hang on|hold on|pardon|sorry)[,.…\\s]+)*'
/** What takes back what the same speaker just said, at the beginning of what comes after it. */
const TAKEN_BACK = [
  /^\W*(?:oh |wait,? |no,? )?(?:sorry|pardon|excuse me)[,.:]? (?:I mean |it['’]s |it was |that['’]s |make that |about |nearly )?(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half)\b)/i,
  new RegExp(
    `^\\W*${FILLERS}no\\b[,.!…\\s]+(?!(?:really|seriously|honestly|truly|one|doubt|but|and|it['’]s true|the \\p{L}+ is|look)\\b)`,
    'iu',
  ),
  new RegExp(
    `^\\W*${FILLERS}(?:correction\\b|let me correct|I misspoke|I mis-spoke|scratch that|strike that|that['’]s (?:wrong|not right)|I got that wrong|my mistake|make that|I mean,? (?:no|not))`,
    'iu',
  ),
  new RegExp(
    `^\\W*${FILLERS}(?:actually,? )?(?:that was|it was|those were) (?:in )?(?:the (?:beginning|pilot|old days|old figure)|last year|before)\\b`,
    'iu',
  ),
]
const TAKEN_BACK_WITHIN =
  /[,;–—-]\s*(?:no,? sorry|sorry,? no|wait,? no|no,? wait|scratch that|correction|I mean,? (?:no|not))\b/i

/** Whether a sentence is taken back, by itself or by what comes after it. */
export function isTakenBack(text: string, after: string | undefined): boolean {
  return TAKEN_BACK_WITHIN.test(text) || (after !== undefined && TAKEN_BACK.some((each) => each.test(after)))
}

/** Pronouns and openers that look like names at the beginning of a sentence. */
const NO_NAME =
  /^(?:It|He|She|They|We|I|You|This|That|These|Those|There|Here|What|Which|Who|Table|Figure|Fig|Section)\b/

/**
 * Who says a sentence and how surely, by words alone: taken back, handed on from somebody who is not named, said of what will come, thought
 * and not known, with a word of doubt, on the word of somebody who is named, else asserted.
 *
 * @param speaker who speaks in the source, where it is a transcript
 * @param after the sentence that comes next in the same turn or paragraph
 */
export function stanceOf(text: string, speaker: string | undefined, after?: string): Saying {
  const other = REPORTS.map((pattern) => pattern.exec(text)?.groups?.['who']).find(
    (who) => who !== undefined && !NO_NAME.test(who),
  )
  const saidBy = other ?? speaker
  return { ...(saidBy !== undefined && { saidBy }), how: howOf(text, other !== undefined, after) }
}

function howOf(text: string, isReported: boolean, after: string | undefined): Stance {
  if (isTakenBack(text, after)) return 'retracted'
  if (HEARSAY.some((each) => each.test(text))) return 'hearsay'
  if (PREDICTION.some((each) => each.test(text))) return 'prediction'
  if (OPINION.test(text)) return 'opinion'
  if (HEDGES.test(text)) return 'hedged'
  return isReported ? 'reported' : 'asserted'
}
