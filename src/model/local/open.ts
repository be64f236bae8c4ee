import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { FREE } from '../cost.ts'
import type { Model } from '../model.ts'
import { answerWith } from './answer.ts'
import { modelsFolder } from './cache.ts'
import { localModels } from './catalogue.ts'
import { sha256Of } from './hash.ts'
import { Pool } from './pool.ts'
import { startWorker, type Port } from './port.ts'
import type { Setup } from './protocol.ts'

/** Tokens that a local model's context holds at most where nobody says otherwise, prompt and reply together. */
export const LOCAL_WINDOW = 4096

export interface LocalOptions {
  /**
   * Worker threads, each with one request at a time and its own copy of the context. Default: the number of cores, at
   * most 2, so that a machine with many cores does not fill its memory unasked: each worker takes the weights' size
   * (98 MB of shared file pages for SmolLM2), 23 kB a token of its context (92 MB at 4,096) and about 150 MB of its own.
   */
  readonly workers?: number
  /** Tokens that a context holds, prompt and reply together. Default {@link LOCAL_WINDOW}, and never more than the weights were trained for. */
  readonly contextSize?: number
  /** Where `models` lies; see {@link modelsFolder}. */
  readonly cacheDir?: string
  /** How a worker is started; for tests. */
  readonly start?: (setup: Setup) => Port
}

/**
 * Opens a GGUF model in this process: `local/smollm2-135m` (pulled weights) or `local/path/to.gguf`, a path from the
 * current folder.
 *
 * @throws AssayError `model/unknown-local` no such name, or no such file
 * @throws AssayError `model/not-pulled` the weights are not in the cache folder yet
 * @throws AssayError `model/damaged-weights` the file in the cache is not the one that was pinned
 * @throws AssayError `model/no-local-runtime` node-llama-cpp is not installed
 * @throws AssayError `model/bad-weights` llama.cpp cannot load the file
 */
export async function openLocal(name: string, options: LocalOptions = {}): Promise<Model> {
  const { path, expected } = await findWeights(name, options.cacheDir)
  const setup = { weights: path, contextSize: options.contextSize ?? LOCAL_WINDOW }
  const workers = Math.max(1, options.workers ?? Math.min(2, availableParallelism()))
  const pool = new Pool({ workers, start: () => (options.start ?? startWorker)(setup) })
  try {
    const [facts, sha256] = await Promise.all([pool.ready, sha256Of(path)])
    if ('message' in facts) throw refused(facts.missing, path, facts.message)
    if (expected !== undefined && sha256 !== expected) {
      throw new AssayError(
        'model/damaged-weights',
        `${path} is damaged (sha256 ${sha256.slice(0, 12)}…, not ${expected.slice(0, 12)}…). Delete it, then run: assay models pull ${basename(name)}`,
      )
    }
    const templates: Model['templates'] = facts.chatTemplate === undefined ? ['completion'] : ['chat', 'completion']
    return {
      name,
      provider: 'local',
      identity: {
        weights: sha256,
        file: basename(path),
        library: facts.library,
        engine: facts.engine,
        architecture: facts.architecture,
        chatTemplate: facts.chatTemplate ?? null,
        window: facts.window,
      },
      pricing: FREE,
      templates,
      window: facts.window,
      ...answerWith(pool),
      close: () => pool.close(),
    }
  } catch (error) {
    await pool.close()
    throw error
  }
}

/** A GGUF file on this machine, with its SHA-256 where it is pinned. */
export interface LocalWeights {
  readonly path: string
  readonly expected?: string
}

/**
 * Finds the file of `local/<name>` without opening it.
 *
 * @throws AssayError `model/unknown-local`, `model/not-pulled`
 */
export async function findWeights(model: string, cacheDir?: string): Promise<LocalWeights> {
  const name = model.replace(/^local\//, '')
  if (name.endsWith('.gguf')) {
    const path = resolve(name)
    if (await isFile(path)) return { path }
    throw new AssayError('model/unknown-local', `${path} is not a file: name a GGUF file as local/path/to.gguf.`)
  }
  const entry = localModels.find((model) => model.name === name)
  if (entry === undefined) {
    const known = localModels.map((model) => `local/${model.name}`).join(', ')
    const why = name.includes('@') ? 're-encoded weights are not built yet' : 'no such local model'
    throw new AssayError('model/unknown-local', `local/${name}: ${why}. Local models: ${known}, or local/path/to.gguf.`)
  }
  const path = join(modelsFolder(cacheDir), entry.file)
  if (await isFile(path)) return { path, expected: entry.sha256 }
  throw new AssayError('model/not-pulled', `local/${name} is not on this machine yet. Run: assay models pull ${name}`)
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true
}

function refused(missing: boolean, path: string, message: string): AssayError {
  return missing
    ? new AssayError(
        'model/no-local-runtime',
        'Local models need node-llama-cpp, which is not installed. Run: npm install --save-exact node-llama-cpp@3.21.1',
      )
    : new AssayError('model/bad-weights', `${path} cannot be loaded: ${message.split('\n')[0] ?? ''}`)
}
