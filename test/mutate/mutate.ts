import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brokenText, type Break, type Seen } from './break.ts'
import { foundSchema, type Found } from './found.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const CHILD = path.join(import.meta.dirname, 'child.ts')

/** Share of a corpus that must be read otherwise before its validation is said to have seen a break. */
const SEEN = 0.005
/** A break may make a run endless: longer than this, and it was seen. Milliseconds. */
const LONGEST = 240_000

/** What became of one break. */
export interface Mutated {
  readonly name: string
  readonly part: Break['part']
  readonly file: string
  readonly study: string
  readonly caught: boolean
  /** What saw it: the first control check that failed, the corpus, or how the run ended. */
  readonly by: string
}

export interface MutateOptions {
  /** Processes at once. */
  readonly workers: number
  readonly onDone?: (done: Mutated) => void
}

/**
 * Applies each break alone to a copy of `src`, and runs the controls that should see it.
 *
 * @returns in the order of the breaks
 * @throws Error where a break is out of date, or the controls fail without any break
 */
export async function mutate(
  breaks: readonly Break[],
  { workers, onDone }: MutateOptions,
): Promise<readonly Mutated[]> {
  for (const each of breaks) brokenText(each, path.join(ROOT, 'src'))
  const copies = Array.from({ length: workers }, copyOfSource)
  try {
    const baselines = new Map<string, Found>()
    const runs = new Map(breaks.map(({ by }) => [JSON.stringify(by), by]))
    await eachOf([...runs], copies, async ([key, by], copy) => {
      baselines.set(key, unbroken(by, await seenIn(copy, by)))
    })
    const done = new Map<string, Mutated>()
    await eachOf(breaks, copies, async (each, copy) => {
      const found = await broken(each, copy)
      const seen = judged(each, found, baselines.get(JSON.stringify(each.by)))
      done.set(each.name, seen)
      onDone?.(seen)
    })
    return breaks.flatMap(({ name }) => done.get(name) ?? [])
  } finally {
    for (const copy of copies) fs.rmSync(copy, { recursive: true, force: true })
  }
}

/** Its own folder, with the packages of this one. */
export function copyOfSource(): string {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-mutate-'))
  fs.cpSync(path.join(ROOT, 'src'), path.join(copy, 'src'), { recursive: true })
  fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(copy, 'package.json'))
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
  return copy
}

/** Hands each item to whichever copy is free. */
async function eachOf<T>(
  items: readonly T[],
  copies: readonly string[],
  work: (item: T, copy: string) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    copies.map(async (copy) => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item, copy)
    }),
  )
}

async function broken(each: Break, copy: string): Promise<Found | string> {
  const file = path.join(copy, 'src', each.file)
  const whole = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, brokenText(each, path.join(copy, 'src')))
  try {
    return await seenIn(copy, each.by)
  } finally {
    fs.writeFileSync(file, whole)
  }
}

/** What the controls say, or in one line how the run ended without their saying anything. */
function seenIn(copy: string, by: Seen): Promise<Found | string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CHILD, path.join(copy, 'src'), JSON.stringify(by)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (data: Buffer) => (out += data.toString()))
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve(foundSchema.parse(JSON.parse(out)))
      else
        resolve(
          signal === null ? `the run stopped: ${errorIn(err)}` : `the run did not end in ${LONGEST / 60_000} minutes`,
        )
    })
  })
}

function errorIn(text: string): string {
  const line =
    text.split('\n').find((each) => /^\s*(?:\w*Error|AssayError)\b/.test(each)) ?? text.trim().split('\n').at(-1) ?? ''
  return line.trim().slice(0, 160)
}

function unbroken(by: Seen, found: Found | string): Found {
  if (typeof found === 'string') throw new Error(`Without any break, ${JSON.stringify(by)}: ${found}`)
  if (found.type === 'run' && found.failed.length > 0)
    throw new Error(`Without any break, ${JSON.stringify(by)}: ${found.failed.slice(0, 3).join('; ')}`)
  return found
}

function judged({ name, part, file, by }: Break, found: Found | string, whole: Found | undefined): Mutated {
  const about = { name, part, file, study: 'study' in by ? by.study : `corpus ${by.as}` }
  if (typeof found === 'string') return { ...about, caught: true, by: found }
  if (found.type === 'run') {
    const [first] = found.failed
    const more = found.failed.length > 1 ? ` (and ${found.failed.length - 1} more)` : ''
    return first === undefined
      ? { ...about, caught: false, by: `all ${found.checks} checks passed` }
      : { ...about, caught: true, by: `${first}${more}` }
  }
  const before = whole?.type === 'corpus' ? whole : { share: 1, wrong: 0 }
  const isFewer = before.share - found.share > SEEN
  const of = isFewer ? 'share' : 'wrong'
  const [from, to] = [before[of], found[of]].map((part) => `${(100 * part).toFixed(1)}%`)
  return {
    ...about,
    caught: isFewer || found.wrong - before.wrong > SEEN,
    by: `${from} of labels read ${isFewer ? 'as meant' : 'wrong'}, then ${to}`,
  }
}
