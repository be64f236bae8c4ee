import type { Finding } from '../findings/index.ts'
import type { Paint } from './interval-chart.ts'
import { plain, shortened } from './plain.ts'
import { placeOf, rowLabels } from './rows.ts'

export interface SharesChartOptions {
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number
  /** Default: no colour. `place` 0 is a real agent, 1 a control. */
  readonly paint?: Paint
}

interface Point {
  readonly x: number
  readonly share: number
}

interface Row {
  readonly name: string
  readonly control: boolean
  readonly points: readonly Point[]
  /** The length at which half succeed, on the scale of x. */
  readonly half?: number
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const MARK = '╎'

// Lines on one field, as `seriesChart` draws, hide one another where several agents always succeed; rows cannot.
/**
 * Shares at lengths or ages as rows of bars, a row a finding and a column an x, with percentages where they fit: `▄ 45%`.
 * A dot is a share of 0, a blank an x that was not run; `╎` stands where an h50 falls between two lengths. Ages
 * are windows, each to the next.
 *
 * @returns lines joined by newlines, none wider than `width`; undefined where no finding brings shares at two x or more
 */
export function sharesChart(findings: readonly Finding[], options: SharesChartOptions): string | undefined {
  const rows = rowsOf(findings)
  const xs = [...new Set(rows.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b)
  const figure = findings.find((finding) => isDrawn(finding))?.figure
  if (figure === undefined || xs.length < 2) return undefined
  const width = Math.max(40, options.width)
  const paint: Paint = options.paint ?? ((text) => text)
  const longest = Math.max(...rows.map(({ name }) => name.length))
  const { kind } = figure
  const labels = xs.map(String)
  const bare = Math.max(...labels.map((label) => label.length), 1) + 1
  // Without percentages before names are cut short: two agents that look the same say less than a bar without its number.
  const said = xs.length * Math.max(bare, WITH_NUMBER) + longest + 2 <= width
  const column = said ? Math.max(bare, WITH_NUMBER) : Math.max(2, Math.min(bare, Math.floor((width - 14) / xs.length)))
  const nameWidth = Math.max(12, Math.min(longest, width - 2 - xs.length * column))
  const shown = xs.slice(0, Math.max(1, Math.floor((width - 2 - nameWidth) / column)))
  const pad = ' '.repeat(nameWidth + 2)
  const lines = rows.map(({ name, control, points, half }) => {
    const cells = shown.map((x, index) => {
      const share = points.find((point) => point.x === x)?.share
      const before = shown[index - 1]
      const marked = half !== undefined && before !== undefined && half > before && half <= x
      return `${marked ? MARK : ' '}${cellOf(share, said).padStart(column - 1)}`
    })
    return `${shortened(name, nameWidth).padEnd(nameWidth)}  ${paint(cells.join(''), control ? 1 : 0)}`.trimEnd()
  })
  const marks = lines.some((line) => line.includes(MARK)) ? `; ${MARK} half` : ''
  const left = xs.length - shown.length
  return [
    shortened(
      `${plain(figure.y)}, by ${plain(figure.x)}${kind === 'lengths' ? '' : ' (each up to the next)'}${marks}`,
      width,
    ),
    `${pad}${shown.map((x) => String(x).padStart(column)).join('')}${left > 0 ? '…' : ''}`.slice(0, width),
    ...lines,
  ].join('\n')
}

/** Columns of a bar with its percentage and the room before it: ` █100%`, and a blank. */
const WITH_NUMBER = 7

function isDrawn({ figure }: Finding): boolean {
  return figure?.kind === 'lengths' || figure?.kind === 'ages'
}

function rowsOf(findings: readonly Finding[]): readonly Row[] {
  const names = rowLabels(findings)
  return findings.flatMap((finding, index): readonly Row[] => {
    if (!isDrawn(finding)) return []
    const place = finding.at === 0.5 ? placeOf(finding) : undefined
    return [
      {
        name: names[index] ?? '',
        control: finding.subject.type === 'control',
        points: (finding.figure?.points ?? []).map(([x, share]) => ({ x, share })),
        ...(place !== undefined && place.value > 0 && { half: place.value }),
      },
    ]
  })
}

function cellOf(share: number | undefined, said: boolean): string {
  if (share === undefined) return ''
  const bar = share <= 0 ? '·' : (BARS[Math.min(BARS.length, Math.ceil(share * BARS.length)) - 1] ?? '█')
  return said ? `${bar}${`${Math.round(100 * share)}%`.padStart(4)}` : bar
}
