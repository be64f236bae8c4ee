import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { allEvents, randomFrom } from '../../../src/record/index.ts'
import { bubblewrap } from '../../../src/world/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const script = path.join(import.meta.dirname, 'outside-child.ts')
const ready = bubblewrap.ready()
const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly said: string
}

/** @param killAfter ends the process so many milliseconds after it has written to the journal so often */
async function run(
  verb: 'start' | 'resume',
  folder: string,
  killAfter?: { readonly events: number; readonly ms: number },
): Promise<Ended> {
  const before = results(folder).length
  const child = spawn(process.execPath, [script, verb, folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const watch = setInterval(() => {
    if (killAfter === undefined || results(folder).length < before + killAfter.events) return
    clearInterval(watch)
    setTimeout(() => child.kill('SIGKILL'), killAfter.ms)
  }, 10)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(watch)
      resolve({ code, out, said })
    })
  })
}

function journalIn(folder: string): string {
  const trials = path.join(folder, 'trials')
  return path.join(trials, fs.readdirSync(trials)[0] ?? '')
}

function results(folder: string): readonly string[] {
  const trials = path.join(folder, 'trials')
  if (!fs.existsSync(trials) || fs.readdirSync(trials).length === 0) return []
  return [...allEvents(journalIn(folder))].flatMap(({ event }) =>
    event.type === 'tool.call' ? [JSON.stringify([event.result, event.changes])] : [],
  )
}

test.skipIf(skipped !== '')(
  `killed in the middle of commands, a trial goes on with the files it had and does nothing twice${skipped}`,
  async () => {
    const folder = path.join(temporaryFolder(), 'run')
    const random = randomFrom('outside', 3)
    let before: readonly string[] = []
    let cutOff = 0
    for (let kill = 0; kill < 8; kill++) {
      const { code, said } = await run(results(folder).length > 0 ? 'resume' : 'start', folder, {
        events: 1 + Math.floor(random() * 4),
        ms: random() * 250,
      })
      expect(said).toBe('')
      if (code !== 0) cutOff++
      const now = results(folder)
      // What stands in the journal stays, and is never made again.
      expect(now.slice(0, before.length)).toEqual(before)
      before = now
      if (code === 0) break
    }
    const last = await run('resume', folder)
    expect(last.said).toBe('')
    expect(JSON.parse(last.out)).toEqual({ type: 'done', values: [{ lines: 9, whole: 1 }] })
    expect(cutOff).toBeGreaterThan(2)
    // Nothing is left of the killed ones: the next process took it away.
    const base = path.join(os.tmpdir(), `sandboxes-${process.getuid?.() ?? 0}`)
    const alive = fs.readdirSync(base).filter((name) => !fs.existsSync(`/proc/${name.split('-')[1]}`))
    expect(alive).toEqual([])
    expect(fs.readFileSync('/proc/mounts', 'utf8').includes(`${base}/assay-${process.pid}`)).toBe(false)
  },
)

test.skipIf(skipped !== '')(
  `a content that is missing makes the trial invalid or says what is missing${skipped}`,
  async () => {
    const folder = path.join(temporaryFolder(), 'run')
    await run('start', folder)
    const journal = journalIn(folder)
    const lines = fs.readFileSync(journal, 'utf8').trimEnd().split('\n')
    const cut = lines.findIndex((line) => line.includes('"long"')) + 2
    fs.writeFileSync(journal, `${lines.slice(0, cut).join('\n')}\n`)
    fs.writeFileSync(path.join(folder, 'outcomes.jsonl'), '')
    fs.rmSync(path.join(folder, 'contents'), { recursive: true })
    const { said, code } = await run('resume', folder)
    expect(said).toMatch(/record\/damaged: .*contents.* is missing/)
    expect(code).toBe(3)
  },
)
