import path from 'node:path'
import { AssayError, didYouMean } from '../../assay-error.ts'
import {
  measuredUnder,
  placesOf,
  saidOf,
  type Brief,
  type Claim,
  type MeasuredTrial,
  type Verdict,
} from '../../brief/index.ts'
import {
  calibrationSentence,
  controlsTable,
  findingLine,
  levelsText,
  plain,
  shellWord,
  shortened,
  trialNames,
  valueText,
} from '../../report/index.ts'
import type { Finding } from '../../findings/index.ts'
import type { OneRun } from '../../project/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import type { BriefOptions } from './options.ts'

/** Trials that are told one by one. */
const MOST = 12

/** A trial under a finding as it is told. */
interface Measured extends Omit<MeasuredTrial, 'row'> {
  readonly trial: string
  readonly where: string
  readonly command: string
}

/** One claim in full: its words, its rule with what the rule was given, and the journal events under it. */
export function showClaim(
  terminal: Terminal,
  brief: Brief,
  verdicts: readonly Verdict[],
  evidence: readonly OneRun[],
  { claim: id = '', runs }: BriefOptions,
): Answer {
  const verdict = verdicts.find(({ claim }) => claim.id === id)
  if (verdict === undefined) {
    const known = brief.claims.map((claim) => claim.id)
    throw new AssayError(
      'cli/usage',
      `There is no claim "${plain(id)}".${didYouMean(id, known)} List them with: assay brief status <file>`,
    )
  }
  const { claim, status, rule, inputs, reasons, finding } = verdict
  const dim = (text: string): string => terminal.style('dim', text)
  terminal.print(`${terminal.style('bold', status)}  ${claim.text}`)
  terminal.print(dim(`in ${placesOf(brief, id).join(', ') || 'no part of the brief'}`))
  for (const line of quotesOf(brief, claim)) terminal.print(`  said      ${line}`)
  for (const { on, what } of (brief.history ?? []).filter((line) => line.claim === id))
    terminal.print(`  ${on}  ${what}`)
  terminal.print(`  rule      ${rule}`)
  if (inputs !== '') terminal.print(`  given     ${inputs}`)
  if (reasons.length > 0) terminal.print(`  because   ${reasons.join('; ')}`)
  if (finding !== undefined) {
    terminal.print(`  finding   ${findingLine(finding)}`)
    terminal.print(`  controls  ${calibrationSentence(finding)}`)
    for (const row of controlsTable(finding).rows)
      terminal.print(dim(`            ${row.filter((cell) => cell !== '').join('  ')}`))
    terminal.print(`  wrong if  ${plain(finding.wrongIf)}`)
    terminal.print(`  data      ${finding.provenance.dataHash}, plan ${finding.provenance.designHash}`)
  }
  const run = evidence.find((each) => each.run === verdict.evidence?.run)
  const measured = finding === undefined || run === undefined ? [] : tellMeasured(finding, run, runs)
  if (measured.length > 0 && finding !== undefined) {
    terminal.print(
      `\n${terminal.style('bold', 'Trials of this finding')}  one trial a line, with the command that shows the event that was measured`,
    )
    for (const each of measured.slice(0, MOST)) {
      const value = each.value === undefined ? 'missing' : valueText(each.value, finding.unit)
      terminal.print(`  ${value.padStart(10)}  ${each.command}  ${dim(each.where)}`)
    }
    if (measured.length > MOST) terminal.note(`${measured.length - MOST} more: --json names them all.`)
  }
  terminal.document({ ...verdict, evidence: undefined, places: placesOf(brief, id), measured })
  return 0
}

function quotesOf(brief: Brief, { quotes = [] }: Claim): readonly string[] {
  return quotes.map((quote) => {
    const { title, told } = saidOf(brief, quote)
    return `“${shortened(plain(quote.text), 90)}” (${[title, ...told].join(', ')})`
  })
}

/** Trials under a finding, each with the command that shows the event. */
function tellMeasured(finding: Finding, found: OneRun, runs: string | undefined): readonly Measured[] {
  const names = trialNames(found.outcomes)
  return measuredUnder(finding, found).map(({ row, ...measured }) => ({
    trial: row.trial,
    where: `${levelsText(row.cell)}; task ${row.task}, repeat ${row.repeat}${row.status === 'invalid' ? '; invalid' : ''}`,
    ...measured,
    command: `assay show ${path.basename(found.folder)} ${shellWord(names.get(row.trial) ?? row.trial)} --from ${measured.event} --to ${measured.event + 1}${runs === undefined ? '' : ` --out ${runs}`}`,
  }))
}
