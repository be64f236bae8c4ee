import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLocal } from '../../../src/model/index.ts'
import type { Port } from '../../../src/model/local/port.ts'
import type { FromWorker } from '../../../src/model/local/protocol.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-local-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A worker that says one thing and then nothing. */
const saying = (message: FromWorker) => (): Port => ({
  post() {},
  listen: (onMessage) => queueMicrotask(() => onMessage(message)),
  hold() {},
  async stop() {},
})

it('names the command that fetches missing weights', async () => {
  await expect(openLocal('local/smollm2-135m', { cacheDir: folder })).rejects.toThrow(
    'local/smollm2-135m is not on this machine yet. Run: assay models pull smollm2-135m',
  )
})

it('says what there is instead of an unknown name', async () => {
  await expect(openLocal('local/gpt-9')).rejects.toThrow('no such local model. Local models: local/smollm2-135m')
  await expect(openLocal('local/smollm2-135m@q8_0')).rejects.toThrow('re-encoded weights are not built yet')
  await expect(openLocal('local/none.gguf')).rejects.toThrow('none.gguf is not a file')
})

it('says how to install the library where it is missing', async () => {
  const path = join(folder, 'a.gguf')
  await writeFile(path, 'GGUF')
  const start = saying({ type: 'refused', missing: true, message: 'Cannot find package' })
  await expect(openLocal(`local/${path}`, { start })).rejects.toThrow('npm install --save-exact node-llama-cpp@3.21.1')
})

it('says in one line that a file cannot be loaded', async () => {
  const path = join(folder, 'a.gguf')
  await writeFile(path, 'GGUF')
  const start = saying({ type: 'refused', missing: false, message: 'Invalid GGUF magic\nat line 3' })
  await expect(openLocal(`local/${path}`, { start })).rejects.toThrow(/a\.gguf cannot be loaded: Invalid GGUF magic$/)
})

it('reports a pulled file that is not the pinned one', async () => {
  const { mkdir } = await import('node:fs/promises')
  await mkdir(join(folder, 'models'))
  await writeFile(join(folder, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf'), 'GGUF')
  const facts = { library: 'l', engine: 'e', architecture: 'llama', window: 8, trainedWindow: 8 }
  const start = saying({ type: 'ready', facts })
  await expect(openLocal('local/smollm2-135m', { cacheDir: folder, start })).rejects.toMatchObject({
    code: 'model/damaged-weights',
  })
})
