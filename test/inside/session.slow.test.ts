import { execFile, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { openControl } from '../../src/model/index.ts'
import { withInside } from '../../src/inside/index.ts'
import { openNative } from '../../src/inside/native/open.ts'
import { Session } from '../../src/inside/native/session.ts'
import { tinyGguf, tinyModel } from '../../src/inside/tiny.ts'
import { textEntry, writeGguf } from '../../src/inside/write-gguf.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { noNative } from './whitebox.ts'

const skip = noNative()

function tinyFile(): string {
  const file = path.join(temporaryFolder(), 'tiny.gguf')
  writeGguf(tinyGguf(tinyModel('session')), file)
  return file
}

/** Processes that this one has started and that live. */
function children(): readonly number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  return listed
    .split('\n')
    .filter((line) => line.includes('inside/native/child'))
    .map((line) => Number(line.trim().split(' ')[0]))
}

/** Kills the one child; 0 would be this process's own group. */
function killChild(): void {
  const [child] = children()
  if (child === undefined) throw new Error('no process holds the weights')
  process.kill(child, 'SIGKILL')
}

/** Canaries that lie about. */
function canaries(): number {
  return fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('assay-canary-')).length
}

describe.skipIf(skip !== undefined)(`sessions of the white box ${skip ?? ''}`, () => {
  test('fifty sessions come and go and leave no process, no file and no memory behind', async () => {
    const file = tinyFile()
    const before = canaries()
    const cycle = async (): Promise<void> => {
      const session = new Session()
      expect((await session.call('open', { file })).layers).toBe(4)
      await session.close()
    }
    const batch = async (): Promise<void> => void (await Promise.all([cycle(), cycle()]))
    for (let i = 0; i < 5; i++) await batch()
    globalThis.gc?.()
    const started = process.memoryUsage().rss
    for (let i = 0; i < 20; i++) await batch()
    globalThis.gc?.()
    expect((process.memoryUsage().rss - started) / 2 ** 20).toBeLessThan(40)
    expect(children()).toEqual([])
    expect(canaries()).toBeLessThanOrEqual(before)
  })

  test('a process that is killed fails its call in one line, and its caller lives', async () => {
    const session = new Session()
    const opening = session.call('open', { file: tinyFile() })
    await opening
    const reading = session.call('read', { texts: Array.from({ length: 10 }, () => 'a'), layers: [1] })
    killChild()
    await expect(reading).rejects.toThrow(/process that held the weights ended \(SIGKILL|cut into tokens/)
    await expect(session.call('piece', { token: 1 })).rejects.toThrow(/Open the model again/)
    await session.close()
  })

  test('a model whose process died is opened anew for whoever asks next, once for all of them', async () => {
    const model = withInside(
      { ...openControl('control/echo'), provider: 'local', name: `local/${tinyFile()}` },
      { workers: 1 },
    )
    const first = await model.inside?.()
    expect(await model.inside?.()).toBe(first)
    killChild()
    await expect.poll(() => first?.died?.()).toBe(true)
    const [second, third] = await Promise.all([model.inside?.(), model.inside?.()])
    expect(second === first).toBe(false)
    expect(third).toBe(second)
    expect([second?.died?.(), children().length]).toEqual([false, 1])
    await model.close?.()
    expect(children()).toEqual([])
  })

  test('half a file, no file and an architecture that nobody knows are refused in one line', async () => {
    const file = tinyFile()
    const whole = fs.readFileSync(file)
    fs.writeFileSync(`${file}.half`, whole.subarray(0, whole.length - 2000))
    await expect(openNative(`${file}.half`, { workers: 1 })).rejects.toThrow(/ends before its tensor/)
    await expect(openNative(`${file}.none`, { workers: 1 })).rejects.toThrow(/no such file/)
    const other = tinyGguf(tinyModel('session'))
    writeGguf(
      { ...other, keys: new Map([...other.keys, textEntry('general.architecture', 'nobody')]) },
      `${file}.other`,
    )
    await expect(openNative(`${file}.other`, { workers: 1 })).rejects.toThrow(
      /architecture nobody.*llama.cpp does not load it/,
    )
    expect(children()).toEqual([])
  })

  test('koffi that is missing, or of another release, is named with what to install', async () => {
    expect(
      await refusalWith(
        "if (name === 'koffi') { const error = new Error('x'); error.code = 'ERR_MODULE_NOT_FOUND'; throw error }",
      ),
    ).toMatch(
      /^probe\/no-koffi The white box needs koffi, which is not installed. Run: npm install --save-exact koffi@3\.3\.4$/,
    )
    expect(
      await refusalWith(
        "if (name === 'koffi') return { url: 'data:text/javascript,export default { version: \"3.3.2\" }', shortCircuit: true }",
      ),
    ).toMatch(/^probe\/wrong-release koffi is 3\.3\.2, and the white box was written against 3\.3\.4/)
  })
})

/** What opening the library says in a process whose imports were tampered with. */
async function refusalWith(hook: string): Promise<string> {
  const library = fileURLToPath(new URL('../../src/inside/native/library.ts', import.meta.url))
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve(name, context, next) { ${hook}; return next(name, context) } })
    const { openLibrary } = await import(${JSON.stringify(library)})
    try { await openLibrary(); console.log('it opened') } catch (error) { console.log(error.code, error.message) }`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return stdout.trim()
}
