import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'

/**
 * Opens a file for reading, without waiting: a pipe that nobody writes to, a socket or a device is refused.
 *
 * @throws AssayError `record/not-a-file`; else what the system says
 */
export function openToRead(file: string): number {
  // A socket cannot even be opened.
  if (fs.statSync(file).isSocket()) throw notAFile(file)
  const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
  const stat = fs.fstatSync(fd)
  if (stat.isFile() || stat.isDirectory()) return fd
  fs.closeSync(fd)
  throw notAFile(file)
}

function notAFile(file: string): AssayError {
  return new AssayError(
    'record/not-a-file',
    `${file} is a pipe, a socket or a device, not a file. Write it to a file first.`,
  )
}

/** What a file holds. @throws AssayError as {@link openToRead} does */
export function readBytes(file: string): Uint8Array {
  return opened(file, (fd) => fs.readFileSync(fd))
}

/** The same as text in UTF-8. @throws AssayError as {@link openToRead} does */
export function readText(file: string): string {
  return opened(file, (fd) => fs.readFileSync(fd, 'utf8'))
}

function opened<T>(file: string, read: (fd: number) => T): T {
  const fd = openToRead(file)
  try {
    return read(fd)
  } finally {
    fs.closeSync(fd)
  }
}
