import fs from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { numberKey, readGguf, textKey } from '../../src/inside/gguf.ts'
import { bake, cut } from '../../src/inside/rewrite/files.ts'
import { tinyGguf, tinyModel } from '../../src/inside/tiny.ts'
import { textEntry, writeGguf } from '../../src/inside/write-gguf.ts'
import { temporaryFolder } from '../temporary-folder.ts'

function tinyFile(): string {
  const file = path.join(temporaryFolder(), 'tiny.gguf')
  writeGguf(tinyGguf(tinyModel('test')), file)
  return file
}

test('what is written is read back: keys, shapes and every number', () => {
  const file = tinyFile()
  const read = readGguf(file)
  expect(textKey(read, 'general.architecture')).toBe('llama')
  expect(numberKey(read, 'llama.block_count')).toBe(4)
  const down = read.tensors.find(({ name }) => name === 'blk.2.ffn_down.weight')
  expect(down?.dims).toEqual([64, 32])
  const bytes = fs.readFileSync(file)
  if (down?.data.from !== 'file') throw new Error('it was read from a file')
  const { offset, bytes: length } = down.data
  const stored = new Float32Array(new Uint8Array(bytes.subarray(offset, offset + length)).buffer)
  expect(stored).toEqual(tinyModel('test').weights.get('blk.2.ffn_down.weight'))
})

test('a vector is built in as the bias of its block, and a cut model ends behind its last block', () => {
  const file = tinyFile()
  const made = `${file}.made`
  const vector = new Float32Array(32).fill(1)
  bake(file, [{ vector, from: 1, to: 2, strength: 3 }], made)
  const names = readGguf(made).tensors.map(({ name }) => name)
  expect(names.filter((name) => name.endsWith('.bias'))).toEqual(['blk.1.ffn_down.bias', 'blk.2.ffn_down.bias'])
  cut(file, 2, true, made)
  const short = readGguf(made)
  expect(numberKey(short, 'llama.block_count')).toBe(2)
  expect(short.tensors.some(({ name }) => name.startsWith('blk.2.'))).toBe(false)
})

test('another architecture is refused by its name, and so are half a file and no GGUF file', () => {
  const file = tinyFile()
  const other = tinyGguf(tinyModel('test'))
  writeGguf({ ...other, keys: new Map([...other.keys, textEntry('general.architecture', 'gemma3')]) }, `${file}.gemma`)
  expect(() => bake(`${file}.gemma`, [], `${file}.out`)).toThrow(/architecture gemma3, and rewriting takes llama only/)
  const whole = fs.readFileSync(file)
  fs.writeFileSync(`${file}.half`, whole.subarray(0, whole.length / 2))
  expect(() => readGguf(`${file}.half`)).toThrow(/ends before its tensor/)
  fs.writeFileSync(`${file}.head`, whole.subarray(0, 100))
  expect(() => readGguf(`${file}.head`)).toThrow(/header is cut off/)
  fs.writeFileSync(`${file}.text`, 'a text that is no model')
  expect(() => readGguf(`${file}.text`)).toThrow(/not a GGUF file/)
  expect(() => readGguf(`${file}.none`)).toThrow(/no such file/)
})

test('a damaged header is refused in one line or read, and nothing else happens', () => {
  const file = tinyFile()
  const whole = fs.readFileSync(file)
  const damaged = `${file}.damaged`
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of changes) bytes[at] = value
      fs.writeFileSync(damaged, bytes)
      try {
        readGguf(damaged)
      } catch (cause) {
        expect(cause).toBeInstanceOf(AssayError)
      }
    }),
    { numRuns: 150 },
  )
})

test('a place that cannot be written is named, and no part of a file stays', () => {
  expect(() => writeGguf(tinyGguf(tinyModel('test')), path.join(temporaryFolder(), 'no', 'folder.gguf'))).toThrow(
    AssayError,
  )
})
