import { AssayError } from '../assay-error.ts'
import { readMap, readRecode } from '../rows/index.ts'
import { audit as makeAudit, type Audit, auditKind, readPublished } from '../audit/index.ts'
import { controlsSentence, counted, curveFigure, findingParts, intervalFigure } from '../report/index.ts'
import type { Finding } from '../findings/index.ts'
import { version, type OneRun } from '../project/index.ts'
import { printComparisons, printFindings } from './audit-tables.ts'
import { assertFigure } from './output-file.ts'
import type { Answer } from './command.ts'
import type { AuditOptions } from './commands/audit.ts'
import { rowsOf } from './run-rows.ts'
import type { Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/**
 * `assay audit <rows|run> --as <kind>`
 *
 * @param out where runs are; default as configured
 */
export async function audit(terminal: Terminal, file: string, request: AuditOptions, out?: string): Promise<Answer> {
  const kind = auditKind(request.as).name
  assertFigure(request.figure)
  const options = {
    kind,
    map: readMap(request.map),
    recode: readRecode(request.recode),
    ...(request.where !== undefined && { where: request.where }),
    ...(request.sql !== undefined && { sql: request.sql }),
    by: byOf(request.by),
    published: readPublished(request.published),
    ...(request.statedN !== undefined && { statedN: request.statedN }),
    version: version(),
  }
  const { source, run } = await rowsOf(file, kind, out)
  const made = await makeAudit(source, options)
  print(terminal, made, run, options.by)
  if (request.figure !== undefined) {
    const { svg, leavesOut } = await figureOf(made.findings)
    writeText(terminal, request.figure, svg)
    if (leavesOut !== '') terminal.note(`${request.figure} ${leavesOut}`)
  }
  terminal.document(made)
  return 0
}

/** Share of rows left out above which it is said before any number. */
const MANY = 0.05

function byOf(texts: readonly string[]): readonly string[] {
  const columns = texts.flatMap((each) => each.split(',')).map((each) => each.trim())
  const found = columns.filter((each) => each !== '')
  if (texts.length > 0 && found.length === 0)
    throw new AssayError('audit/by', '--by names no column: write --by suite.')
  return [...new Set(found)]
}

function print(terminal: Terminal, made: Audit, run: OneRun | undefined, by: readonly string[]): void {
  const { file, table, kept, leftOut } = made.counts
  const counts = [
    `${count(kept)} of ${count(table)} rows used`,
    ...(table === file ? [] : [`made from ${count(file)} in the file`]),
    ...(leftOut > 0 ? [`${count(leftOut)} left out by --where`] : []),
  ]
  terminal.print(
    `\n${terminal.style('bold', run?.run ?? made.file)} as ${made.kind}  ${terminal.style('dim', `${counts.join(', ')}; data ${made.dataHash}`)}`,
  )
  if (table - kept > MANY * table)
    terminal.print(
      terminal.style(
        'yellow',
        `${counted(table - kept, 'row')} could not be read as ${made.kind} and ${table - kept === 1 ? 'is' : 'are'} left out; see the data report.`,
      ),
    )
  printFindings(terminal, made.findings, by)
  if (made.published.length > 0) printComparisons(terminal, made.published)
  terminal.print(`\n${terminal.style('bold', 'Data report')}`)
  if (made.report.length === 0) terminal.print(terminal.style('green', '  No problem found.'))
  for (const { check, count: concerned, text, where } of made.report) {
    const places = where.length === 0 ? '' : ` (${where.join(', ')}${concerned > where.length ? ', …' : ''})`
    terminal.print(
      `  ${terminal.style('yellow', check)}  ${count(concerned)} ${COUNTED.test(text) ? '' : 'rows: '}${text}${places}`,
    )
  }
  terminal.print(terminal.style('dim', `\n${sourceText(run)}`))
}

/** Begins a text that says what it counts; any other is a statement about so many rows. */
const COUNTED = /^(?:of|rows?|lines?|cells?|columns?|tasks?|pairs?|items?|values?|names?|labels?)\b/

/** Whose rows these are, and so what is known of the measurement. */
function sourceText(run: OneRun | undefined): string {
  if (run === undefined)
    return 'Third-party data: recomputed from the rows. No control ran, so Assay cannot say whether the original measurement was right.'
  const { outcomes, plan, reading } = run
  const done = outcomes.length < plan.trials.length ? ', unfinished: its numbers decide nothing' : ''
  return `Data of the run ${run.run}: ${outcomes.length} of ${plan.trials.length} trials${done}. ${controlsSentence(reading.controls)}`
}

/** Curves that can be told apart in one figure. */
const MOST_CURVES = 6

/** The first curves, where there are any; else the intervals of the first quantity. Says in words what is not in it. */
async function figureOf(findings: readonly Finding[]): Promise<{ readonly svg: string; readonly leavesOut: string }> {
  const curves = findings.filter((each) => each.figure?.kind === 'curve')
  if (curves.length > 0)
    return {
      svg: await curveFigure(curves.slice(0, MOST_CURVES)),
      leavesOut:
        curves.length > MOST_CURVES
          ? `shows the first ${MOST_CURVES} of ${curves.length} curves. Choose others with --where.`
          : '',
    }
  const [first] = findings
  if (first === undefined) throw new AssayError('audit/no-figure', 'There is no finding to draw.')
  const alike = findings.filter((each) => each.quantity === first.quantity && each.unit === first.unit)
  const others = [...new Set(findings.filter((each) => !alike.includes(each)).map(({ quantity }) => quantity))]
  return {
    svg: await intervalFigure(alike, { title: findingParts(first).title }),
    leavesOut: others.length > 0 ? `shows ${first.quantity} alone. Not in it: ${others.join(', ').slice(0, 200)}.` : '',
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
