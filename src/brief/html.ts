import { createHash } from 'node:crypto'
import { FIGURE_STYLE } from '../report/index.ts'
import type { Brief } from './brief.ts'
import { claimArticle, claimFigure, verdictBadge } from './claim-html.ts'
import { CONFIDENCE_RULE, confidenceOf, confidenceTable, confidenceText } from './confidence.ts'
import { markup, NOTHING, trusted, type Html } from './escape.ts'
import { headerOf, headerText } from './header.ts'
import { PAGE_STYLE } from './page-style.ts'
import { runsSection } from './runs-html.ts'
import type { Verdict } from './verdict.ts'

/** Narrower than other figures, so that its text can be read beside a claim in print. */
const FIGURE_WIDTH = 480

/**
 * A brief as one page that needs nothing else: style and figures inside, light and dark, no script, no request, and a policy that
 * allows nothing else. Every text is escaped. A claim is printed in full where it is first in a section.
 */
export async function renderHtml(brief: Brief, verdicts: readonly Verdict[] = []): Promise<string> {
  const figures = new Map<string, string>()
  for (const verdict of verdicts) {
    const figure = await claimFigure(verdict, { id: `figure-${verdict.claim.id}`, width: FIGURE_WIDTH })
    if (figure !== undefined) figures.set(verdict.claim.id, figure)
  }
  const told = (ids: readonly string[], level: 3 | 4): readonly Html[] =>
    [...new Set(ids)].flatMap((id) => {
      const claim = brief.claims.find((each) => each.id === id)
      const verdict = verdicts.find((each) => each.claim.id === id)
      return claim === undefined ? [] : [claimArticle(brief, claim, verdict, figures.get(id), level)]
    })
  const seen = new Set<string>()
  const sections = brief.sections.map(({ title, claims }) => {
    const fresh = claims.filter((id) => !seen.has(id))
    const known = claims.filter((id) => seen.has(id))
    for (const id of claims) seen.add(id)
    return markup`<section><h3>${title}</h3>${told(fresh, 4)}${list(brief, verdicts, known)}</section>`
  })
  const rest = brief.claims.flatMap(({ id }) => (seen.has(id) ? [] : [id]))
  return `${
    page(
      brief.title,
      markup`<header><h1>${brief.title}</h1>
<p class="soft">${headerText(headerOf(brief, verdicts))}</p></header>
<main>
<section><h2>Key takeaways</h2>${list(brief, verdicts, brief.takeaways)}</section>
<section><h2>Sections</h2>${sections}</section>
${rest.length === 0 ? NOTHING : markup`<section><h2>Evidence</h2>${told(rest, 3)}</section>`}
<section><h2>Watchlist</h2>${bullets(brief.watchlist)}</section>
<section><h2>Unknowns</h2>${bullets(brief.unknowns)}</section>
${contradictionsSection(brief)}
${verdicts.length === 0 ? NOTHING : confidence(brief, verdicts)}
${runsSection(verdicts)}
${brief.sources.length === 0 ? NOTHING : sourcesSection(brief)}
</main>`,
    ).html
  }\n`
}

function page(title: string, body: Html): Html {
  const policy = `default-src 'none'; style-src ${[PAGE_STYLE, FIGURE_STYLE].map(hashSource).join(' ')}; base-uri 'none'; form-action 'none'`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
${body}
</body>
</html>`
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Claims by their sentence, with a link to where they are told in full. */
function list(brief: Brief, verdicts: readonly Verdict[], ids: readonly string[]): Html {
  if (ids.length === 0) return NOTHING
  const items = ids.flatMap((id) => {
    const claim = brief.claims.find((each) => each.id === id)
    const verdict = verdicts.find((each) => each.claim.id === id)
    if (claim === undefined) return []
    const badge = verdict === undefined ? NOTHING : markup` ${verdictBadge(verdict)}`
    return [markup`<li><a href="#claim-${id}">${claim.text}</a>${badge}</li>`]
  })
  return markup`<ul>${items}</ul>`
}

function bullets(lines: readonly string[]): Html {
  return lines.length === 0 ? NOTHING : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`
}

/** What differs, and the claims that it is about. */
function contradictionsSection({ contradictions = [], claims }: Brief): Html {
  if (contradictions.length === 0) return NOTHING
  const items = contradictions.map((each) => {
    const about = each.claims.map((id) => {
      const text = claims.find((claim) => claim.id === id)?.text ?? id
      return markup`<li><a href="#claim-${id}">${text}</a></li>`
    })
    return markup`<li>${each.what}<ul>${about}</ul></li>`
  })
  return markup`<section><h2>Contradictions</h2><ul>${items}</ul></section>`
}

/** The rule of confidence beside what it was given: what each level asks for, what the brief has, and where that is enough. */
function confidence(brief: Brief, verdicts: readonly Verdict[]): Html {
  const reading = confidenceOf(brief, verdicts)
  const rows = confidenceTable(reading).map(
    ({ what, has, asked }) =>
      markup`<tr><th scope="row">${what}</th><td>${has}</td>${asked.map(({ text, met }) => markup`<td>${text} ${met ? '✓' : '✗'}</td>`)}</tr>`,
  )
  return markup`<section><h2>Confidence</h2><p>${confidenceText(reading)}</p>
<table><caption>The rule, and what it was given. A level needs every condition in its column; anything else is Low. Two things count as an independent source: a run that decided a claim (runs with the same data count once), and a text of which a run has supported at least one claim.</caption><thead><tr><th scope="col">input</th><th scope="col">this brief</th>${CONFIDENCE_RULE.map(({ level }) => markup`<th scope="col">${level} asks for</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></section>`
}

function sourcesSection(brief: Brief): Html {
  const items = brief.sources.map(({ id, title, url }) => {
    const cited = brief.claims.filter((claim) => claim.quotes?.some(({ source }) => source === id)).length
    const name = url === undefined ? markup`${title}` : markup`<a href="${url}" rel="noreferrer noopener">${title}</a>`
    return markup`<li id="source-${id}">${name} <span class="soft">(claims from it: ${cited})</span></li>`
  })
  return markup`<section><h2>Sources</h2><ul>${items}</ul></section>`
}
