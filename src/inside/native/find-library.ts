import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { PINS } from './pins.ts'

/** Where the shared objects of llama.cpp lie. */
export interface LibraryFiles {
  readonly folder: string
  readonly llama: string
  readonly ggml: string
  readonly base: string
}

/**
 * Finds the llama.cpp that node-llama-cpp ships. Its file names carry a version and its package exports nothing, so the
 * folders are walked.
 *
 * @throws AssayError `probe/no-library` it is not installed, or not for this system; `probe/wrong-release`
 */
export function findLibrary(): LibraryFiles {
  const require = createRequire(import.meta.url)
  const system = `${process.platform}-${process.arch}`
  const room = folders(require).find((each) => fs.existsSync(path.join(each, system, 'bins', system)))
  if (room === undefined) {
    throw new AssayError(
      'probe/no-library',
      `The white box needs node-llama-cpp ${PINS.libllama} with its library for ${system}. Run: npm install --save-exact node-llama-cpp@${PINS.libllama}`,
    )
  }
  const version = versionIn(path.join(room, system))
  if (version !== PINS.libllama) throw wrongRelease('the library of node-llama-cpp', version, PINS.libllama)
  const folder = path.join(room, system, 'bins', system)
  return {
    folder,
    llama: fileOf(folder, /^libllama(\.v[\d.]+)?\.(so|dylib)$/),
    ggml: fileOf(folder, /^libggml(\.v[\d.]+)?\.(so|dylib)$/),
    base: fileOf(folder, /^libggml-base(\.v[\d.]+)?\.(so|dylib)$/),
  }
}

export function wrongRelease(what: string, found: string, wanted: string): AssayError {
  return new AssayError(
    'probe/wrong-release',
    `${what} is ${found}, and the white box was written against ${wanted}: install that one exactly; its memory layout is not the same in others.`,
  )
}

/** Folders that may hold the platform packages: beside node-llama-cpp, inside it, and above this file. */
function folders(require: NodeJS.Require): readonly string[] {
  const own = require.resolve.paths('@node-llama-cpp/x') ?? []
  const nested = own.map((each) => path.join(each, 'node-llama-cpp', 'node_modules'))
  return [...own, ...nested].map((each) => path.join(each, '@node-llama-cpp'))
}

function versionIn(folder: string): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

function fileOf(folder: string, pattern: RegExp): string {
  const name = fs.readdirSync(folder).find((each) => pattern.test(each))
  if (name !== undefined) return path.join(folder, name)
  throw new AssayError('probe/no-library', `${folder} holds no ${pattern.source}: install node-llama-cpp again.`)
}
