import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import { flushSync } from 'react-dom'

interface FoldProps {
  /** What it answers. */
  readonly asks: ReactNode
  /** The answer, said while it is closed too. */
  readonly short: ReactNode
  readonly strip?: ReactNode
  readonly unit?: string
  readonly isOpen?: boolean
  readonly children: ReactNode
}

/** A question with its short answer; the rest is drawn when it is opened, or printed. */
export function Fold({ asks, short, strip, unit, isOpen = false, children }: FoldProps): ReactElement {
  const [wasOpened, setOpened] = useState(isOpen)
  const isPrinting = usePrinting()
  return (
    <details
      className="fold"
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true)
      }}
    >
      <summary>
        <span>
          <span className="asks">{asks}</span>
          <span className="short">{short}</span>
        </span>
        <span className="strip">{strip}</span>
        <span className="unit">{unit}</span>
      </summary>
      {(wasOpened || isPrinting) && <div className="body">{children}</div>}
    </details>
  )
}

/** Whether the page is being printed: then what is folded is drawn too. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const print = window.matchMedia('print')
    const changed = (): void => setPrinting(print.matches)
    // The browser takes its picture when this returns.
    const before = (): void => flushSync(() => setPrinting(true))
    const after = (): void => setPrinting(false)
    print.addEventListener('change', changed)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      print.removeEventListener('change', changed)
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
