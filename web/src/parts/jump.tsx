import type { ReactElement } from 'react'

interface JumpProps {
  readonly seq: number
  readonly go: (seq: number) => void
  readonly text?: string
}

/** Goes to an event. */
export function Jump({ seq, go, text = String(seq) }: JumpProps): ReactElement {
  return (
    <button type="button" className="link" aria-label={`Event ${seq}`} onClick={() => go(seq)}>
      {text}
    </button>
  )
}
