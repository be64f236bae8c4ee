/** How an answer is compared with the expected one. */
export type CheckName = 'exact' | 'contains' | 'regex' | 'number'

export const checkNames: readonly CheckName[] = ['exact', 'contains', 'regex', 'number']

/** Numbers agree when they differ by less than this share of the expected one. */
const RELATIVE = 1e-9

const NUMBER = /[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?/gi

/**
 * Whether an answer is right.
 *
 * - `exact`: equal but for white space round it
 * - `contains`: holds the expected text somewhere
 * - `regex`: matches the expected pattern (JavaScript, Unicode flag) somewhere
 * - `number`: the last number in the answer is the expected one; thousands separators are ignored
 */
export function passes(check: CheckName, answer: string, expected: string): boolean {
  switch (check) {
    case 'exact':
      return answer.trim() === expected.trim()
    case 'contains':
      return answer.includes(expected.trim())
    case 'regex':
      return new RegExp(expected, 'u').test(answer)
    case 'number': {
      const last = answer.match(NUMBER)?.at(-1)
      const wanted = Number(expected)
      return last !== undefined && Math.abs(Number(last.replaceAll(',', '')) - wanted) <= RELATIVE * Math.abs(wanted)
    }
  }
}

/** Some answer that passes, where one is easily had: a pattern's own text may match it, or may not. */
export function passingAnswer(check: CheckName, expected: string): string | undefined {
  const answer = check === 'regex' ? expected.replaceAll(/^\^|\$$|\\(?=[^a-z0-9])/gi, '') : expected
  return passes(check, answer, expected) ? answer : undefined
}

const MUST: Readonly<Record<CheckName, string>> = {
  exact: 'to equal',
  contains: 'to contain',
  regex: 'to match',
  number: 'to end with the number',
}

/** What a check asks of an answer: `expected to contain "Madrid"`. */
export function expectation(check: CheckName, expected: string): string {
  return `expected ${MUST[check]} ${check === 'number' ? expected.trim() : `"${expected}"`}`
}
