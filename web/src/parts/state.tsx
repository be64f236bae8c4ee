import { useState, type ReactElement, type ReactNode } from 'react'

/** A command to be copied. */
export function Command({ text }: { readonly text: string }): ReactElement {
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // A page may not be allowed to: the text can be selected.
    }
  }
  return (
    <div className="command">
      <code tabIndex={0}>{text}</code>
      <button type="button" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  )
}

interface StateProps {
  readonly title: string
  readonly command?: string
  readonly children?: ReactNode
}

/** What is the case, what is kept, and what to do next. */
export function State({ title, command, children }: StateProps): ReactElement {
  return (
    <section className="state" role="status">
      <h2>{title}</h2>
      {children}
      {command !== undefined && <Command text={command} />}
    </section>
  )
}
