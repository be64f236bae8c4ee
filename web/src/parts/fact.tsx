import type { ReactElement, ReactNode } from 'react'

/** A name and what is said of it, in a list of such. */
export function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
