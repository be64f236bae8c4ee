import type { ReactElement } from 'react'
import type { RunPage } from '../../../src/server/api.ts'
import { visible } from '../say.ts'

const SIGNS = { good: '✓', warn: '!', bad: '✕', dull: '–' } as const

/** What a run is worth, always in these five cells. Of several caveats only the first is loud: all of them loud say nothing. */
export function Trust({ cells }: { readonly cells: RunPage['trust'] }): ReactElement {
  const isFailed = cells.some(({ status }) => status === 'bad')
  const loudest = isFailed ? -1 : cells.findIndex(({ status }) => status === 'warn')
  return (
    <dl className="trust" aria-label="What the run is worth">
      {cells.map(({ name, status, value, detail }, index) => (
        <div key={name} className={status === 'bad' ? 'bad' : index === loudest ? 'graver' : undefined}>
          <dt>
            <span className={`mark ${status}`} aria-hidden="true">
              {SIGNS[status]}
            </span>
            {name}
          </dt>
          <dd className="value">{visible(value)}</dd>
          <dd>{visible(detail)}</dd>
        </div>
      ))}
    </dl>
  )
}
