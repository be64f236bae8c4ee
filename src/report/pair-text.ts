import type { Finding } from '../findings/index.ts'
import { pText } from './values.ts'
import { plain } from './plain.ts'
import { numberText } from './number-text.ts'
import { conditionsText, sampleText } from './values.ts'

/** Below this, corrected, a difference is said to be one. */
const ALPHA = 0.05

/**
 * Which of two is better, a sentence without its full stop: `B is better than A: share answered correctly +20.0 points
 * (95% CI …; 40 tasks; p = 0.012)`. The number is that of the first named minus the other. Where the interval holds 0 or p, corrected,
 * is 0.05 or more, no difference could be shown. Without a direction in the study, the one with more is higher.
 *
 * @param of what was compared, as in `difference(…: from → to)`: `to` minus `from`
 * @param what the measure in words
 */
export function pairText(
  finding: Finding,
  { from, to, what }: { readonly from: string; readonly to: string; readonly what: string },
): string {
  const { estimate, details, conditions } = finding
  const { agent: _, ...cell } = conditions
  const where = Object.keys(cell).length === 0 ? '' : ` (${conditionsText(cell)})`
  const [low, high] = [plain(from), plain(to)]
  const holmP = details['holmP']
  if (estimate.type !== 'estimate')
    return `${high} and ${low} cannot be compared${where}: ${plain(what)} ${numberText(finding, sampleText(finding))}`
  const { value, interval } = estimate
  const apart = interval.low > 0 || interval.high < 0
  const p = typeof holmP === 'number' ? holmP : undefined
  const beside = [sampleText(finding), ...(p === undefined ? [] : [`p ${pText(p)}`])].join('; ')
  const family = details['family']
  const corrected = typeof family === 'number' && family > 1 ? `, p corrected for ${family} comparisons` : ''
  if (!apart || (p !== undefined && p >= ALPHA))
    return `no difference could be shown between ${high} and ${low}${where}: ${plain(what)} ${numberText(finding, beside)}, ${high} minus ${low}${corrected}${apart ? '; the interval excludes 0, but p decides' : ''}`
  const [more, less, number] = value > 0 ? [high, low, finding] : [low, high, reversed(finding)]
  const better = details['better']
  const [winner, loser, word] =
    better === 'lower' ? [less, more, 'better'] : [more, less, better === 'higher' ? 'better' : 'higher']
  const shown = better === 'lower' ? reversed(number) : number
  return `${winner} is ${word} than ${loser}${where}: ${plain(what)} ${numberText(shown, beside)}${corrected}`
}

/** The same difference the other way round. */
function reversed(finding: Finding): Finding {
  const { estimate } = finding
  if (estimate.type !== 'estimate') return finding
  const { low, high } = estimate.interval
  return {
    ...finding,
    estimate: { ...estimate, value: -estimate.value, interval: { ...estimate.interval, low: -high, high: -low } },
  }
}
