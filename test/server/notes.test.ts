import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '../../src/server/index.ts'
import { readNotes, writeNote } from '../../src/server/notes.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { PORT, toyRuns, toyViewer, type ToyRuns } from './toy-runs.ts'

const AT = '2026-05-01T10:00:00.000Z'
const OWN = { host: `127.0.0.1:${PORT}`, origin: `http://127.0.0.1:${PORT}`, 'content-type': 'application/json' }
const NOTE = { on: { type: 'run' }, kind: 'note', text: 'The supplier was down.', by: 'Ada' }

let toy: ToyRuns
let viewer: Viewer
beforeAll(async () => {
  toy = await toyRuns()
  viewer = toyViewer(toy.source)
})
afterAll(() => fs.rmSync(toy.runs, { recursive: true }))

async function send(body: string, headers: Readonly<Record<string, string>> = OWN, run = 'toy-1'): Promise<Response> {
  return viewer.app.request(`http://127.0.0.1:${PORT}/api/runs/${run}/notes`, { method: 'POST', headers, body })
}

function filesIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}`)
}

describe('notes', () => {
  test('are written next to a run, and change nothing in it', async () => {
    const before = filesIn(toy.folder)
    const answer = await send(JSON.stringify(NOTE))
    expect(answer.status).toBe(200)
    const label = { on: { type: 'run' }, kind: 'label', text: 'release 4' }
    await send(JSON.stringify(label))
    await send(JSON.stringify({ ...label, on: { type: 'case', id: 'task-0' } }))
    expect(filesIn(toy.folder)).toEqual(before)
    const list = await (await viewer.app.request('/api/runs', { headers: OWN })).json()
    expect(list).toMatchObject({ runs: [{ run: 'toy-1', labels: ['release 4'], notes: 3 }], unreadable: [] })
    const [first] = readNotes(path.join(toy.runs, 'toy-1.notes.jsonl'))
    expect(first).toMatchObject(NOTE)
    await send(JSON.stringify({ remove: first?.id }))
    expect(readNotes(path.join(toy.runs, 'toy-1.notes.jsonl')).map(({ kind }) => kind)).toEqual(['label', 'label'])
  })

  test.each([
    ['another site', { ...OWN, origin: 'https://evil.example' }, 403],
    ['a site that does not say who it is', { host: OWN.host, 'content-type': OWN['content-type'] }, 403],
    ['a form of another site', { ...OWN, 'content-type': 'text/plain' }, 405],
    ['another host', { ...OWN, host: 'evil.example' }, 421],
  ])('are not taken from %s', async (_, headers, status) => {
    expect((await send(JSON.stringify(NOTE), headers)).status).toBe(status)
  })

  test.each([
    ['nothing', '', 422],
    ['no JSON', '{', 422],
    ['an empty text', JSON.stringify({ ...NOTE, text: '  ' }), 422],
    ['a long label', JSON.stringify({ ...NOTE, kind: 'label', text: 'x'.repeat(41) }), 422],
    ['a kind of its own', JSON.stringify({ ...NOTE, kind: 'verdict' }), 422],
    ['too much', JSON.stringify({ ...NOTE, text: 'x'.repeat(20_000) }), 422],
  ])('are refused with the reason: %s', async (_, body, status) => {
    const answer = await send(body)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('server/bad-note')
  })

  test('belong to a run that is there', async () => {
    expect((await send(JSON.stringify(NOTE), OWN, 'none')).status).toBe(404)
    expect((await send(JSON.stringify(NOTE), OWN, '..%2fnone')).status).toBe(404)
  })

  test('are not written through a link', () => {
    const folder = temporaryFolder()
    const secret = path.join(folder, 'secret')
    fs.writeFileSync(secret, `${JSON.stringify({ ...NOTE, id: '1', at: AT })}\n`)
    fs.symlinkSync(secret, path.join(folder, 'a.notes.jsonl'))
    expect(readNotes(path.join(folder, 'a.notes.jsonl'))).toEqual([])
    expect(() => writeNote(path.join(folder, 'a.notes.jsonl'), NOTE, AT)).toThrow('a.notes.jsonl')
    expect(fs.readFileSync(secret, 'utf8').split('\n')).toHaveLength(2)
  })

  test('a torn line takes no other with it', () => {
    const file = path.join(temporaryFolder(), 'a.notes.jsonl')
    writeNote(file, NOTE, AT)
    fs.appendFileSync(file, '\n{"id":"2","at":"2026-')
    writeNote(file, { ...NOTE, text: 'After the disk was full.' }, AT)
    expect(readNotes(file).map(({ text }) => text)).toEqual([NOTE.text, 'After the disk was full.'])
  })

  test('of two processes that write at once are all there', async () => {
    const file = path.join(temporaryFolder(), 'a.notes.jsonl')
    const module = pathToFileURL(path.join(import.meta.dirname, '../../src/server/notes.ts')).href
    const script = `const { writeNote } = await import(${JSON.stringify(module)})
      for (let n = 0; n < 200; n++)
        writeNote(${JSON.stringify(file)}, { on: { type: 'run' }, kind: 'note', text: process.argv[1] + n + 'x'.repeat(n) }, '${AT}')`
    const writers = ['a', 'b'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', script, name], { stdio: 'inherit' }),
    )
    await Promise.all(writers.map((writer) => once(writer, 'exit')))
    const texts = readNotes(file).map(({ text }) => text.slice(0, 4).replace(/x+$/, ''))
    expect(texts).toHaveLength(400)
    for (const name of ['a', 'b'])
      expect(texts.filter((text) => text.startsWith(name))).toEqual(
        Array.from({ length: 200 }, (_, n) => `${name}${n}`),
      )
  })
})
