import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { allEvents, randomFrom, readOutcomes, runPaths, type Outcome, type Random } from '../../src/record/index.ts'
import { bubblewrap } from '../../src/world/index.ts'
import { chaosProvider, type ChaosProvider } from './provider.ts'
import { STUDIES, type Subject } from './studies.ts'

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly said: string
}

const CHILD = path.join(import.meta.dirname, 'child.ts')
/** A process that takes longer hangs. Milliseconds. */
const PATIENCE = 120_000
const MOST_STARTS = 12

/** One study, run twice: in peace, and not. */
export class Round {
  readonly subject: Subject
  readonly done: string[] = []
  met: ReadonlyMap<string, number> = new Map()
  hostile = 0
  readonly #random: Random
  readonly #count: (what: string) => void
  readonly #skip: (why: string) => void

  constructor(seed: string, did: (what: string) => void, skip: (why: string) => void) {
    this.#random = randomFrom('chaos', seed)
    const here = bubblewrap.ready()
    if (here.type === 'unavailable') skip(`a shell for hostile agents: ${here.why}`)
    const studies = STUDIES.filter((study) => here.type !== 'unavailable' || study !== 'vandals with a shell')
    this.subject = { study: this.#of(studies), seed, size: 1 + this.#below(3) }
    this.#count = (what) => {
      this.done.push(what)
      did(what)
    }
    this.#skip = skip
  }

  /** @returns how the disturbed run differs from the other; empty where it does not */
  async carry(): Promise<readonly string[]> {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-chaos-'))
    const [calm, rough] = [path.join(home, 'calm'), path.join(home, 'rough')]
    for (const each of [calm, rough]) fs.mkdirSync(each)
    const provider = await chaosProvider(this.subject.seed)
    const disk = this.#random() < 0.25 ? this.#disk(rough) : undefined
    try {
      const first = await this.#start(calm, provider).end
      if (first.code !== 0) return [`undisturbed, it ended with ${first.code}: ${first.said || first.out}`]
      provider.hostile = 0
      provider.moody = this.#random() < 0.7 ? 0.1 + 0.4 * this.#random() : 0
      const wrong = await this.#disturbed(rough, provider, disk?.grow)
      this.met = provider.met
      this.hostile = provider.hostile
      return wrong.length > 0 ? wrong : this.#compared(calm, rough, provider.moody > 0)
    } finally {
      await provider.close()
      disk?.remove()
      fs.rmSync(home, { recursive: true, force: true })
    }
  }

  async #disturbed(home: string, provider: ChaosProvider, grow: (() => void) | undefined): Promise<readonly string[]> {
    let room = grow
    for (let start = 0; start < MOST_STARTS; start++) {
      const clock = start > 0 && this.#random() < 0.3 ? this.#clock() : 0
      const child = this.#start(home, provider, clock)
      // The last one is left in peace.
      const plan =
        start < MOST_STARTS - 2 && this.#random() < 0.9 ? this.#interruption(child.process, provider) : undefined
      const second = this.#random() < 0.1 ? this.#second(home, provider) : undefined
      const ended = await child.end
      plan?.()
      const refused = await second
      if (refused !== undefined) return [refused]
      if (ended.code === 0) return []
      if (ended.said.startsWith('record/disk-full: ') && room !== undefined) {
        this.#count('full disk')
        if (ended.code !== 3 || ended.said.trim().includes('\n')) return [`a full disk was said so: ${ended.said}`]
        if (this.#random() < 0.6 || start > MOST_STARTS / 2) {
          room()
          room = undefined
        }
        continue
      }
      const killed = ended.signal === 'SIGKILL' || ended.signal === 'SIGTERM' || ended.signal === 'SIGHUP'
      const isRefused = ended.said.startsWith('record/run-in-use: ')
      if (!killed && ended.code !== 130 && !isRefused)
        return [`it ended with ${ended.code ?? ended.signal}: ${ended.said || ended.out}`]
      if (killed && this.#random() < 0.3) this.#tear(home)
    }
    return [`after ${MOST_STARTS} starts it has not ended`]
  }

  /** Ends or stops the process after some questions, or after some time. @returns what calls that off */
  #interruption(child: ChildProcess, provider: ChaosProvider): () => void {
    const signal = this.#of(['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGSTOP'] as const)
    let timer: NodeJS.Timeout | undefined
    const act = (): void => {
      if (child.exitCode !== null || child.signalCode !== null) return
      this.#count(signal === 'SIGSTOP' ? 'SIGSTOP and SIGCONT' : signal)
      child.kill(signal)
      if (signal === 'SIGSTOP') setTimeout(() => child.kill('SIGCONT'), 300)
    }
    let left = 1 + this.#below(25)
    const after = this.#random() * 20
    if (this.#random() < 0.25) timer = setTimeout(act, this.#random() * 2000)
    else
      provider.onAsked = () => {
        if (--left === 0) timer = setTimeout(act, after)
      }
    return () => {
      clearTimeout(timer)
      provider.onAsked = undefined
    }
  }

