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
