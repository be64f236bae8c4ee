import fs from 'node:fs'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'

/** One key of a GGUF file. `raw` is the whole entry as it stands there, name and type too; `value` the bytes of its value. */
export interface GgufKey {
  readonly type: number
  readonly raw: Buffer
  readonly value: Buffer
}

/** One tensor. Its data lie in the file it was read from, or in memory. */
export interface GgufTensor {
  readonly name: string
  /** Fastest-moving first. */
  readonly dims: readonly number[]
  /** Number of the ggml type; 0 is 32-bit float. */
  readonly type: number
  readonly data:
    | { readonly from: 'file'; readonly offset: number; readonly bytes: number }
    | { readonly from: 'memory'; readonly bytes: Buffer }
}

/** A GGUF file of version 3, without the weights themselves. */
export interface Gguf {
  readonly file: string
  readonly align: number
  readonly keys: ReadonlyMap<string, GgufKey>
  readonly tensors: readonly GgufTensor[]
}

export const GGUF_TYPES = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const

/** Bytes of each scalar type, by its number; 0 for text and arrays. */
const SCALAR = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8]
/** Values and bytes of one block of the ggml types in use, by number. */
const BLOCKS: Readonly<Record<number, readonly [values: number, bytes: number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  30: [1, 2],
}
/** Bytes read first, and the most that a header may have: the largest vocabularies take some 20 MB. */
const FIRST = 4 << 20
const LONGEST_HEADER = 256 << 20

/**
 * Reads keys and tensor list of a GGUF file, and checks that every tensor lies within it.
 *
 * @throws AssayError `probe/bad-weights` it is not a GGUF file of version 3, or a part of one
 */
export function readGguf(file: string): Gguf {
  for (let most = FIRST; ; most *= 4) {
    const { head, size } = beginning(file, most)
    if (head.toString('latin1', 0, 4) !== 'GGUF') throw bad(file, 'it is not a GGUF file')
    try {
      return parse(file, head, size)
    } catch (cause) {
      if (cause instanceof AssayError) throw cause
      if (head.length === size) throw bad(file, 'its header is cut off: get the file again')
      if (most >= LONGEST_HEADER) throw bad(file, 'its header is not a GGUF header')
    }
  }
}

function beginning(file: string, most: number): { readonly head: Buffer; readonly size: number } {
  try {
    const fd = fs.openSync(file, 'r')
    try {
      const { size } = fs.fstatSync(fd)
      const head = Buffer.alloc(Math.min(size, most))
      return { head: head.subarray(0, fs.readSync(fd, head, 0, head.length, 0)), size }
    } finally {
      fs.closeSync(fd)
    }
  } catch (cause) {
    const why = codeOf(cause) === 'ENOENT' ? 'there is no such file' : reasonOf(cause)
    throw new AssayError('probe/bad-weights', `${file} cannot be read: ${why}`, { cause })
  }
}

function parse(file: string, head: Buffer, size: number): Gguf {
  let at = 4
  const u32 = (): number => head.readUInt32LE((at += 4) - 4)
  const u64 = (): number => Number(head.readBigUInt64LE((at += 8) - 8))
  const take = (bytes: number): Buffer => {
    if (bytes > head.length - at) throw new RangeError('cut off')
    return head.subarray(at, (at += bytes))
  }
  const skip = (type: number): void => {
    if (type === GGUF_TYPES.string) take(u64())
    else if (type === GGUF_TYPES.array) {
      const [each, count] = [u32(), u64()]
      if (each === GGUF_TYPES.string) for (let i = 0; i < count; i++) take(u64())
      else take(count * (SCALAR[each] ?? 0))
    } else take(SCALAR[type] ?? 0)
  }
  const version = u32()
  if (version !== 3) throw bad(file, `it is GGUF version ${version}; only 3 is read`)
  const [tensorCount, keyCount] = [u64(), u64()]
  const keys = new Map<string, GgufKey>()
  for (let i = 0; i < keyCount; i++) {
    const start = at
    const name = take(u64()).toString('utf8')
    const type = u32()
    const from = at
    skip(type)
    keys.set(name, { type, raw: head.subarray(start, at), value: head.subarray(from, at) })
  }
  const listed: { name: string; dims: number[]; type: number; offset: number }[] = []
  for (let i = 0; i < tensorCount; i++) {
    const name = take(u64()).toString('utf8')
    const count = u32()
    if (count > 4) throw bad(file, `its tensor ${name} has ${count} dimensions`)
    const dims = Array.from({ length: count }, u64)
    listed.push({ name, dims, type: u32(), offset: u64() })
  }
  const align = keys.get('general.alignment')?.value.readUInt32LE(0) ?? 32
  if (align < 1 || align > 1 << 16) throw bad(file, `its alignment is ${align}`)
  const start = Math.ceil(at / align) * align
  const offsets = listed.map(({ offset }) => offset).toSorted((a, b) => a - b)
  const next = new Map(offsets.map((offset, i) => [offset, offsets[i + 1]]))
  const tensors = listed.map(({ name, dims, type, offset }): GgufTensor => {
    const end = start + (next.get(offset) ?? size - start)
    const bytes = bytesOf(dims, type) ?? end - start - offset
    if (start + offset + bytes > size)
      throw bad(file, `it ends before its tensor ${name} does (${size} bytes): get the file again`)
    return { name, dims, type, data: { from: 'file', offset: start + offset, bytes } }
  })
  return { file, align, keys, tensors }
}

/** Bytes of a tensor; undefined for types whose blocks are not in the table. */
function bytesOf(dims: readonly number[], type: number): number | undefined {
  const block = BLOCKS[type]
  if (block === undefined) return undefined
  return (dims.reduce((product, dim) => product * dim, 1) / block[0]) * block[1]
}

/** Text of a key, or undefined where the file has none of this name. */
export function textKey({ keys }: Gguf, name: string): string | undefined {
  const key = keys.get(name)
  return key?.type === GGUF_TYPES.string ? key.value.toString('utf8', 8) : undefined
}

/** Whole number of a key, or undefined where the file has none of this name. */
export function numberKey({ keys }: Gguf, name: string): number | undefined {
  const key = keys.get(name)
  return key?.type === GGUF_TYPES.u32 || key?.type === GGUF_TYPES.i32 ? key.value.readUInt32LE(0) : undefined
}

export function bad(file: string, why: string): AssayError {
  return new AssayError('probe/bad-weights', `${file} cannot be used: ${why}`)
}
