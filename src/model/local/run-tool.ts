import { spawn } from 'node:child_process'

/** `done`, `missing` where there is no such program, else what it complained of. */
export type ToolEnd = 'done' | 'missing' | (string & {})

/**
 * Runs a package registry's own client to its end, without input.
 *
 * @throws with code ENOSPC where it says that the disk is full; the signal's error where it was cut off
 */
export function runTool(
  [program, ...words]: readonly [string, ...string[]],
  options: {
    /** Variables set, or with undefined left out. */
    readonly env?: Readonly<Record<string, string | undefined>>
    readonly cwd?: string
    readonly signal?: AbortSignal
  },
): Promise<ToolEnd> {
  const { env, cwd, signal } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd !== undefined && { cwd }),
      ...(signal !== undefined && { signal }),
    })
    let complaints = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-8_000)
    })
    child.once('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve('missing')
      else reject(error)
    })
    child.once('close', (code) => {
      if (code === 0) resolve('done')
      else if (/No space left on device|ENOSPC/.test(complaints))
        reject(Object.assign(new Error('disk full'), { code: 'ENOSPC' }))
      else resolve(lastError(complaints) ?? `${program} ended with code ${code ?? 'none'}`)
    })
  })
}

/** The last line that says that it is an error, else the last line. */
function lastError(complaints: string): string | undefined {
  const lines = complaints.split('\n').map((line) => line.trim())
  const said = lines.findLast((line) => /^(?:npm )?error\b/i.test(line)) ?? lines.findLast((line) => line !== '')
  return said?.replace(/^(?:npm )?error:? /i, '')
}
