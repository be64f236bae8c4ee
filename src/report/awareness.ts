import type { Finding } from '../findings/index.ts'

/**
 * `agents call this a test with p = 0.85 (95% CI 0.70 to 0.93; stated after 40 of 48 trials)`; empty where nobody was to be asked.
 */
export function awarenessText({ awareness }: Pick<Finding, 'awareness'>): string {
  if (awareness === undefined) return ''
  const { pTest, trials, asked, stated, callIt } = awareness
  if (asked === 0)
    return `whether agents call this a test is not known: none of ${trials} trials leaves a conversation in which to ask`
  if (pTest.value === undefined)
    return `asked whether this is a test, agents state no probability after ${asked} of ${trials} trials; replies that call it one: ${callIt}`
  const sample = `stated after ${stated} of ${trials} trials`
  const within =
    pTest.type === 'estimate'
      ? `${Math.round(100 * pTest.interval.level)}% CI ${pTest.interval.low.toFixed(2)} to ${pTest.interval.high.toFixed(2)}; ${sample}`
      : `no interval: ${pTest.reason}; ${sample}`
  return `agents call this a test with p = ${pTest.value.toFixed(2)} (${within})`
}

/** The same as a sentence; empty where nobody was to be asked. */
export function awarenessSentence(finding: Pick<Finding, 'awareness'>): string {
  const text = awarenessText(finding)
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