  /** A second process on the same run: one of the two is refused in one line, or comes after the other. */
  async #second(home: string, provider: ChaosProvider): Promise<string | undefined> {
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 800))
    this.#count('second writer')
    const { code, said, signal, out } = await this.#start(home, provider).end
    const isFine =
      code === 0 || /^record\/(?:run-in-use|run-exists|disk-full): [^\n]*\n$/.test(said) || signal === 'SIGKILL'
    return isFine ? undefined : `a second writer ended with ${code ?? signal}: ${said || out}`
  }

  /** What a power cut leaves: a part of a line at the end of a file. */
  #tear(home: string): void {
    const { folder, log, outcomes } = runPaths(path.join(home, 'run'))
    const trials = path.join(folder, 'trials')
    const journals = fs.existsSync(trials) ? fs.readdirSync(trials).map((name) => path.join(trials, name)) : []
    const file = this.#of([log, outcomes, ...journals])
    if (!fs.existsSync(file)) return
    this.#count('torn tail')
    const tail = this.#of(['{"seq":99999,"v":1,"a', '{"type":"reserve","at":1', '\0\0\0\0\0\0\0\0', '{"trial":"'])
    try {
      fs.appendFileSync(file, tail)
    } catch {
      // The disk is full.
    }
  }

  #clock(): number {
    this.#count('clock moved two days')
    return this.#of([-1, 1]) * 2 * 24 * 60 * 60 * 1000
  }

  /** A small disk for a folder, which can be made larger. */
  #disk(folder: string): { readonly grow: () => void; readonly remove: () => void } | undefined {
    try {
      const size = `${16 + 4 * this.#below(60)}k`
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'pipe' })
    } catch (cause) {
      this.#skip(`full disks: mounting a file system is not allowed here (${String(cause).split('\n')[1] ?? ''})`)
      return undefined
    }
    return {
      grow: () => void execFileSync('mount', ['-o', 'remount,size=512m', folder]),
      remove: () => void execFileSync('umount', ['-l', folder]),
    }
  }

  #start(
    home: string,
    { model }: ChaosProvider,
    clock = 0,
  ): { readonly process: ChildProcess; readonly end: Promise<Ended> } {
    const words = [CHILD, JSON.stringify(this.subject), home, model, String(clock)]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, said] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const late = setTimeout(() => {
      said += `still at work after ${PATIENCE / 1000} s`
      child.kill('SIGQUIT')
    }, PATIENCE)
    const end = new Promise<Ended>((resolve) =>
      child.on('close', (code, signal) => {
        clearTimeout(late)
        resolve({ code, signal, out, said })
      }),
    )
    return { process: child, end }
  }

  #compared(calm: string, rough: string, moody: boolean): readonly string[] {
    const [first, second] = [calm, rough].map((home) => runPaths(path.join(home, 'run')))
    if (first === undefined || second === undefined) return []
    const wrong: string[] = []
    const rows = new Map(readOutcomes(second).map((row) => [row.trial, row]))
    const peaceful = readOutcomes(first)
    if (rows.size !== peaceful.length) wrong.push(`${rows.size} rows, not ${peaceful.length}`)
    for (const row of peaceful) {
      const [was, is] = [row, rows.get(row.trial)].map((each) => each && this.#told(each, moody))
      if (JSON.stringify(was) !== JSON.stringify(is))
        wrong.push(`${row.trial}: ${JSON.stringify(is)}, not ${JSON.stringify(was)}`)
      if (is !== undefined && 'status' in is && is.status === 'invalid')
        wrong.push(`${row.trial} is invalid: ${row.stop}`)
      const events = [...allEvents(second.trial(row.trial))].length
      if (events !== rows.get(row.trial)?.events) wrong.push(`${row.trial}: its journal has ${events} events`)
      const times = rows.get(row.trial)?.times
      if (times !== undefined && !(times.wallMs >= 0 && times.wallMs < 3_600_000))
        wrong.push(`${row.trial}: ${times.wallMs} ms`)
    }
    const log = fs.readFileSync(second.outcomes, 'utf8').trimEnd().split('\n')
    if (log.length !== rows.size) wrong.push(`${log.length} lines for ${rows.size} trials`)
    return wrong
  }

  /** What must be the same. What broken tries cost is counted to a trial; what commands print may differ by the moment. */
  #told(row: Outcome, moody: boolean): object {
    const { times: _times, usage, cost, events, ...rest } = row
    if (this.subject.study.startsWith('vandals')) {
      const { trial, status, stop, turns } = rest
      return { trial, status, stop, turns }
    }
    return moody ? rest : { ...rest, usage, cost, events }
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most)
  }

  #of<T>(all: readonly T[]): T {
    const one = all[this.#below(all.length)]
    if (one === undefined) throw new Error('nothing to draw from')
    return one
  }
}
