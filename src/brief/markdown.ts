import { calibrationSentence, findingLine, plain } from '../report/index.ts'
import { placesOf, type Brief } from './brief.ts'
import { confidenceOf, confidenceText } from './confidence.ts'
import { headerOf, headerText, isTested } from './header.ts'
import { journalHint, quoteText } from './say.ts'
import type { Verdict } from './verdict.ts'

/**
 * A brief as Markdown. A claim is printed in full where it is first: verdict, rule, what the rule was given, controls and
 * what would make it wrong; elsewhere with its verdict alone.
 */
export function renderMarkdown(brief: Brief, verdicts: readonly Verdict[] = []): string {
  const header = headerText(headerOf(brief, verdicts))
  const decided = isTested(verdicts)
  const told = new Set<string>()
  const claims = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => {
      const claim = brief.claims.find((each) => each.id === id)
      const verdict = verdicts.find((each) => each.claim.id === id)
      if (claim === undefined) return []
      const first = !told.has(id)
      told.add(id)
      if (verdict === undefined || !decided) return [`- ${escaped(claim.text)}`]
      return [`- ${escaped(claim.text)} **[${verdict.status}]**`, ...(first ? details(brief, verdict) : [])]
    })
  const bullets = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${escaped(line)}`)
  return [
    `# ${escaped(brief.title)}`,
    '',
    ...(header === '' ? [] : [escaped(header), '']),
    ...(decided ? [escaped(`Confidence: ${confidenceText(confidenceOf(brief, verdicts))}`), ''] : []),
    ...part('## Key takeaways', claims(brief.takeaways)),
    '## Sections',
    '',
    ...brief.sections.flatMap((section) => part(`### ${escaped(section.title)}`, claims(section.claims))),
    ...part('## Watchlist', bullets(brief.watchlist)),
    ...part('## Unknowns', bullets(brief.unknowns)),
    ...(brief.contradictions === undefined ? [] : part('## Contradictions', bullets(disputes(brief)))),
  ].join('\n')
}

/** Claims that cannot all be true, side by side, and in what they differ. */
function disputes({ claims, contradictions = [] }: Brief): readonly string[] {
  return contradictions.map(({ claims: ids, what }) => {
    const texts = ids.flatMap((id) => claims.find((each) => each.id === id)?.text ?? [])
    return `${texts.map((text) => `“${text}”`).join(' but ')}: ${what}`
  })
}

/** What stands below a claim in this form, by its first words. */
export const DETAILS: RegExp = /^(?:Quote|Rule|Given|Because|Finding|Controls|Wrong if|Journal|In|Stands in): /

function part(heading: string, lines: readonly string[]): readonly string[] {
  return [heading, '', ...(lines.length === 0 ? [] : [...lines, ''])]
}

function details(brief: Brief, { claim, rule, inputs, reasons, finding }: Verdict): readonly string[] {
  const places = placesOf(brief, claim.id)
  return [
    ...(claim.quotes ?? []).map((each) => `Quote: ${quoteText(brief, each)}`),
    `Rule: ${rule}`,
    ...(inputs === '' ? [] : [`Given: ${inputs}`]),
    ...(reasons.length === 0 ? [] : [`Because: ${reasons.join('; ')}.`]),
    ...(finding === undefined
      ? []
      : [
          `Finding: ${findingLine(finding)}`,
          `Controls: ${calibrationSentence(finding)}`,
          `Wrong if: ${finding.wrongIf}`,
          `Journal: ${journalHint(claim.id)}`,
        ]),
    ...(places.length > 1 ? [`Listed under: ${places.join(', ')}`] : []),
  ].map((line) => `  - ${escaped(line)}`)
}

/** Text that Markdown shows as it is written. */
function escaped(text: string): string {
  return plain(text)
    .replaceAll(/[\\`*_[\]<>#|~&!]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
}
