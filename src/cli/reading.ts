import type { Outcome } from '../record/index.ts'
import type { RunEnd, Spent } from '../run/index.ts'
import type { Finding, Plan, Reading } from '../study/index.ts'
import {
  controlsSentence,
  findingParts,
  isChange,
  meanLines,
  rowLabels,
  seriesChart,
  seriesLines,
  valueText,
} from '../study/say/index.ts'
import { plainTable } from './plain-table.ts'
import type { Terminal } from './terminal.ts'

/** What is printed of a run, finished or not. */
export interface Printed {
  readonly run: string
  readonly plan: Plan
  readonly outcomes: readonly Outcome[]
  readonly reading: Reading
}

/** Quantities to print; default all of them. */
export interface PrintOptions {
  readonly quantities?: ReadonlySet<string>
}

/** Findings as tables, one a quantity; controls in one sentence; a figure of the study's first series. */
export function printReading(
  terminal: Terminal,
  { run, plan, outcomes, reading }: Printed,
  options: PrintOptions = {},
): void {
  const { bold, dim } = styles(terminal)
  terminal.print(`\n${bold(run)}  ${plan.study.question}`)
  terminal.print(dim(`${outcomes.length} of ${plan.trials.length} trials, plan ${plan.hash}, data ${reading.dataHash}`))
  if (outcomes.length === 0) return
  const asked = ({ quantity }: Finding): boolean => options.quantities?.has(quantity) ?? true
  for (const group of byQuantity(reading.findings.filter(asked))) terminal.print(findingTable(terminal, group))
  const [figure] = plan.study.figures
  if (figure !== undefined)
    terminal.print(
      `\n${seriesChart(meanLines(seriesLines(figure.series, outcomes)), { ...figure, width: Math.min(terminal.width, 110) })}`,
    )
  terminal.print(
    `\n${terminal.style(reading.controls.every((each) => each.true) ? 'green' : 'red', controlsSentence(reading.controls))}`,
  )
  for (const { where, invalid, trials } of reading.unreadable) {
    terminal.print(terminal.style('red', `Unreadable: ${invalid} of ${trials} trials are invalid in ${where}.`))
  }
}

/** The one document of `--json`. */
export function readingDocument(
  end: Pick<RunEnd, 'run' | 'folder' | 'reading'> & {
    readonly type?: string
    readonly why?: string
    readonly spent?: Spent
  },
): unknown {
  const { run, folder, reading, type, why, spent } = end
  return {
    run,
    folder,
    ...(type !== undefined && { ended: type, why }),
    ...(spent !== undefined && { spent }),
    ...reading,
  }
}

function byQuantity(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  return [...Map.groupBy(findings, (finding) => finding.quantity).values()]
}

function findingTable(terminal: Terminal, findings: readonly Finding[]): string {
  const { bold, dim } = styles(terminal)
  const [first] = findings
  const worst = findings.some((finding) => 'worstText' in finding.details)
  const table = plainTable(['', 'estimate', 'interval', ...(worst ? ['worst'] : []), 'n', ''])
  const labels = rowLabels(findings)
  for (const [index, finding] of findings.entries()) {
    const parts = findingParts(finding)
    table.push([
      labels[index] ?? '',
      bold(estimateOf(finding)),
      intervalOf(finding),
      ...(worst ? [worstOf(finding)] : []),
      dim(parts.n),
      terminal.style('yellow', parts.flags.join(', ')),
    ])
  }
  return `\n${bold(first === undefined ? '' : findingParts(first).title)}\n${table.toString()}`
}

/** A known value without an interval keeps its column; why there is none stands where the interval would. */
function estimateOf(finding: Finding): string {
  const { estimate, unit } = finding
  if (estimate.type === 'estimate') return findingParts(finding).estimate
  return estimate.value === undefined ? 'unknown' : valueText(estimate.value, unit, isChange(finding))
}

function intervalOf(finding: Finding): string {
  const { estimate } = finding
  return estimate.type === 'estimate' ? findingParts(finding).interval : `none: ${estimate.reason}`
}

function worstOf({ details }: Finding): string {
  const worst = details['worstText']
  return typeof worst === 'string' ? worst : ''
}

function styles(terminal: Terminal): {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
} {
  return { bold: (text) => terminal.style('bold', text), dim: (text) => terminal.style('dim', text) }
}
