import { spawn, type ChildProcess } from 'node:child_process'
import type { CommandAgent } from './agent-row.ts'
import { filledText, type Said } from './mapping.ts'
import type { Came } from './own-agent.ts'

/** Characters of a program's own complaint that are told. */
const TOLD = 300

/** Starts the program for one question, and ends it with all that it started. */
export function askCommand(
  { command, input = 'prompt' }: CommandAgent,
  said: Said,
  { signal, most }: { readonly signal: AbortSignal; readonly most: number },
): Promise<Came> {
  if (signal.aborted) return Promise.resolve({ type: 'failed', kind: 'aborted', why: 'it was stopped', again: false })
  const [program = '', ...words] = command.map((word) => filledText(word, said))
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, windowsHide: true })
    const out: Buffer[] = []
    let [size, err, over] = [0, '', false]
    const stop = (): void => endGroup(child)
    signal.addEventListener('abort', stop, { once: true })
    const done = (came: Came): void => {
      signal.removeEventListener('abort', stop)
      resolve(came)
    }
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size <= most) out.push(part)
      else if (!over) {
        over = true
        stop()
      }
    })
    child.stderr.on('data', (part: Buffer) => {
      err = `${err}${part.toString()}`.slice(-TOLD)
    })
    // A program that does not read its input closes it: that is its right.
    child.stdin.on('error', () => undefined)
    child.stdin.end(
      input === 'nothing' ? '' : input === 'messages' ? JSON.stringify({ messages: said.messages }) : said.prompt,
    )
    child.on('error', (cause) =>
      done({ type: 'failed', kind: 'unreachable', why: `${program} does not start: ${cause.message}`, again: false }),
    )
    child.on('close', (code, killed) => {
      // What it started in the background must not outlive it.
      endGroup(child)
      if (over)
        return done({ type: 'failed', kind: 'bad-reply', why: `it wrote more than ${most} bytes`, again: false })
      if (signal.aborted) return done({ type: 'failed', kind: 'aborted', why: 'it was stopped', again: false })
      if (code === 0) return done({ type: 'text', text: Buffer.concat(out).toString('utf8') })
      const how = code === null ? `was ended by ${killed}` : `ended with exit code ${code}`
      const last = err.replaceAll(/\s+/g, ' ').trim()
      done({ type: 'failed', kind: 'server-error', why: `it ${how}${last === '' ? '' : `: ${last}`}`, again: false })
    })
  })
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
