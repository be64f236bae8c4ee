import fs from 'node:fs'
import { z } from 'zod'
import type { RunPaths } from '../record/index.ts'
import type { OneRun } from '../project/index.ts'
import type { RunRow } from './api.ts'
import { glanceOf, type RunGlance } from './glance.ts'
import { stampOf } from './stamp.ts'

type Controls = RunRow['controls']

/** All that is read of `findings.json` here. */
const found = z.object({ controls: z.array(z.object({ passed: z.boolean() })) })

/** Files larger than this are not read for one word, bytes. */
const MOST_BYTES = 20_000_000
/** How long the list's other work goes first, milliseconds. */
const PAUSE = 200

/** What is known of a run without reading it: how its controls read, and its result once somebody has read it. */
export interface Known {
  readonly how: Controls
  readonly glance?: RunGlance
}

/**
 * How the controls of runs read and what was found, for the list of runs. The list never waits: how controls read is taken from
 * `findings.json` where that is newer than the rows; all else is read behind the list's back, one run after the other.
 */
export class ControlsReader {
  readonly #known = new Map<string, Known & { readonly stamp: string }>()
  readonly #waiting = new Map<string, string>()
  /** What `findings.json` says of runs that wait to be read. */
  readonly #written = new Map<string, Controls | undefined>()
  readonly #readRun: (name: string) => Promise<unknown>
  #isUnderWay = false

  /** @param readRun reads a run with its controls and says so by {@link read} */
  constructor(readRun: (name: string) => Promise<unknown>) {
    this.#readRun = readRun
  }

  of(name: string, paths: RunPaths, isHeld: boolean): Known {
    const known = this.#known.get(name)
    if (isHeld) return known ?? { how: 'not read yet' }
    const stamp = stampOf(paths.outcomes)
    if (known?.stamp === stamp) return known
    if (this.#waiting.get(name) !== stamp) {
      this.#waiting.set(name, stamp)
      this.#written.set(name, fromFile(paths))
      this.#soon()
    }
    const how = this.#written.get(name) ?? known?.how ?? 'not read yet'
    return { ...known, how }
  }

  /** Takes in what a reading says. */
  read(name: string, paths: RunPaths, one: OneRun): void {
    this.#known.set(name, { stamp: stampOf(paths.outcomes), how: howOf(one.reading.controls), glance: glanceOf(one) })
  }

  #soon(): void {
    if (this.#isUnderWay) return
    this.#isUnderWay = true
    setTimeout(() => {
      void this.#next()
    }, PAUSE).unref()
  }

  async #next(): Promise<void> {
    const [name] = [...this.#waiting].find(([run, stamp]) => this.#known.get(run)?.stamp !== stamp) ?? []
    this.#isUnderWay = false
    if (name === undefined) return
    this.#isUnderWay = true
    const stamp = this.#waiting.get(name) ?? ''
    try {
      await this.#readRun(name)
    } catch {
      // Its page says what is wrong with it.
    }
    const known = this.#known.get(name)
    if (known?.stamp !== stamp) this.#known.set(name, { ...known, stamp, how: known?.how ?? 'not readable' })
    this.#isUnderWay = false
    this.#soon()
  }
}

function fromFile({ findings, outcomes }: RunPaths): Controls | undefined {
  const [written, rows] = [findings, outcomes].map((file) => fs.lstatSync(file, { throwIfNoEntry: false }))
  if (written?.isFile() !== true || rows === undefined || written.mtimeMs < rows.mtimeMs) return undefined
  if (written.size > MOST_BYTES) return undefined
  try {
    return howOf(found.parse(JSON.parse(fs.readFileSync(findings, 'utf8'))).controls)
  } catch {
    return undefined
  }
}

function howOf(controls: readonly { readonly passed: boolean }[]): Controls {
  if (controls.length === 0) return 'none'
  return controls.every((each) => each.passed) ? 'passed' : 'failed'
}
