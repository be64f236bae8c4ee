import { chooses, optionsIn } from './choice.ts'
import { fault } from './fault.ts'
import { isJson, jsonIn } from './json.ts'
import { givesNumber, wantedNumber } from './number.ts'
import { matching } from './pattern-sample.ts'
import { schemaOf } from './schema.ts'
import { holds, isExactly, loose } from './text.ts'
import { withoutThought } from './thought.ts'

/** How an answer is compared with the expected one. */
export const ANSWER_CHECKS = ['exact', 'contains', 'number', 'choice', 'json', 'schema', 'regex'] as const
export type AnswerCheckName = (typeof ANSWER_CHECKS)[number]

/** One check of one answer, ready to be asked. */
export interface AnswerCheck {
  /** As it is written: `not:contains`. */
  readonly name: string
  /** Whether an answer passes. An empty answer passes none, and what the model thought aloud is cut off first. Pure. */
  readonly passes: (answer: string) => boolean
  /** An answer that passes, where one could be made of what is expected. */
  readonly sample: string | undefined
}

/** What a check makes of an answer without thought; `sample` is tried before it is trusted. */
interface Read {
  readonly passes: (answer: string) => boolean
  readonly samples: readonly string[]
  /** Whether what is expected is an answer itself, and must pass. */
  readonly reference: boolean
}

/**
 * Makes a check: `exact`, `contains`, `number`, `choice`, `json`, `schema` or `regex`, with `strict:` (exact and contains compare characters)
 * and `not:` (passes where the check does not) before it.
 *
 * @param expected the known answer; a JSON Schema for `schema`, a JavaScript pattern for `regex`
 * @param question what was asked: units, options and numbers that it states are read from it. Default: nothing is known of it
 * @throws AssayError `grade/check`: unknown name, nothing expected, not a number, JSON, schema or pattern, or an expected answer that does not
 * pass its own check; a sentence that says what and how to correct it, without a place
 *
 * @example answerCheck('number', '42', 'How many?').passes('Forty-two.') // true
 */
export function answerCheck(name: string, expected: string, question = ''): AnswerCheck {
  const { base, not, strict } = parsed(name)
  if (expected.trim() === '') throw fault('Expected is empty. Write the answer that passes.')
  const { passes, samples, reference } = READERS[base](expected, question, strict)
  if (reference && !passes(expected))
    throw fault(
      `Expected "${brief(expected)}" does not pass its own check "${base}". Correct it, or use another check.`,
    )
  const all = (answer: string): boolean => {
    const { answer: said } = withoutThought(answer)
    return said.trim() !== '' && passes(said) !== not
  }
  return { name, passes: all, sample: (not ? OTHERS : [...(reference ? [expected] : []), ...samples]).find(all) }
}

/** Answers that say nothing of what is expected, for checks that forbid something. */
const OTHERS = ['Something else.', 'No.', '0', '{}', 'x', '-1.5', 'None of these.']

function parsed(name: string): { readonly base: AnswerCheckName; readonly not: boolean; readonly strict: boolean } {
  const parts = name
    .trim()
    .toLowerCase()
    .split(':')
    .map((part) => part.trim())
  const [said, ...more] = parts.filter((part) => part !== 'not' && part !== 'strict')
  const [strict, not] = [parts.includes('strict'), parts.includes('not')]
  const base = ANSWER_CHECKS.find((each) => each === (said ?? (strict ? 'exact' : undefined)))
  if (base === undefined || more.length > 0)
    throw fault(
      `There is no check "${name.trim()}". Checks: ${ANSWER_CHECKS.join(', ')}, and in a file of questions judge and file.ts#function; not: or strict: before one.`,
    )
  if (strict && base !== 'exact' && base !== 'contains')
    throw fault(`Check "${base}" has no strict: form. Take strict: out.`)
  return { base, not, strict }
}

const READERS: Readonly<Record<AnswerCheckName, (expected: string, question: string, strict: boolean) => Read>> = {
  exact: (expected, question, strict) => ({
    passes: strict ? (answer) => answer.trim() === expected.trim() : (answer) => isExactly(answer, expected, question),
    samples: [],
    reference: true,
  }),
  contains: (expected, _question, strict) => ({
    passes: strict ? (answer) => answer.includes(expected.trim()) : (answer) => holds(answer, expected),
    samples: [],
    reference: true,
  }),
  number: (expected, question) => {
    const wanted = wantedNumber(expected)
    if (wanted === undefined)
      throw fault(`Expected "${brief(expected)}" is not one number, which check "number" needs.`)
    return { passes: (answer) => givesNumber(answer, wanted, question), samples: [], reference: true }
  },
  choice: (expected, question) => {
    const options = optionsIn(question)
    const known =
      options.size === 0 ||
      options.has(expected.trim().toUpperCase()) ||
      [...options.values()].includes(loose(expected))
    if (!known)
      throw fault(
        `Expected "${brief(expected)}" is none of the options ${[...options.keys()].join(', ')}. Write a label of one.`,
      )
    return { passes: (answer) => chooses(answer, expected, question), samples: [], reference: true }
  },
  json: (expected) => ({ passes: (answer) => isJson(answer, expected), samples: [], reference: true }),
  schema: (expected) => {
    const { accepts, samples } = schemaOf(expected)
    return {
      passes: (answer) => {
        const found = jsonIn(answer)
        return found !== undefined && accepts(found.value)
      },
      samples: samples.map((value) => JSON.stringify(value)),
      reference: false,
    }
  },
  regex: (expected) => {
    let pattern: RegExp
    try {
      pattern = new RegExp(expected, 'u')
    } catch {
      throw fault(`"${brief(expected)}" is not a regular expression. Correct it.`)
    }
    return { passes: (answer) => pattern.test(answer), samples: matching(expected), reference: false }
  },
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
