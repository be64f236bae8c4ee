import { VALIDATED_ANSWERS } from '../../grade/index.ts'
import { plainScaffold, type Ending } from '../../agent/index.ts'
import { defineStudy, exactly, levels, type Control, type Study } from '../../study/index.ts'
import { average, mean, proportion, exact } from '../../findings/index.ts'
import { madeCase, type Case } from './case.ts'

const oneTurn = { turns: 1 }

/** Whether all checks of a case compare characters or values, and none reads words. */
function isExact({ check, also = [] }: Case): boolean {
  return [check, ...also.map((each) => each.check)].every((name) => /\b(?:strict|json|schema|regex)\b/i.test(name))
}

/**
 * A study of questions with known answers: one prompt, one reply, its checks.
 *
 * @param name how the study is called in runs: the file's name
 * @throws AssayError `grade/check` as {@link answerCheck} does, and where no answer is known that passes the checks of a case
 */
export function casesStudy(name: string, cases: readonly Case[]): Study {
  const made = new Map(cases.map((each) => [each.id, madeCase(each)]))
  const tasks = cases.map(({ id, prompt, expected, check, also }) => ({
    id,
    prompt,
    key: { expected, check, ...(also !== undefined && { also: also.map((each) => ({ ...each })) }) },
    scaffold: plainScaffold,
    limits: oneTurn,
    measure: (ending: Ending) => ({ correct: made.get(id)?.passes(ending.text) === true ? 1 : 0 }),
  }))
  const whole = { scaffold: levels('plain') }
  const outcome = { correct: proportion() }
  const knows: Control<typeof whole, typeof outcome> = {
    property: 'answers every case with its expected answer',
    policy: {
      madeFor:
        ({ task }) =>
        () => [{ type: 'text', text: made.get(task.id)?.known ?? '' }],
    },
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
        () => [{ type: 'text', text: known.has(task.id) ? (made.get(task.id)?.known ?? '') : '' }],
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
  return defineStudy({
    name,
    question: `What share of the ${cases.length} cases does the agent answer correctly?`,
    factors: whole,
    tasks: () => tasks,
    outcome,
    // Characters, values and patterns are compared; other checks read words.
    checks: cases.every(isExact) ? exact('characters, JSON values and patterns') : VALIDATED_ANSWERS,
    controls: { knows, half, ...(cases.every(refusesWrong) && { wrong }), silent },
    findings: [mean('correct', { by: ['agent'], cluster: 'task', title: 'share of cases answered correctly' })],
    repeats: 1,
  })
}

/** What is nobody's expected answer. */
const WRONG = 'xyzzy'

/** Whether a case cannot take that for right, found out without its check: a broken one must not decide which controls run. */
function refusesWrong({ expected, check, also = [] }: Case): boolean {
  return [{ check, expected }, ...also].every((each) => {
    if (each.check === 'regex') return !new RegExp(each.expected, 'u').test(WRONG)
    return /^(?:exact|contains|strict|number|choice|json)$/.test(each.check) && !each.expected.includes(WRONG)
  })
}
