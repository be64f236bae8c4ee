import type { Finding, Validation } from '../findings/index.ts'
import { plain } from './plain.ts'
import { findingValue, percent } from './values.ts'

/** Why a finding of an unvalidated measure decides nothing, for any list of reasons. */
export const UNVALIDATED = 'no corpus says how often its check is wrong'

/** How well the measure of a finding is known to be read, in one or two sentences; empty where nothing says. */
export function validationSentence(finding: Finding): string {
  const { validation } = finding
  if (validation === undefined) return ''
  if (validation.type === 'exact') return `The check is exact: it reads ${plain(validation.reads)}.`
  if (validation.type === 'unvalidated') return `Unvalidated: ${UNVALIDATED}, so it decides nothing.`
  return `${ratesText(validation)} ${rawText(finding, validation)}`
}

/** What the corrected estimate was before: `31.0% as read`; empty where nothing was corrected. */
export function rawCell(finding: Finding): string {
  const { validation } = finding
  if (validation?.type !== 'validated' || validation.raw === undefined) return ''
  return findingValue(finding, validation.raw.value)
}

function ratesText({ check, corpus, sensitivity, specificity }: Validation & { type: 'validated' }): string {
  const said = ({ share, low, high, right, of }: typeof sensitivity): string =>
    `${percent(share)} (95% CI ${percent(low)} to ${percent(high)}; ${right} of ${of})`
  return `Check ${plain(check)}: sensitivity ${said(sensitivity)}, specificity ${said(specificity)} on labelled examples (${plain(corpus)}).`
}

function rawText(finding: Finding, { raw, reads }: Validation & { type: 'validated' }): string {
  if (raw === undefined) return 'The estimate is not corrected for these errors.'
  const { low, high, level } = raw.interval
  const read = `${findingValue(finding, raw.value)} (${percent(level)} CI ${findingValue(finding, low)} to ${findingValue(finding, high)})`
  const each = reads === undefined ? '' : ` with ${reads.toFixed(1)} replies read per trial`
  return `The estimate is corrected for these errors${each}; as read it was ${read}.`
}
