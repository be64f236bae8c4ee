import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { run } from '../../src/cli/index.ts'
import { journalsOf, readingOf, trialsOf, type Reading } from './reading.ts'

/** One command line, and under which name its lines stand in the golden file. */
export interface Step {
  readonly as: string
  readonly words: readonly string[]
  /** That it is refused with a message is what is frozen. Any other command that is refused is a mistake in its scene. */
  readonly refused?: true
  /** Of a run that others are made of, and that is frozen whole elsewhere, the hashes are enough. */
  readonly hashesOnly?: true
  /** What is changed before the command begins. */
  readonly before?: (folder: string) => void
  /** What else is read when the command has ended. */
  readonly also?: (folder: string) => Reading
}

/** Commands that follow one another in one folder of their own. */
export interface Scene {
  readonly name: string
  /** Puts the files there that the commands read. `data` and `examples` lie there already. */
  readonly files?: (folder: string) => void
  readonly steps: readonly Step[]
}

/** What one command line answered, in this process. */
interface Said {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** A command line in words; further words hold blanks. A run has the name of its step. */
export function step(as: string, line: string, ...more: readonly string[]): Step {
  const words = [...line.split(' '), ...more]
  return { as, words: words[0] === 'run' || words[0] === 'replicate' ? [...words, '--name', as] : words }
}

/** A run for the commands that follow it. */
export function ready(as: string, line: string): Step {
  return { ...step(as, line), hashesOnly: true }
}

/** A command line that the program refuses. */
export function refused(as: string, line: string, ...more: readonly string[]): Step {
  return { ...step(as, line, ...more), refused: true }
}

const KEY = 'OPENAI_API_KEY'
const root = path.join(import.meta.dirname, '../..')

/** Plays a scene in a temporary folder and reads what it said. */
export async function play(scene: Scene): Promise<Reading> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-frozen-'))
  const [before, key] = [process.cwd(), process.env[KEY]]
  try {
    fs.symlinkSync(path.join(root, 'test/data'), path.join(folder, 'data'))
    fs.cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true })
    scene.files?.(folder)
    process.chdir(folder)
    // A model that has to be priced is opened, and asks for its key; nothing is sent to it.
    process.env[KEY] = 'none'
    const read: Record<string, unknown> = {}
    for (const each of scene.steps) {
      for (const [name, said] of Object.entries(await stepReading(folder, each))) read[`${each.as}: ${name}`] = said
    }
    return read
  } finally {
    process.chdir(before)
    if (key === undefined) delete process.env[KEY]
    else process.env[KEY] = key
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function stepReading(folder: string, { as, words, refused, hashesOnly, before, also }: Step): Promise<Reading> {
  before?.(folder)
  const { exit, out, err } = await assay([...words, '--json'])
  if (out === '' && refused !== true) throw new Error(`assay ${words.join(' ')} answered ${exit}: ${err}`)
  // A request that is refused has no document, only a message, and messages are words.
  if (out === '') return { exit }
  const [command = '', verb = ''] = words
  const read = readingOf(command === 'brief' ? `brief ${verb}` : command, JSON.parse(out))
  if (hashesOnly === true) return { exit, ...('hashes' in read && { hashes: read['hashes'] }) }
  const own = path.join(folder, '.assay/runs', as)
  return { exit, ...read, ...(fs.existsSync(own) && runFolder(own)), ...also?.(folder) }
}

function runFolder(folder: string): Reading {
  const journals = fs.readdirSync(path.join(folder, 'trials')).filter((file) => file.endsWith('.jsonl'))
  return {
    ...trialsOf(jsonLines(path.join(folder, 'outcomes.jsonl'))),
    ...journalsOf(journals.flatMap((file) => jsonLines(path.join(folder, 'trials', file)))),
  }
}

function jsonLines(file: string): readonly unknown[] {
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

/** The command line in this process: a process for each of a hundred commands would take a minute. */
export async function assay(words: readonly string[]): Promise<Said> {
  let [out, err] = ['', '']
  const { stdout, stderr } = process
  const [writeOut, writeErr] = [stdout.write.bind(stdout), stderr.write.bind(stderr)]
  stdout.write = (text: string | Uint8Array) => ((out += String(text)), true)
  stderr.write = (text: string | Uint8Array) => ((err += String(text)), true)
  try {
    return { exit: await run(words), out, err }
  } finally {
    stdout.write = writeOut
    stderr.write = writeErr
  }
}
