import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { keptText } from './output.ts'
import type { Ran } from './sandbox.ts'

/** More than so many times what is kept is a flood, and ends the program. */
const FLOOD = 16

export interface ProgramLimits {
  readonly ms: number
  readonly outputBytes: number
}

/** How long what a program left running may keep its channels open once it has ended. */
const GRACE_MS = 1_000

/** What a kernel takes as one word of a command line, with the zero behind it. */
const LONGEST_WORD = 128 << 10

/** What a shell says where a command is longer than any that can be started. */
export const TOO_LONG: Ran = { stdout: '', stderr: 'bash: Argument list too long\n', exitCode: 126 }

export function tooLong(command: string): boolean {
  return Buffer.byteLength(command) >= LONGEST_WORD
}

/**
 * Whatever our parent left open would be open in the program too: a lock, a log, a socket. Only bash closes numbers of two
 * digits and more where /bin/sh is dash, so that is asked first. An empty list of descriptors ends it, unrun.
 */
const ONLY_STDIO =
  'for at in /dev/fd/*; do n=${at##*/}; case $n in [0-3]) ;; *[!0-9]*) exit 125;; *) eval "exec $n>&-";; esac; done; '

/** How a program ended; `status` is what it said on its fourth channel. */
export interface ProgramRan extends Ran {
  readonly status: string
}

/**
 * Runs a program with nothing of our environment, no input and no descriptor of ours, until it and everything that writes to its channels is
 * gone. What goes on writing a second after the program ended is read no more.
 *
 * @param kill ends whatever the program started; called once, when time or output are over
 * @param first what the shell that starts the program does before: it may take words away from the line, and costs no process
 */
export async function runProgram(
  line: readonly string[],
  { ms, outputBytes }: ProgramLimits,
  kill: (pid: number) => void,
  { env = {}, first = '' }: { readonly env?: Readonly<Record<string, string>>; readonly first?: string } = {},
): Promise<ProgramRan> {
  const shell = fs.existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh'
  const child = spawn(shell, ['-c', `${ONLY_STDIO}${first}exec "$@"`, 'sh', ...line], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let cut: Ran['cut']
  const end = (why: NonNullable<Ran['cut']>): void => {
    if (cut !== undefined || child.pid === undefined) return
    cut = why
    kill(child.pid)
  }
  const watch = setTimeout(() => end('time'), ms)
  const flood = (): void => end('output')
  const [out, err, status] = [
    gather(child.stdout, outputBytes, flood),
    gather(child.stderr, outputBytes, flood),
    // What it says of itself is short; whatever else comes here is not ours.
    gather(child.stdio[3] instanceof Readable ? child.stdio[3] : undefined, 4096, flood),
  ]
  let left: NodeJS.Timeout | undefined
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      // A grandchild in a group of its own holds the channels open: without this the trial would wait for as long as it lives.
      child.on('exit', () => {
        left = setTimeout(() => {
          for (const stream of child.stdio) stream?.destroy()
        }, GRACE_MS)
      })
      child.on('close', (code, signal) => resolve(code ?? 128 + (SIGNALS[signal ?? ''] ?? 9)))
    })
    const [stdout, stderr] = [keptText(out.bytes(), outputBytes), keptText(err.bytes(), outputBytes)]
    const truncated = stdout.truncated || stderr.truncated
    return {
      stdout: stdout.text,
      stderr: stderr.text,
      exitCode: cut === 'time' ? 124 : exitCode,
      ...(cut !== undefined && { cut }),
      ...(truncated && { truncated: true }),
      status: status.bytes().toString('utf8'),
    }
  } finally {
    clearTimeout(watch)
    clearTimeout(left)
  }
}

const SIGNALS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGSEGV: 11, SIGABRT: 6, SIGINT: 2 }

/** Keeps the beginning of a stream, and reads on so that nobody waits for it. */
function gather(
  stream: Readable | null | undefined,
  most: number,
  flood: () => void,
): { readonly bytes: () => Buffer } {
  const chunks: Buffer[] = []
  let kept = 0
  let seen = 0
  stream?.on('data', (chunk: Buffer) => {
    seen += chunk.length
    if (kept <= most) {
      chunks.push(chunk)
      kept += chunk.length
    }
    if (seen > most * FLOOD) flood()
  })
  return { bytes: () => Buffer.concat(chunks) }
}
