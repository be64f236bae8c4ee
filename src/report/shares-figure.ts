import type { Markish, ScaleOptions } from '@observablehq/plot'
import type { FigureData, Finding } from '../findings/index.ts'
import { lookOf } from './look.ts'
import { plain } from './plain.ts'
import { rowLabels } from './rows.ts'
import { draw, uprightAxis, type Drawing } from './svg.ts'
import { estimateText } from './values.ts'

/** A finding with its own points, by the name that tells it from the others. */
export interface SharesOf {
  readonly finding: Finding
  readonly figure: FigureData
  readonly label: string
}

/** The findings that bring points of a kind. */
export function sharesIn(findings: readonly Finding[], kind: FigureData['kind']): readonly SharesOf[] {
  const labels = rowLabels(findings)
  return findings.flatMap((finding, index) => {
    const { figure } = finding
    return figure?.kind === kind ? [{ finding, figure, label: labels[index] ?? '' }] : []
  })
}

/** Shares from 0 to 1 against what runs along the foot, a look a finding. */
export function drawShares(
  drawn: readonly [SharesOf, ...SharesOf[]],
  {
    x,
    marks,
    ...size
  }: Pick<Drawing, 'id' | 'width' | 'height'> & {
    readonly x: ScaleOptions
    readonly marks: (plot: Parameters<Drawing['plot']>[0]) => Markish[]
  },
): Promise<string> {
  const [first] = drawn
  return draw({
    title: plain(first.finding.title),
    description: `${plain(first.figure.y)} against ${plain(first.figure.x)}. ${drawn
      .map(({ finding, label }) => `${label}: ${plain(finding.title)} ${estimateText(finding)}`)
      .join('; ')}.`,
    ...size,
    legend: drawn.map(({ label }, index) => ({ name: label, ...lookOf(index) })),
    plot: (plot) => ({
      marginLeft: 60,
      marginBottom: 36,
      x: { label: plain(first.figure.x), labelArrow: 'none', ...x },
      y: { domain: [0, 1], ...uprightAxis(first.figure.y, 5, (value) => `${Math.round(100 * value)}%`) },
      marks: marks(plot),
    }),
  })
}
