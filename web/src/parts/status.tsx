import type { ReactElement } from 'react'
import type { RunRow } from '../../../src/server/api.ts'

const LOOKS: Readonly<Record<RunRow['status'], string>> = {
  running: 'chip accent running',
  finished: 'chip good',
  stopped: 'chip bad',
}

/** Whether a run goes on. */
export function Status({ status }: { readonly status: RunRow['status'] }): ReactElement {
  return <span className={LOOKS[status]}>{status}</span>
}
