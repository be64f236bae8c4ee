import type { Finding } from '../findings/index.ts'
import { plain } from './plain.ts'
import { valueText } from './values.ts'

/**
 * `too small to decide: it could have seen 36.2 points, and the field reports 20.0 points`; empty where a difference was found
 * or could have been.
 */
export function tooSmallText({ tooSmall, unit }: Finding): string {
  if (tooSmall === undefined) return ''
  const print = (value: number): string => valueText(value, unit, 'change').replace('+', '')
  return `too small to decide: it could have seen ${print(tooSmall.couldSee)}, and the field reports ${print(tooSmall.reported)}`
}

/** The same as a sentence, with the source of what the field reports. */
export function tooSmallSentence(finding: Finding): string {
  const text = tooSmallText(finding)
  if (finding.tooSmall === undefined) return ''
  return `The run was ${text} (${plain(finding.tooSmall.source)}).`
}
