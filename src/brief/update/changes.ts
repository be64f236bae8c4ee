import type { Brief, Claim, Source } from '../brief.ts'
import { numbersIn } from '../numbers.ts'
import type { Quote } from '../quote.ts'
import type { Verdict } from '../verdict.ts'
import type { VerdictStatus } from '../verdict-status.ts'
import { claimKey, gistOf, likeness, NEARLY, terms } from '../words.ts'

/** One line of an update, which a person accepts or not. */
export type BriefChange =
  /** A claim that the brief does not have. */
  | { readonly type: 'new'; readonly claim: Claim; readonly section: string }
  /** New words for a claim that it has. */
  | { readonly type: 'said-again'; readonly id: string; readonly quotes: readonly Quote[] }
  /** A new claim that differs from an old one in a number or in whether it denies. */
  | { readonly type: 'contradicts'; readonly id: string; readonly claim: Claim; readonly section: string }
  | { readonly type: 'verdict'; readonly id: string; readonly from: VerdictStatus; readonly to: VerdictStatus }
  /** Taken back by a new source, or no longer in any of its own. */
  | { readonly type: 'withdrawn'; readonly id: string; readonly why: string }
  | { readonly type: 'watch' | 'unknown'; readonly text: string }

/** What an existing brief is held against. */
export interface News {
  /** A draft from new sources. */
  readonly draft?: Brief
  /** What the runs say now. */
  readonly verdicts: readonly Verdict[]
  /** Text of each old source as it is now, by id; a source that has no file or cannot be read is absent. */
  readonly texts: ReadonlyMap<string, string>
}

/** Share of common terms, numbers left out, at which two sentences with other numbers speak of the same thing. */
const SAME_THING = 0.6
/** Share of a claim's terms in words that are taken back. */
const TAKEN_BACK = 0.5

/** What is new, said again, contradicted, decided otherwise and withdrawn, in that order of the brief and the draft. */
export function changesOf(brief: Brief, { draft, verdicts, texts }: News): readonly BriefChange[] {
  const withdrawn = new Set<string>()
  const changes: BriefChange[] = verdicts.flatMap(({ claim, status }): readonly BriefChange[] => {
    const from = claim.verdict ?? 'untested'
    return from === status ? [] : [{ type: 'verdict', id: claim.id, from, to: status }]
  })
  const withdraw = (id: string, why: string): void => {
    if (withdrawn.has(id)) return
    withdrawn.add(id)
    changes.push({ type: 'withdrawn', id, why })
  }
  for (const { id, quotes = [] } of brief.claims) {
    const placed = brief.takeaways.includes(id) || brief.sections.some(({ claims }) => claims.includes(id))
    const gone = quotes.every(({ source, text }) => texts.get(source)?.includes(text) === false)
    if (placed && quotes.length > 0 && gone) withdraw(id, 'its words are no longer in its source')
  }
  if (draft === undefined) return changes
  for (const claim of draft.claims) {
    const quotes = claim.quotes ?? []
    if (quotes.length > 0 && quotes.every(({ how }) => how === 'retracted')) {
      const old = brief.claims.find(({ text }) => quotes.some((quote) => takes(quote.text, text)))
      if (old !== undefined) withdraw(old.id, `taken back: “${quotes[0]?.text ?? ''}”`)
      continue
    }
    const section = draft.sections.find(({ claims }) => claims.includes(claim.id))?.title ?? 'Claims'
    const same = brief.claims.find(({ text }) => likeness(gistOf(text), gistOf(claim.text)) >= NEARLY)
    if (same !== undefined) {
      const fresh = quotes.filter(({ text }) => same.quotes?.some((known) => known.text === text) !== true)
      if (fresh.length > 0) changes.push({ type: 'said-again', id: same.id, quotes: fresh })
      continue
    }
    const other = brief.claims.find(({ text }) => differs(text, claim.text))
    changes.push(
      other === undefined ? { type: 'new', claim, section } : { type: 'contradicts', id: other.id, claim, section },
    )
  }
  const lines = (type: 'watch' | 'unknown', before: readonly string[], now: readonly string[]): void => {
    const known = new Set(before.map(claimKey))
    for (const text of now) if (!known.has(claimKey(text))) changes.push({ type, text })
  }
  lines('watch', brief.watchlist, draft.watchlist)
  lines('unknown', brief.unknowns, draft.unknowns)
  return changes
}

/** The sources of a draft that an old brief does not have yet, by their text. */
export function newSources(brief: Brief, draft: Brief): readonly Source[] {
  return draft.sources.filter(({ hash, file }) => !brief.sources.some((old) => old.hash === hash && old.file === file))
}

function differs(a: string, b: string): boolean {
  const [own, other] = [bare(a), bare(b)]
  const common = [...own].filter((term) => other.has(term)).length
  return common >= SAME_THING * (own.size + other.size - common) && gistOf(a).marks !== gistOf(b).marks
}

function bare(text: string): ReadonlySet<string> {
  return new Set(terms(text).filter((term) => !/^\p{N}/u.test(term)))
}

function takes(quote: string, claim: string): boolean {
  const own = bare(claim)
  const said = bare(quote)
  const numbers = numbersIn(quote)
  return (
    own.size > 0 &&
    [...own].filter((term) => said.has(term)).length >= TAKEN_BACK * own.size &&
    [...numbersIn(claim)].every((value) => numbers.has(value))
  )
}
