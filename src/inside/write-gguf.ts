import fs from 'node:fs'
import { writeError } from '../record/index.ts'
import { GGUF_TYPES, type Gguf, type GgufKey, type GgufTensor } from './gguf.ts'

const PIECE = 1 << 20

/**
 * Writes a GGUF file of version 3. What lies in another file is copied from there in pieces, so that memory does not
 * grow with the weights. A file that could not be written whole is deleted.
 *
 * @throws AssayError what the record says of a place that cannot be written
 */
export function writeGguf({ file, align, keys, tensors }: Gguf, to: string): void {
  const pad = (length: number): number => (align - (length % align)) % align
  const parts = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(keys.size)]
  for (const { raw } of keys.values()) parts.push(raw)
  let offset = 0
  for (const tensor of tensors) {
    const { name, dims, type } = tensor
    parts.push(text(name), u32(dims.length), ...dims.map(u64), u32(type), u64(offset))
    const bytes = lengthOf(tensor)
    offset += bytes + pad(bytes)
  }
  const head = Buffer.concat(parts)
  let source: number | undefined
  let target: number | undefined
  try {
    target = fs.openSync(to, 'w')
    put(target, Buffer.concat([head, Buffer.alloc(pad(head.length))]))
    for (const tensor of tensors) {
      if (tensor.data.from === 'memory') put(target, tensor.data.bytes)
      else copy((source ??= fs.openSync(file, 'r')), tensor.data, target)
      put(target, Buffer.alloc(pad(lengthOf(tensor))))
    }
  } catch (cause) {
    fs.rmSync(to, { force: true })
    throw writeError(to, cause)
  } finally {
    if (source !== undefined) fs.closeSync(source)
    if (target !== undefined) fs.closeSync(target)
  }
}

function copy(
  source: number,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
  to: number,
): void {
  const piece = Buffer.alloc(Math.min(PIECE, bytes))
  for (let done = 0; done < bytes;) {
    const got = fs.readSync(source, piece, 0, Math.min(PIECE, bytes - done), offset + done)
    if (got === 0) throw new Error('the weights grew shorter while they were read')
    put(to, piece.subarray(0, got))
    done += got
  }
}

/** `writeSync` may write less than it was given when the disk is nearly full. */
function put(to: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += fs.writeSync(to, bytes, done)
}

function lengthOf({ data }: GgufTensor): number {
  return data.from === 'file' ? data.bytes : data.bytes.length
}

/** A tensor of 32-bit floats. */
export function floatTensor(name: string, dims: readonly number[], values: Float32Array): GgufTensor {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return { name, dims, type: 0, data: { from: 'memory', bytes: Buffer.from(bytes) } }
}

export function textEntry(name: string, value: string): [string, GgufKey] {
  return entry(name, GGUF_TYPES.string, text(value))
}

export function wholeEntry(name: string, value: number): [string, GgufKey] {
  return entry(name, GGUF_TYPES.u32, u32(value))
}

export function floatEntry(name: string, value: number): [string, GgufKey] {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return entry(name, GGUF_TYPES.f32, bytes)
}

function entry(name: string, type: number, value: Buffer): [string, GgufKey] {
  return [name, { type, raw: Buffer.concat([text(name), u32(type), value]), value }]
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([u64(bytes.length), bytes])
}
