import type { ControlReading, Finding } from '../findings/index.ts'
import { awarenessSentence } from './awareness.ts'
import { correctedSentence } from './corrected.ts'
import { tooSmallSentence } from './too-small.ts'
import { endsTexts } from './line.ts'
import { counted, plain } from './plain.ts'
import { validationSentence } from './validation.ts'
import { conditionsText, estimateText, findingValue, intervalText, pText, valueText } from './values.ts'

/** How many failed checks are named one by one. */
const NAMED = 3

/** A finding in plain words: what was measured on whom, its sample, whether the controls passed, what would make it wrong. */
export function findingParagraph(finding: Finding): string {
  return [
    measured(finding),
    sample(finding),
    ...details(finding),
    ...[correctedSentence(finding), tooSmallSentence(finding)].filter((each) => each !== ''),
    countingRules(finding),
    calibrationSentence(finding),
    ...[validationSentence(finding), awarenessSentence(finding)].filter((each) => each !== ''),
    ...STANDINGS[finding.standing],
    ...finding.caveats.map((caveat) => sentence(`Note: ${caveat}`)),
    sentence(`It would be wrong if ${finding.wrongIf}`),
    provenance(finding),
  ].join(' ')
}

const STANDINGS: Readonly<Record<Finding['standing'], readonly string[]>> = {
  planned: ['The analysis was planned before the run.'],
  exploratory: ['The analysis was not in the plan: it is exploratory and decides nothing.'],
  incomplete: ['The run is unfinished: the finding is incomplete and decides nothing.'],
}

/** Whether the analysis was planned, in one sentence. */
export function analysisSentence({ standing }: Finding): string {
  return STANDINGS[standing].join(' ')
}

function measured(finding: Finding): string {
  const title = plain(finding.title)
  const where = conditionsText(finding.conditions)
  const of = where === '' ? '' : ` (${where})`
  const interval = intervalText(finding)
  const by = interval === '' ? '' : `, ${interval} (${plain(finding.method)})`
  const published =
    finding.published === undefined ? '' : `; ${findingValue(finding, finding.published)} was published for it`
  return sentence(`${title.charAt(0).toUpperCase()}${title.slice(1)}${of}: ${estimateText(finding)}${by}${published}`)
}

function sample({ n }: Finding): string {
  const { trials, tasks, clusters, invalid, missing, ...ends } = n
  const left = `${[`${orNone(invalid)} invalid`, `${orNone(missing)} missing`, ...endsTexts(ends)].join(', ')}.`
  return `Sample: ${counted(trials, 'trial')}, ${counted(tasks, 'task')}, ${counted(clusters, 'cluster')}. ${left.charAt(0).toUpperCase()}${left.slice(1)}`
}

function orNone(count: number): string {
  return count === 0 ? 'none' : count.toLocaleString('en-US')
}

function details(finding: Finding): readonly string[] {
  const { worstText, meanFrom, meanTo, signFlipP } = finding.details
  return [
    ...(typeof worstText === 'string' ? [`The worst trial gave ${plain(worstText)}.`] : []),
    ...(typeof meanFrom === 'number' && typeof meanTo === 'number'
      ? [`The two sides had means of ${valueText(meanFrom, finding.unit)} and ${valueText(meanTo, finding.unit)}.`]
      : []),
    ...(typeof signFlipP === 'number' ? [`A sign-flip permutation of the pairs gives p ${pText(signFlipP)}.`] : []),
  ]
}

function countingRules(finding: Finding): string {
  const said = Object.entries(finding.policies).map(([name, rule]) => `${plain(name)}: ${plain(rule)}`)
  return said.length === 0 ? 'No counting rule was needed.' : sentence(`Counting rules: ${said.join('; ')}`)
}

/**
 * Whether the controls passed their checks, with what failed.
 *
 * @param runs what ran, where that is more than one run
 */
export function controlsSentence(controls: readonly ControlReading[], runs = ''): string {
  if (controls.length === 0) return 'No control ran, so nothing shows that the measurement works (uncalibrated).'
  const failed = controls.filter((check) => !check.passed)
  const of = runs === '' ? '' : ` in ${runs}`
  const ran = `${counted(new Set(controls.map(({ control }) => control)).size, 'control')}${of}`
  if (failed.length === 0) {
    return controls.length === 1
      ? 'The one control check passed.'
      : `All ${controls.length} control checks passed (${ran}).`
  }
  const quantities = [...new Set(failed.map(({ measure }) => plain(measure)))]
  // A wrong trial puts every number in doubt; a wrong number puts itself in doubt.
  const which = failed.some((check) => check.of === 'trials')
    ? 'these findings decide'
    : `findings of ${quantities.join(', ')} decide`
  return `${failed.length} of ${counted(controls.length, 'control check')} failed, so ${which} nothing (uncalibrated).${failuresText(failed)}`
}

/** What failed, one by one: a text of sentences, each after a space. */
function failuresText(failed: readonly ControlReading[]): string {
  const named = failed.slice(0, NAMED).map(({ control, cell, measure, expected, measured }) => {
    const where = [plain(control), conditionsText(cell)].filter((each) => each !== '').join(', ')
    return ` ${where}: ${plain(measure)} was ${measured}, must be ${expected}.`
  })
  return `${named.join('')}${failed.length > NAMED ? ` And ${failed.length - NAMED} more.` : ''}`
}

/** Whether controls show that this number is measured right: which of them read it, or why it is uncalibrated. */
export function calibrationSentence({ whyUncalibrated, controls }: Finding): string {
  if (whyUncalibrated !== undefined)
    return `Uncalibrated, so it decides nothing: ${plain(whyUncalibrated)}.${failuresText(controls.filter(({ passed }) => !passed))}`
  const readers = [...new Set(controls.map(({ control }) => plain(control)))]
  return `${controls.length === 1 ? 'One control check' : `${controls.length} control checks`} of this number passed (${readers.join(', ')}).`
}

function provenance({ provenance: { run, study, designHash, dataHash, version } }: Finding): string {
  return sentence(
    `Run ${plain(run)}, study ${plain(study)}, plan ${designHash}, data ${dataHash}, Assay ${plain(version)}`,
  )
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
