import {
  calibrationSentence,
  findingLine,
  findingParagraph,
  intervalFigure,
  type IntervalFigureOptions,
} from '../report/index.ts'
import type { Brief, Claim } from './brief.ts'
import type { Quote } from './quote.ts'
import { thresholdsOf } from './claim-test.ts'
import { markup, NOTHING, trusted, type Html } from './escape.ts'
import { journalHint, saidOf } from './say.ts'
import type { VerdictStatus } from './verdict-status.ts'
import type { Verdict } from './verdict.ts'

/** Rows of a figure beside the finding itself. */
const MOST_ROWS = 11

/** Never told by colour alone. */
const SIGNS: Readonly<Record<VerdictStatus, string>> = {
  supported: '✓',
  contradicted: '✗',
  unresolved: '?',
  uncalibrated: '!',
  unvalidated: '!',
  untested: '–',
}

export function verdictBadge({ status }: Verdict): Html {
  return markup`<span class="verdict ${status}"><span aria-hidden="true">${SIGNS[status]}</span> ${status}</span>`
}

/** The finding that decides a claim, among the same quantity of the other agents and controls, with the threshold. */
export async function claimFigure(
  { claim, finding, evidence }: Verdict,
  options: Pick<IntervalFigureOptions, 'id' | 'width'> = {},
): Promise<string | undefined> {
  if (finding === undefined || evidence === undefined || claim.test === undefined) return undefined
  const others = evidence.reading.findings.filter(
    (each) => each !== finding && each.quantity === finding.quantity && each.unit === finding.unit,
  )
  return intervalFigure([finding, ...others.slice(0, MOST_ROWS)], {
    ...options,
    highlight: finding,
    ...(claim.test.unit === finding.unit && { threshold: thresholdsOf(claim.test) }),
  })
}

/** A claim in full: verdict, rule with its inputs, finding, figure, controls, what would make it wrong. */
export function claimArticle(
  brief: Brief,
  claim: Claim,
  verdict: Verdict | undefined,
  figure: string | undefined,
  level: 3 | 4,
): Html {
  const tag = trusted(`h${level}`)
  const rows = [
    ...(claim.quotes ?? []).map((quote) => row('Said', said(brief, quote))),
    ...(verdict === undefined ? [] : verdictRows(verdict)),
    ...overTime(brief, claim),
  ]
  return markup`<article id="claim-${claim.id}"><${tag}>${claim.text} ${verdict === undefined ? NOTHING : verdictBadge(verdict)}</${tag}>
<div class="evidence">${rows.length === 0 ? NOTHING : markup`<dl>${rows}</dl>`}
${figure === undefined ? NOTHING : figureBlock(figure)}</div>
${verdict?.finding === undefined ? NOTHING : measured(findingParagraph(verdict.finding))}</article>`
}

/** What happened to a claim, day by day. */
function overTime({ history = [] }: Brief, { id }: Claim): readonly Html[] {
  const lines = history.filter((line) => line.claim === id)
  if (lines.length === 0) return []
  const items = lines.map(({ on, what }) => markup`<li><time datetime="${on}">${on}</time> ${what}</li>`)
  return [row('Over time', markup`<ol>${items}</ol>`)]
}

/** The words themselves, who says them and how surely, and where they stand. */
function said(brief: Brief, { at, ...quote }: Quote): Html {
  const { title, told } = saidOf(brief, quote)
  const where = at === undefined ? '' : `, characters ${at[0]} to ${at[1]}`
  return markup`<q>${quote.text}</q> <span class="soft">${told.join(', ')}${told.length === 0 ? NOTHING : trusted('; ')}<a href="#source-${quote.source}">${title}</a>${where}</span>`
}

function figureBlock(figure: string): Html {
  return markup`<figure>${trusted(figure)}<figcaption>First row: the finding that the rule was given. Dashed upright: the threshold. Hollow: controls. Dashed interval: decides nothing.</figcaption></figure>`
}

function measured(paragraph: string): Html {
  return markup`<details><summary>How it was measured</summary><p>${paragraph}</p></details>`
}

function verdictRows({ claim, rule, inputs, status, reasons, finding }: Verdict): readonly Html[] {
  return [
    row('Rule', markup`${rule}`),
    ...(inputs === '' ? [] : [row('Given', markup`${inputs}`)]),
    row('So', markup`${status}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}.`),
    ...(finding === undefined
      ? []
      : [
          row('Finding', markup`${findingLine(finding)}`),
          row('Controls', markup`${calibrationSentence(finding)}`),
          row('Wrong if', markup`${finding.wrongIf}.`),
          row(
            'Journal',
            markup`<code>${journalHint(claim.id)}</code> <span class="soft">names the events under it</span>`,
          ),
        ]),
  ]
}

function row(name: string, value: Html): Html {
  return markup`<dt>${name}</dt><dd>${value}</dd>`
}
