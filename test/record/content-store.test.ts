import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ContentStore } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const plain = (line: string): string => line

test('a content lies once under its hash, and comes back byte for byte', () => {
  const folder = path.join(temporaryFolder(), 'contents')
  const bytes = Uint8Array.from([0, 255, 10])
  const [one, two] = [new ContentStore(folder, plain), new ContentStore(folder, plain)]
  expect(one.put(bytes)).toBe(two.put(bytes))
  expect(Buffer.from(two.get(one.put('text')))).toEqual(Buffer.from('text'))
  expect(fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())).toHaveLength(
    2,
  )
})

test('a secret is not kept, and the hash is that of what is', () => {
  const folder = temporaryFolder()
  const store = new ContentStore(folder, (line) => line.replaceAll('sk-1', '[key]'))
  expect(Buffer.from(store.get(store.put('my sk-1'))).toString()).toBe('my [key]')
})

test('what is missing, changed or cannot be written is said in one line', () => {
  const folder = temporaryFolder()
  const store = new ContentStore(folder, plain)
  const hash = store.put('text')
  const place = path.join(folder, hash.slice(0, 2), hash)
  fs.writeFileSync(place, 'other')
  expect(() => store.get(hash)).toThrow(/does not hold what its name says/)
  fs.rmSync(place)
  expect(() => store.get(hash)).toThrow(/is missing, and a journal names it/)
  const file = path.join(folder, 'file')
  fs.writeFileSync(file, '')
  expect(() => new ContentStore(file, plain).put('text')).toThrow(/a file is where a folder is needed/)
})
