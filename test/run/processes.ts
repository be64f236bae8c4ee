import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Outcome } from '../../src/record/index.ts'

const script = path.join(import.meta.dirname, 'child.ts')

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly said: string
}

/** Starts or resumes the toy run in a process of its own. */
export function child(
  verb: 'start' | 'resume',
  folder: string,
  model: string,
  maxDollars?: number,
): { readonly process: ChildProcess; readonly end: Promise<Ended> } {
  const started = spawn(
    process.execPath,
    [script, verb, folder, model, ...(maxDollars === undefined ? [] : [String(maxDollars)])],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let out = ''
  let said = ''
  started.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const end = new Promise<Ended>((resolve) =>
    started.on('close', (code, signal) => resolve({ code, signal, out, said })),
  )
  return { process: started, end }
}

/** Rows in an order of their own, without clock readings. */
export function timeless(rows: readonly Outcome[]): readonly object[] {
  return rows.map(({ times: _times, ...row }) => row).toSorted((a, b) => (a.trial < b.trial ? -1 : 1))
}
