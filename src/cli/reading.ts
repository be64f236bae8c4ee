import type { RunEnd } from '../run/index.ts'
import type { RunRead } from '../compare/index.ts'
import type { Outcome } from '../record/index.ts'
import type { Finding } from '../findings/index.ts'
import type { Plan, Reading } from '../study/index.ts'
import {
  controlsSentence,
  correctedText,
  counted,
  findingCells,
  findingParts,
  meanLines,
  methodText,
  plain,
  rawCell,
  resultSentences,
  rowLabels,
  seriesChart,
  seriesLines,
  sharesChart,
  shellWord,
  shortened,
  trialNames,
  awarenessText,
  tooSmallText,
} from '../report/index.ts'
import { dollarsText } from './power-price.ts'
import { plainTable, tableText } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** Quantities to print; default all of them. */
export interface PrintOptions {
  readonly quantities?: ReadonlySet<string>
  /** Every finding, where the study would show its main ones alone. */
  readonly all?: boolean
}

/**
 * The answer in words, a sentence a headline; findings as tables, one a quantity, with success against length in
 * characters; controls in one sentence; a figure of the study's first series. What is left out is counted.
 */
export function printReading(
  terminal: Terminal,
  { run, plan, outcomes, reading }: Pick<RunRead, 'run' | 'plan' | 'outcomes' | 'reading'>,
  options: PrintOptions = {},
): void {
  const { bold, dim } = stylesOf(terminal)
  terminal.print(`\n${bold(run)}  ${plan.study.question}`)
  const rows = `${outcomes.length} of ${plan.trials.length} trials, plan ${plan.hash}, data ${reading.dataHash}`
  terminal.print(dim(`${rows}${paidText(outcomes)}${askedText(outcomes)}`))
  const held = heldText(plan)
  if (held !== '') terminal.print(dim(held))
  if (outcomes.length === 0) return
  const results = resultSentences(reading.findings, plan.study.headline)
  if (results.length > 0) terminal.print(`\n${results.join('\n')}`)
  const asked = reading.findings.filter(({ quantity }) => options.quantities?.has(quantity) ?? true)
  const { headline } = plan.study
  const shown =
    headline === undefined || options.all === true || options.quantities !== undefined
      ? asked
      : asked.filter((finding) => finding.subject.type === 'pair' || headline(finding))
  for (const group of tablesOf(shown)) terminal.print(findingTable(terminal, group))
  const [figure] = plan.study.figures
  if (figure !== undefined)
    terminal.print(
      `\n${seriesChart(meanLines(seriesLines(figure.series, outcomes)), { ...figure, width: Math.min(terminal.width, 110) })}`,
    )
  if (shown.length < asked.length) {
    const rest = tablesOf(asked.filter((finding) => !shown.includes(finding))).length
    terminal.print(dim(`\n${counted(rest, 'more table')} of findings: assay show ${run} --all`))
  }
  terminal.print(
    `\n${terminal.style(reading.controls.every((each) => each.passed) ? 'green' : 'red', controlsSentence(reading.controls))}`,
  )
  for (const line of invalidLines(run, outcomes, reading)) terminal.print(terminal.style('red', line))
}

/** Cells that cannot be read, and why their last invalid trial is; else how many trials are invalid, and the last of them. */
function invalidLines(run: string, outcomes: readonly Outcome[], { unreadable }: Reading): readonly string[] {
  const names = trialNames(outcomes)
  const why = ({ trial, stop }: Pick<Outcome, 'trial' | 'stop'>): string =>
    `Last error: ${shortened(plain(stop), 200)}. See: assay show ${run} ${shellWord(names.get(trial) ?? trial)}`
  const invalid = outcomes.filter(({ status }) => status === 'invalid')
  const last = invalid.toSorted((a, b) => a.times.startedAt - b.times.startedAt).at(-1)
  if (unreadable.length > 0)
    return unreadable.map(
      (each) =>
        `Too many trials of ${plain(each.where)} are invalid (${each.invalid} of ${each.trials}). ${why(each.last)}`,
    )
  return last === undefined ? [] : [`${counted(invalid.length, 'trial')} of ${outcomes.length} invalid. ${why(last)}`]
}

/** What its models cost, judges too, where anybody was paid: `, cost $0.42`. What a control would cost is nobody's bill. */
function paidText(outcomes: readonly Outcome[]): string {
  const costs = outcomes.flatMap(({ control, cost, othersCost }) => [
    ...(control ? [] : [cost]),
    ...(othersCost === undefined ? [] : [othersCost]),
  ])
  const text = sumText(costs)
  return text === '' ? '' : `, cost ${text}`
}

/** What it cost to ask whether trials were a test, which is in no cost of the agents: `, and $0.03 for asking …`. */
function askedText(outcomes: readonly Outcome[]): string {
  const text = sumText(outcomes.flatMap(({ awareness }) => (awareness === undefined ? [] : [awareness.cost])))
  return text === '' ? '' : `, for asking whether it is a test ${text}`
}

