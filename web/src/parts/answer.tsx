import type { ReactElement } from 'react'
import type { RunPage } from '../../../src/server/api.ts'
import { visible } from '../say.ts'
import { Agent } from './agent.tsx'

type Answer = NonNullable<RunPage['answer']['answer']>

/** A sentence whose number, interval and agents are set apart. */
export function Said({ parts, doubt }: Answer): ReactElement {
  return (
    <>
      {parts.map(({ type, text }, index) => {
        if (type === 'agent' || type === 'control')
          return <Agent key={index} name={text} control={type === 'control'} />
        const kind = type === 'number' && doubt !== undefined ? 'number doubt' : type
        return type === 'text' ? (
          visible(text)
        ) : (
          <span key={index} className={kind}>
            {text}
          </span>
        )
      })}
    </>
  )
}

/** The answer of a run, large; what else may be said, as a list. */
export function RunAnswer({ answer, also }: RunPage['answer']): ReactElement {
  return (
    <>
      <p className="answer">
        {answer === undefined ? (
          'Only controls ran, so no agent was measured.'
        ) : (
          <>
            <Said {...answer} />.
          </>
        )}
      </p>
      {answer?.doubt !== undefined && <p className="flag small">It decides nothing: {visible(answer.doubt)}.</p>}
      {also.length > 0 && (
        <ul className="also">
          {also.map((each, index) => (
            <li key={index}>
              <Said {...each} />.{' '}
              {each.doubt !== undefined && (
                <span className="chip warn" title={each.doubt}>
                  decides nothing
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
