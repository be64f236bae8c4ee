import { plainScaffold, type Ending } from '../../agent/index.ts'
import { defineStudy, exactly, levels, type Control, type Policy, type Study } from '../../study/index.ts'
import { average, mean, proportion } from '../../findings/index.ts'
import type { Case } from './case.ts'
import { passes } from './check.ts'

const oneTurn = { turns: 1 }

/**
 * A study of questions with known answers: one prompt, one reply, one check.
 *
 * @param name how the study is called in runs: the file's name
 */
export function casesStudy(name: string, cases: readonly Case[]): Study {
  const right = new Map(cases.map((each) => [each.prompt, rightAnswer(each)]))
  const silentPasses = cases.some((each) => admits(each, ''))
  const wrongPasses = cases.some((each) => admits(each, WRONG))
  const tasks = cases.map((each) => ({
    id: each.id,
    prompt: each.prompt,
    key: { expected: each.expected, check: each.check },
    scaffold: plainScaffold,
    limits: oneTurn,
    measure: (ending: Ending) => ({ correct: passes(each.check, ending.text, each.expected) ? 1 : 0 }),
  }))
  const whole = { scaffold: levels('plain') }
  const outcome = { correct: proportion() }
  const answers: Policy = (messages) => {
    const last = messages.at(-1)
    return [{ type: 'text', text: last?.role === 'user' ? (right.get(last.text) ?? '') : '' }]
  }
  const knows: Control<typeof whole, typeof outcome> = {
    property: 'answers every case with its expected answer',
    policy: answers,
    reads: { correct: () => exactly(1) },
  }
  // Every other case: a grader that passes all or none of what it is given, or weighs cases, cannot give it its share.
  const known = new Set(cases.flatMap(({ id }, index) => (index % 2 === 0 ? [id] : [])))
  const half: Control<typeof whole, typeof outcome> = {
    property:
      'the dose between: answers the first case, the third and so on with the expected answer, and nothing to the others',
    policy: {
      madeFor:
        ({ task }) =>
        (messages, ...given) =>
          known.has(task.id) ? answers(messages, ...given) : [],
    },
    reads: {},
    finds: {
      'mean(correct)': (_, trials) => exactly(average(trials.map(({ task }) => (known.has(task) ? 1 : 0)))),
    },
  }
  const wrong: Control<typeof whole, typeof outcome> = {
    property: `answers every case with ${WRONG}`,
    policy: () => [{ type: 'text', text: WRONG }],
    reads: { correct: () => exactly(0) },
  }
  const silent: Control<typeof whole, typeof outcome> = {
    property: 'answers nothing',
    policy: () => [],
    reads: { correct: () => exactly(0) },
  }
  // A pattern whose own text does not match it has no known right answer, and one that matches nothing at all no wrong one.
  const knowable = [...right.values()].every((answer) => answer !== undefined) && right.size === cases.length
  return defineStudy({
    name,
    question: `What share of the ${cases.length} cases does the agent answer correctly?`,
    factors: whole,
    tasks: () => tasks,
    outcome,
    controls: {
      ...(knowable && { knows }),
      ...(knowable && !silentPasses && { half }),
      ...(!wrongPasses && { wrong }),
      ...(!silentPasses && { silent }),
    },
    findings: [mean('correct', { by: ['agent'], cluster: 'task', title: 'share of cases answered correctly' })],
    repeats: 1,
  })
}

/** What is nobody's expected answer. */
const WRONG = 'xyzzy'

/** An answer that is right, where one is easily had: a pattern's own text may match it, or may not. */
function rightAnswer({ check, expected }: Case): string | undefined {
  if (check !== 'regex') return expected
  const answer = expected.replaceAll(/^\^|\$$|\\(?=[^a-z0-9])/gi, '')
  return new RegExp(expected, 'u').test(answer) ? answer : undefined
}

/**
 * Whether a case may take an answer for right. Like the above without its grader: a broken grader must not decide which
 * controls run.
 */
function admits({ check, expected }: Case, answer: string): boolean {
  return check === 'regex' ? new RegExp(expected, 'u').test(answer) : answer.includes(expected.trim())
}