/** Empty where nothing was paid. */
function sumText(costs: readonly Outcome['cost'][]): string {
  if (costs.some(({ type }) => type === 'unknown')) return 'not known'
  const dollars = costs.reduce((sum, cost) => sum + (cost.type === 'known' ? cost.dollars : 0), 0)
  return dollars === 0 ? '' : dollarsText(dollars)
}

/** The one document of `--json`. */
export function readingDocument(end: Pick<RunEnd, 'run' | 'folder' | 'reading'> & Partial<RunEnd>): object {
  const { run, folder, reading, type, why, spent } = end
  return {
    run,
    folder,
    ...(type !== undefined && { ended: type, why }),
    ...(spent !== undefined && { spent }),
    ...reading,
  }
}

/** What the user chose for the whole run, and the tables below do not repeat. */
function heldText({ cells, varied }: Plan): string {
  const chosen = varied.filter((name) => new Set(cells.map((cell) => cell[name])).size === 1)
  return chosen.length === 0 ? '' : `all at ${chosen.map((name) => `${name}=${cells[0]?.[name] ?? ''}`).join(', ')}`
}

/** Findings of one quantity make one table, and so do those that say that they are one. */
function tablesOf(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  return [...Map.groupBy(findings, ({ quantity, details: { table } }) => table ?? quantity).values()]
}

/** Nothing was there to measure: no row, unless all rows are so. */
function measured(findings: readonly Finding[]): readonly Finding[] {
  const rows = findings.filter(({ n }) => n.trials > 0 || n.invalid > 0 || n.neverAsked !== undefined)
  return rows.length > 0 ? rows : findings
}

function findingTable(terminal: Terminal, group: readonly Finding[]): string {
  const { bold, dim } = stylesOf(terminal)
  const findings = measured(group)
  const [first] = findings
  const worst = findings.some((finding) => 'worstText' in finding.details)
  const together = findings.map((finding) => correctedText(finding))
  const corrected = together.some((text) => text !== '')
  const tested = findings.some((finding) => 'holmP' in finding.details)
  const raw = findings.some((finding) => rawCell(finding) !== '')
  const table = plainTable([
    '',
    'estimate',
    'interval',
    ...(corrected ? ['corrected'] : []),
    ...(raw ? ['as read'] : []),
    ...(worst ? ['worst'] : []),
    ...(tested ? ['p (Holm)'] : []),
    'sample',
    '',
  ])
  const labels = rowLabels(findings)
  for (const [index, finding] of findings.entries()) {
    const [cells, parts] = [findingCells(finding), findingParts(finding)]
    table.push([
      labels[index] ?? '',
      bold(cells.estimate),
      cells.interval,
      ...(corrected ? [together[index] ?? ''] : []),
      ...(raw ? [dim(rawCell(finding))] : []),
      ...(worst ? [worstOf(finding)] : []),
      ...(tested ? [correctedP(finding)] : []),
      dim(parts.n),
      terminal.style('yellow', [...parts.flags, ...tooSmallFlag(finding)].join(', ')),
    ])
  }
  const titles = new Set(findings.map((each) => each.title)).size
  const own = first?.details['table']
  const title =
    titles > 1 && typeof own === 'string' ? plain(own) : first === undefined ? '' : findingParts(first).title
  const chart = sharesChart(findings, {
    width: Math.min(terminal.width, 110) - 2,
    paint: (text, place) => (place === 0 ? terminal.style('cyan', text) : text),
  })
  const small = [...new Set(findings.map((finding) => tooSmallText(finding)).filter((text) => text !== ''))]
  const aware = awareLines(findings, labels)
  const notes = [...small, ...aware]
    .map((text) => `\n  ${terminal.style('yellow', text.charAt(0).toUpperCase() + text.slice(1))}`)
    .join('')
  const drawn = chart === undefined ? '' : `\n${chart.replaceAll(/^/gm, '  ')}`
  const lines = tableText(table)
  return `\n${bold(title)}\n${lines}${drawn}\n${dim(`  ${methodText(findings)}`)}${notes}`
}

/** Whether agents call these trials a test: once for all rows that say the same, else with the name of each. */
function awareLines(findings: readonly Finding[], labels: readonly string[]): readonly string[] {
  const said = findings.flatMap((finding, index) => {
    const text = awarenessText(finding)
    return text === '' ? [] : [{ text, label: (labels[index] ?? '').trim() }]
  })
  const texts = new Set(said.map(({ text }) => text))
  return texts.size <= 1 ? [...texts] : said.map(({ text, label }) => `${label}: ${text}`)
}

/** In a table the flag alone: the words with both effects are below it, once. */
function tooSmallFlag({ tooSmall }: Finding): readonly string[] {
  return tooSmall === undefined ? [] : ['too small to decide']
}

/** Two digits, or that it is below 0.001. */
export function correctedP({ details: { holmP } }: Finding): string {
  if (typeof holmP !== 'number') return ''
  return holmP < 0.001 ? '< 0.001' : Number(holmP.toPrecision(2)).toString()
}

function worstOf({ details }: Finding): string {
  const worst = details['worstText']
  return typeof worst === 'string' ? worst : ''
}
