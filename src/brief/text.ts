import { plain } from '../report/index.ts'
import type { Brief } from './brief.ts'
import { headerOf, headerText, isTested } from './header.ts'
import { continues } from './import/line.ts'
import type { Verdict } from './verdict.ts'

/**
 * The canonical text form: title, line with sources, confidence and date, then the four parts, always all of them. Where
 * a claim has a test, every claim ends in its verdict: `… [supported]`, `… [untested]`. A blank line is before the name of a section only
 * where the name would else read as the rest of the bullet above it.
 */
export function renderText(brief: Brief, verdicts: readonly Verdict[] = []): string {
  const header = headerText(headerOf(brief, verdicts))
  const claims = (ids: readonly string[]): readonly string[] => bullets(claimLines(brief, verdicts, ids))
  const sections: string[] = []
  for (const section of brief.sections) {
    const title = plain(section.title)
    const above = sections.at(-1)
    if (above?.startsWith('- ') === true && continues(above.slice(2), title)) sections.push('')
    sections.push(title, ...claims(section.claims))
  }
  return [
    plain(brief.title),
    ...(header === '' ? [] : [header]),
    'Key takeaways',
    ...claims(brief.takeaways),
    'Sections',
    ...sections,
    'Watchlist',
    ...bullets(brief.watchlist),
    'Unknowns',
    ...bullets(brief.unknowns),
    '',
  ].join('\n')
}

function bullets(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `- ${plain(line)}`)
}

function claimLines(brief: Brief, verdicts: readonly Verdict[], ids: readonly string[]): readonly string[] {
  const tested = isTested(verdicts)
  return ids.flatMap((id) => {
    const claim = brief.claims.find((each) => each.id === id)
    if (claim === undefined) return []
    const verdict = tested ? verdicts.find((each) => each.claim.id === id) : undefined
    return [verdict === undefined ? claim.text : `${claim.text} [${verdict.status}]`]
  })
}
