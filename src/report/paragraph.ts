import type { ControlReading, Finding } from '../findings/index.ts'
import { counted, plain } from './plain.ts'
import { conditionsText, estimateText, findingValue, intervalText, valueText } from './values.ts'

/** How many misreadings are told one by one. */
const TOLD = 3

/** A finding in plain words: what was measured on whom, what it rests on, whether the controls read true, what would make it wrong. */
export function findingParagraph(finding: Finding): string {
  return [
    measured(finding),
    restsOn(finding),
    ...details(finding),
    policies(finding),
    controlsSentence(finding.controls),
    ...STANDINGS[finding.standing],
    ...finding.caveats.map((caveat) => sentence(`Mind that ${caveat}`)),
    sentence(`It would be wrong if ${finding.wrongIf}`),
    provenance(finding),
  ].join(' ')
}

const STANDINGS: Readonly<Record<Finding['standing'], readonly string[]>> = {
  planned: ['The analysis was fixed before the run.'],
  exploratory: ['The analysis was not in the plan: it is exploratory and decides nothing.'],
  incomplete: ['The run is unfinished: the number is incomplete and decides nothing.'],
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

function restsOn({ n }: Finding): string {
  const { trials, tasks, clusters, invalid, missing } = n
  return `It rests on ${counted(trials, 'trial')} of ${counted(tasks, 'task')} in ${counted(clusters, 'cluster')}; ${invalid} more invalid, ${missing} missing.`
}

function details(finding: Finding): readonly string[] {
  const { worstText, meanFrom, meanTo, signFlipP } = finding.details
  return [
    ...(typeof worstText === 'string' ? [`The worst trial read ${plain(worstText)}.`] : []),
    ...(typeof meanFrom === 'number' && typeof meanTo === 'number'
      ? [`The two sides had means of ${valueText(meanFrom, finding.unit)} and ${valueText(meanTo, finding.unit)}.`]
      : []),
    ...(typeof signFlipP === 'number'
      ? [`A sign-flip permutation of the pairs gives p = ${Number(signFlipP.toPrecision(2))}.`]
      : []),
  ]
}

function policies(finding: Finding): string {
  const said = Object.entries(finding.policies).map(([name, policy]) => `${plain(name)}: ${plain(policy)}`)
  return said.length === 0 ? 'No policy was needed.' : sentence(`Policies: ${said.join('; ')}`)
}

/** Whether the instrument reads true, with what it misread. */
export function controlsSentence(controls: readonly ControlReading[]): string {
  if (controls.length === 0) return 'No control was run, so nothing shows that the instrument reads true.'
  const wrong = controls.filter((reading) => !reading.passed)
  if (wrong.length === 0) {
    return controls.length === 1
      ? 'The one control reading was true.'
      : `All ${controls.length} control readings were true.`
  }
  const told = wrong.slice(0, TOLD).map((reading) => {
    const { control, measure, expected, measured } = reading
    return `${plain(control)} is known to read ${expected} for ${measure} and read ${measured}`
  })
  const rest = wrong.length > TOLD ? `; and ${wrong.length - TOLD} more` : ''
  return `${wrong.length} of ${counted(controls.length, 'control reading')} did not come true (${told.join('; ')}${rest}), so the number is uncalibrated and supports nothing.`
}

function provenance({ provenance: { run, study, designHash, dataHash, version } }: Finding): string {
  return sentence(
    `From run ${plain(run)} of the study ${plain(study)}: design ${designHash}, data ${dataHash}, Assay ${plain(version)}`,
  )
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
