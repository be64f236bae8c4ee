import type { Brief, Claim, Contradiction, HistoryLine, Section } from '../brief.ts'
import { idMaker } from '../id.ts'
import { newSources, type BriefChange } from './changes.ts'

const WITHDRAWN = 'Withdrawn'

/** What a change says, on one line. */
export function changeText(change: BriefChange, brief: Brief): string {
  const named = (id: string): string => brief.claims.find((claim) => claim.id === id)?.text ?? id
  switch (change.type) {
    case 'new':
      return change.claim.text
    case 'said-again':
      return `${named(change.id)} (${change.quotes.map(({ text }) => `“${text}”`).join(', ')})`
    case 'contradicts':
      return `${change.claim.text} (against: ${named(change.id)})`
    case 'verdict':
      return `${named(change.id)} (${change.from} → ${change.to})`
    case 'withdrawn':
      return `${named(change.id)} (${change.why})`
    case 'watch':
    case 'unknown':
      return change.text
  }
}

/**
 * The brief with the changes that a person accepted, and a line of its history for each that is about a claim. Withdrawn
 * claims keep quotes, test and finding, and are in the section `Withdrawn` alone.
 *
 * @param on the day of the update: `2026-05-01`
 * @param draft what the changes were read from, for its sources
 */
export function applyChanges(brief: Brief, changes: readonly BriefChange[], on: string, draft?: Brief): Brief {
  if (changes.length === 0) return brief
  const newSource = idMaker(brief.sources.map(({ id }) => id))
  const fresh = draft === undefined ? [] : newSources(brief, draft)
  const ids = new Map<string, string>()
  for (const { id, hash, file } of draft?.sources ?? []) {
    const old = brief.sources.find((each) => each.hash === hash && each.file === file)
    ids.set(id, old?.id ?? newSource(id))
  }
  const mapped = <Held extends Pick<Claim, 'quotes'>>(held: Held): Held =>
    held.quotes === undefined
      ? held
      : { ...held, quotes: held.quotes.map((quote) => ({ ...quote, source: ids.get(quote.source) ?? quote.source })) }
  const newId = idMaker(brief.claims.map(({ id }) => id))
  let claims: readonly Claim[] = brief.claims
  let sections: readonly Section[] = brief.sections
  let takeaways = brief.takeaways
  const contradictions: Contradiction[] = [...(brief.contradictions ?? [])]
  const watchlist = [...brief.watchlist]
  const unknowns = [...brief.unknowns]
  const history: HistoryLine[] = [...(brief.history ?? [])]
  const place = (id: string, title: string): void => {
    sections = sections.some((section) => section.title === title)
      ? sections.map((section) => (section.title === title ? { title, claims: [...section.claims, id] } : section))
      : [...sections, { title, claims: [id] }]
  }
  const edit = (id: string, change: (claim: Claim) => Claim): void => {
    claims = claims.map((claim) => (claim.id === id ? change(claim) : claim))
  }
  const enter = (claim: Claim, section: string): string => {
    const id = newId(claim.text)
    claims = [...claims, { ...mapped(claim), id }]
    place(id, section)
    return id
  }
  for (const change of changes) {
    switch (change.type) {
      case 'new':
        history.push({ on, claim: enter(change.claim, change.section), what: 'new' })
        break
      case 'said-again': {
        const { quotes } = mapped({ quotes: change.quotes })
        edit(change.id, (claim) => ({ ...claim, quotes: [...(claim.quotes ?? []), ...quotes] }))
        history.push({ on, claim: change.id, what: 'said again' })
        break
      }
      case 'contradicts': {
        const id = enter(change.claim, change.section)
        contradictions.push({ claims: [change.id, id], what: 'These claims do not agree.' })
        history.push({ on, claim: id, what: 'new' }, { on, claim: change.id, what: `contradicted by ${id}` })
        break
      }
      case 'verdict':
        edit(change.id, (claim) => ({ ...claim, verdict: change.to }))
        history.push({ on, claim: change.id, what: `${change.from} → ${change.to}` })
        break
      case 'withdrawn':
        takeaways = takeaways.filter((id) => id !== change.id)
        sections = sections
          .map(({ title, claims: held }) => ({ title, claims: held.filter((id) => id !== change.id) }))
          .filter(({ claims: held }) => held.length > 0)
        place(change.id, WITHDRAWN)
        history.push({ on, claim: change.id, what: `withdrawn: ${change.why}` })
        break
      case 'watch':
        watchlist.push(change.text)
        break
      case 'unknown':
        unknowns.push(change.text)
        break
    }
  }
  return {
    ...brief,
    updated: on,
    sources: [...brief.sources, ...fresh.map((source) => ({ ...source, id: ids.get(source.id) ?? source.id }))],
    claims,
    takeaways,
    sections,
    watchlist,
    unknowns,
    ...(contradictions.length > 0 && { contradictions }),
    ...(history.length > 0 && { history }),
  }
}
