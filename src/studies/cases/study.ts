import { plainScaffold, type Ending } from '../../agent/index.ts'
import { defineStudy, exactly, levels, type Control, type Study } from '../../study/index.ts'
import { mean, proportion } from '../../findings/index.ts'
import type { Case } from './case.ts'
import { expectation, passes, passingAnswer } from './check.ts'

const oneTurn = { turns: 1 }

/**
 * A study of questions with known answers: one prompt, one reply, one check.
 *
 * @param name how the study is called in runs: the file's name
 */
export function casesStudy(name: string, cases: readonly Case[]): Study {
  const right = new Map(cases.map((each) => [each.prompt, passingAnswer(each.check, each.expected)]))
  const silentPasses = cases.some((each) => passes(each.check, '', each.expected))
  const tasks = cases.map((each) => ({
    id: each.id,
    prompt: each.prompt,
    key: { expected: each.expected, check: each.check },
    scaffold: plainScaffold,
    limits: oneTurn,
    measure: (ending: Ending) => ({ correct: passes(each.check, ending.text, each.expected) ? 1 : 0 }),
    explain: (ending: Ending) =>
      `${passes(each.check, ending.text, each.expected) ? 'right' : 'wrong'}: ${expectation(each.check, each.expected)}`,
  }))
  const whole = { scaffold: levels('plain') }
  const outcome = { correct: proportion({ better: 'higher' }) }
  const knows: Control<typeof whole, typeof outcome> = {
    property: 'answers every case with its expected answer',
    policy: (messages) => {
      const last = messages.at(-1)
      return [{ type: 'text', text: last?.role === 'user' ? (right.get(last.text) ?? '') : '' }]
    },
    reads: { correct: () => exactly(1) },
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
    controls: { ...(knowable && { knows }), ...(!silentPasses && { silent }) },
    findings: [mean('correct', { by: ['agent'], cluster: 'task', title: 'share of cases answered correctly' })],
    repeats: 1,
  })
}
