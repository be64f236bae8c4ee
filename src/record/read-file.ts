import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'

/**
 * Opens a file for reading, without waiting: a pipe that nobody writes to, a socket or a device is refused.
 *
 * @throws AssayError `record/not-a-file`; else what the system says
 */
export function openToRead(file: string): number {
  const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
  const stat = fs.fstatSync(fd)
  if (stat.isFile() || stat.isDirectory()) return fd
  fs.closeSync(fd)
  throw new AssayError('record/not-a-file', `${file} is a pipe or a device, not a file. Write it to a file first.`)
}

/** Bytes that know how to be a text; a type of the language's own, since the package's types need none of Node's. */
export interface Bytes extends Uint8Array {
  toString(): string
}

/** What a file holds. @throws AssayError as {@link openToRead} does */
export function readBytes(file: string): Bytes {
  const fd = openToRead(file)
  try {
    return fs.readFileSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}
