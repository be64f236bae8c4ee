import type { ReactElement } from 'react'
import type { Answer } from '../../../src/server/routes.ts'
import { formatRoute } from '../route.ts'
import { visible } from '../say.ts'
import { Agent } from './agent.tsx'
import { Fact } from './fact.tsx'

type Said = Answer<'/api/runs/:run/trials/:trial/said'>

const MARKS: Readonly<Record<Said['mark'], readonly [look: string, word: string]>> = {
  right: ['good', '✓ right'],
  wrong: ['bad', '✕ wrong'],
  yes: ['', 'yes'],
  no: ['', 'no'],
  partly: ['', 'measured'],
  none: ['warn', '? no mark'],
}

interface TrialHeadProps {
  readonly run: string
  readonly said: Said
}

/** Who, under what, and what happened, in one sentence; then what was asked, answered, expected, and why it has its mark. */
export function TrialHead({ run, said }: TrialHeadProps): ReactElement {
  const { agent, control, under, sentence, mark, prompt, expected, answer, why, measured } = said
  const [look, word] = MARKS[mark]
  return (
    <>
      <p className="question">
        <Agent name={agent} control={control} /> {visible([said.task, under].filter((each) => each !== '').join(', '))}
      </p>
      <p className="answer">{visible(sentence)}</p>
      <p className="chips">
        {mark !== 'partly' && mark !== 'yes' && mark !== 'no' && <span className={`chip ${look}`}>{word}</span>}
        {said.before !== undefined && <a href={formatRoute(['runs', run, 'trials', said.before])}>← trial before</a>}
        {said.after !== undefined && <a href={formatRoute(['runs', run, 'trials', said.after])}>trial after →</a>}
      </p>
      <div className="graded">
        <dl className="rows">
          {prompt !== undefined && <Fact name="asked">{visible(prompt)}</Fact>}
          {answer !== undefined && <Fact name="answered">{visible(answer)}</Fact>}
          {expected !== undefined && (
            <Fact name="expected">
              <b>{visible(expected)}</b>
            </Fact>
          )}
          {why !== undefined && <Fact name="why">{visible(why)}</Fact>}
        </dl>
        <dl className="measured">
          {measured.map(({ name, value }) => (
            <Fact key={name} name={visible(name)}>
              {visible(value)}
            </Fact>
          ))}
        </dl>
      </div>
    </>
  )
}
