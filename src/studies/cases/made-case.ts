import { AssayError } from '../../assay-error.ts'
import { answerCheck, withoutThought, type AnswerCheck } from '../../grade/index.ts'
import { askedCheck, type AskedCheck } from './asked-check.ts'
import type { Case, CaseCheck } from './case.ts'

/** The checks of a case, made, with an answer that passes them all. */
export interface MadeCase {
  /** Whether an answer passes the checks that read it themselves: all but `asked`. */
  readonly passes: (answer: string) => boolean
  /** Which checks an answer passes, or those that it does not: `wrong: contains "Madrid" does not pass`. */
  readonly explain: (answer: string) => string
  /** Passes all checks; absent where only its author could say, and did not. */
  readonly known?: string
  /** Those that a model or a function decides. */
  readonly asked: readonly AskedCheck[]
}

/**
 * Makes the checks of a case.
 *
 * @throws AssayError `grade/check`: a check cannot be made, or no answer is known that passes all of them
 */
export function madeCase({ prompt, check, expected, also = [], answer, wrong }: Case): MadeCase {
  const all = [{ check, expected }, ...also].map((each) => ({ each, asked: askedCheck(each.check, each.expected) }))
  const asked = all.flatMap((one) => one.asked ?? [])
  const rubric = asked.find((each) => each.type === 'judge')?.rubric
  if (rubric?.trim() === '')
    throw new AssayError('grade/check', 'Expected is empty. Write the rubric that the judge is to go by.')
  const written = all.flatMap((one) => (one.asked === undefined ? [one.each] : []))
  const checks = written.map((each) => answerCheck(each.check, each.expected, prompt))
  const passes = (said: string): boolean =>
    withoutThought(said).answer.trim() !== '' && checks.every((each) => each.passes(said))
  if (answer !== undefined && !passes(answer))
    throw new AssayError(
      'grade/check',
      `The answer "${answer.slice(0, 60)}" does not pass ${failing(checks, answer)}. Correct one of them.`,
    )
  if (wrong !== undefined && asked.length === 0 && passes(wrong))
    throw new AssayError(
      'grade/check',
      `The answer.wrong "${wrong.slice(0, 60)}" passes every check. Correct it, or a check.`,
    )
  const known = answer ?? (asked.length === 0 ? sampleOf(checks, passes) : ownExpected(asked, passes))
  if (known === undefined && asked.length === 0)
    throw new AssayError('grade/check', 'No answer could be made that passes. Add a column answer with one that does.')
  const explain = (said: string): string => explained(written, checks, said)
  return { passes, explain, asked, ...(known !== undefined && { known }) }
}

function sampleOf(checks: readonly AnswerCheck[], passes: MadeCase['passes']): string | undefined {
  const samples = checks.flatMap(({ sample }) => sample ?? [])
  return [...samples, samples.join(' '), samples.join('\n')].find(passes)
}

/** What a function expects is taken for an answer that passes; whether it does is found out before a run. */
function ownExpected(asked: readonly AskedCheck[], passes: MadeCase['passes']): string | undefined {
  const [first] = asked
  return first?.type === 'function' && asked.length === 1 && !first.not && passes(first.expected)
    ? first.expected
    : undefined
}

function explained(written: readonly CaseCheck[], checks: readonly AnswerCheck[], said: string): string {
  const wrong = written.filter((_, place) => checks[place]?.passes(said) !== true)
  const [list, verdict] = wrong.length === 0 ? [written, 'passes'] : [wrong, 'does not pass']
  const names = list.map((each) => `${each.check} "${each.expected}"`).join(', ')
  const cut = withoutThought(said).cut ? '; thought in the text was cut off first' : ''
  return `${wrong.length === 0 ? 'right' : 'wrong'}: ${names} ${verdict}${cut}`
}

function failing(checks: readonly AnswerCheck[], answer: string): string {
  return checks.flatMap(({ name, passes }) => (passes(answer) ? [] : [`"${name}"`])).join(', ')
}
