import type { PullProgress } from '../model/index.ts'
import { drawingOn } from './drawing.ts'
import type { Terminal } from './terminal.ts'

const WIDTH = 30
const LINE_EVERY_MS = 5000
const DRAW_EVERY_MS = 100

const said: Readonly<Record<PullProgress['step'], string>> = {
  waiting: 'waiting for another pull',
  fetching: 'fetching weights',
  unpacking: 'unpacking',
  checking: 'checking the hash',
}

/** Shows how far a pull has come: a bar on a terminal, a line now and then elsewhere. */
export function progressBar(terminal: Terminal): {
  readonly update: (progress: PullProgress) => void
  readonly end: () => void
} {
  const drawing = drawingOn(terminal)
  let at = 0
  let step: string | undefined
  return {
    update(progress) {
      const now = performance.now()
      const due = progress.step !== step || now - at >= (drawing === undefined ? LINE_EVERY_MS : DRAW_EVERY_MS)
      if (!due) return
      at = now
      step = progress.step
      const line = lineOf(progress)
      if (drawing === undefined) terminal.note(line)
      else drawing.draw(line)
    },
    end: () => drawing?.done(),
  }
}

function lineOf({ step, bytes, total }: PullProgress): string {
  if (total === undefined || total === 0) return `${said[step]} ${bytes > 0 ? megabytes(bytes) : ''}`.trim()
  const share = Math.min(1, bytes / total)
  const full = Math.round(share * WIDTH)
  return `${said[step]} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${megabytes(bytes)} of ${megabytes(total)}`
}

function megabytes(count: number): string {
  return `${(count / 1e6).toFixed(0)} MB`
}
