import { createLogUpdate } from 'log-update'
import { harmless } from './harmless.ts'
import type { Terminal } from './terminal.ts'

/** Lines on stderr that take the place of those drawn before, where a person watches. */
export interface Drawing {
  readonly draw: (text: string) => void
  /** Leaves what was drawn last. */
  readonly done: () => void
}

/** @returns undefined where nobody watches */
export function drawingOn({ live }: Terminal): Drawing | undefined {
  if (!live) return undefined
  const update = createLogUpdate(process.stderr)
  return { draw: (text) => update(harmless(text)), done: () => update.done() }
}
