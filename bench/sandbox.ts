// What a sandbox adds to a command, and what an act in a workspace costs after thousands of them.
import { bubblewrap, DEFAULT_LIMITS, workspaceWorld, type Entry, type SandboxKind } from '../src/world/index.ts'
import type { Figure, Measured } from './table.ts'

const COMMANDS = 200
const FILES = 1000
const ACTS = 10_000

/** Median milliseconds of a command that does next to nothing, beside a hundred files. */
async function command(kind: SandboxKind, commands: number): Promise<number> {
  const files = new Map(
    Array.from({ length: 100 }, (_, n): [string, Entry] => [
      `folder/${n}.txt`,
      { kind: 'file', content: `file ${n}\n` },
    ]),
  )
  const sandbox = await kind.open({ files, limits: DEFAULT_LIMITS })
  try {
    const times: number[] = []
    for (let n = -5; n < commands; n++) {
      const started = performance.now()
      await sandbox.exec('echo hello')
      sandbox.changes()
      if (n >= 0) times.push(performance.now() - started)
    }
    return times.toSorted((a, b) => a - b)[commands >> 1] ?? Number.NaN
  } finally {
    await sandbox.close()
  }
}

/** Microseconds of an act (write, edit, read, list in turn) among the first and the last tenth of many. */
async function acts(): Promise<readonly [first: number, last: number]> {
  const files = Object.fromEntries(Array.from({ length: FILES }, (_, n) => [`in/${n % 20}/${n}.txt`, `value ${n}\n`]))
  const session = await workspaceWorld({ files }).open('bench')
  const tenths: number[] = []
  let started = performance.now()
  for (let n = 0; n < ACTS; n++) {
    const path = `out/${(n >> 2) % 50}/${n >> 2}.txt`
    if (n % 4 === 0) await session.act('write', { path, content: `made by act ${n}\n` })
    else if (n % 4 === 1) await session.act('edit', { path, old: 'made', new: 'written' })
    else if (n % 4 === 2) await session.act('read', { path })
    else await session.act('list', { path: `in/${n % 20}` })
    if ((n + 1) % (ACTS / 10) === 0) {
      tenths.push(((performance.now() - started) * 1000) / (ACTS / 10))
      started = performance.now()
    }
  }
  await session.close?.()
  return [tenths[1] ?? Number.NaN, tenths.at(-1) ?? Number.NaN]
}

export async function sandboxes(): Promise<Measured> {
  const figures: Figure[] = []
  const ready = bubblewrap.ready()
  if (ready.type === 'unavailable') process.stderr.write(`bubblewrap was skipped: ${ready.why}\n`)
  else {
    const value = await command(bubblewrap, COMMANDS)
    figures.push({ name: 'a command in bubblewrap', value, unit: 'ms', goal: { type: 'at-most', value: 15 } })
  }
  const [first, last] = await acts()
  const goal = { type: 'at-most', value: 200 } as const
  figures.push(
    { name: `an act on ${FILES} files, acts ${ACTS / 10} to ${ACTS / 5}`, value: first, unit: 'µs', goal },
    { name: `an act on ${FILES} files, the last of ${ACTS}`, value: last, unit: 'µs', goal },
  )
  return { type: 'figures', figures }
}
