import { plain } from '../study/index.ts'
import type { Brief } from './brief.ts'
import { headerOf, headerText } from './header.ts'
import type { Verdict } from './verdict.ts'

/**
 * The canonical text form: title, line with sources, confidence and date, then the four parts, always all of them. When
 * findings exist, every claim ends in its verdict: `… [supported]`.
 */
export function renderText(brief: Brief, verdicts: readonly Verdict[] = []): string {
  const header = headerText(headerOf(brief, verdicts))
  const claims = (ids: readonly string[]): readonly string[] => bullets(claimLines(brief, verdicts, ids))
  return [
    plain(brief.title),
    ...(header === '' ? [] : [header]),
    'Key takeaways',
    ...claims(brief.takeaways),
    'Sections',
    ...brief.sections.flatMap((section) => [plain(section.title), ...claims(section.claims)]),
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
  const decided = verdicts.some(({ finding }) => finding !== undefined)
  return ids.flatMap((id) => {
    const claim = brief.claims.find((each) => each.id === id)
    if (claim === undefined) return []
    const verdict = decided ? verdicts.find((each) => each.claim.id === id) : undefined
    return [verdict === undefined ? claim.text : `${claim.text} [${verdict.status}]`]
  })
}
