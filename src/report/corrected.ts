import type { Finding } from '../findings/index.ts'
import { plain } from './plain.ts'
import { findingValue, pText } from './values.ts'

/**
 * What holds of a comparison together with the others of its family: `for all 5: −3.1 to +40.2 points, p = 0.04`; empty where
 * it is alone. Where its own interval is simultaneous already, only p.
 */
export function correctedText(finding: Finding): string {
  const { corrected, details } = finding
  const { comparisons, holmP } = details
  if (corrected === undefined)
    return typeof comparisons === 'number' && comparisons > 1 && typeof holmP === 'number'
      ? `for all ${comparisons}: p ${pText(holmP)}`
      : ''
  const { interval } = corrected
  const said = [
    ...(interval === undefined
      ? []
      : [`${findingValue(finding, interval.low)} to ${findingValue(finding, interval.high)}`]),
    ...(corrected.holmP === undefined ? [] : [`p ${pText(corrected.holmP)}`]),
  ]
  return said.length === 0 ? '' : `for all ${corrected.comparisons}: ${said.join(', ')}`
}

/** The same as a sentence, with how it was corrected; empty where the comparison is alone. */
export function correctedSentence(finding: Finding): string {
  const { corrected } = finding
  const text = correctedText(finding)
  if (corrected === undefined || text === '') return ''
  return `Corrected for the ${corrected.comparisons} comparisons of its family (${plain(corrected.family)}), ${text} (intervals by Bonferroni, p by Holm).`
}
