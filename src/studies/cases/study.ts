import { VALIDATED_ANSWERS } from '../../grade/index.ts'
import { plainScaffold, type Ending } from '../../agent/index.ts'
import { defineStudy, exactly, levels, type Control, type Study } from '../../study/index.ts'
import { mean, proportion, exact } from '../../findings/index.ts'
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
    controls: { knows, silent },
    findings: [mean('correct', { by: ['agent'], cluster: 'task', title: 'share of cases answered correctly' })],
    repeats: 1,
  })
}
