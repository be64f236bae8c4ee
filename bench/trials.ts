// Many trials of one turn through a whole run: plan, journals, rows, findings.
//
// The file system has its say here: one that has just deleted many files makes new ones ten times as slowly. So the
// same files are made by hand first, and what that took stands beside.
import fs from 'node:fs'
import path from 'node:path'
import { plainScaffold } from '../src/agent/index.ts'
import { defineStudy, exactly, levels } from '../src/study/index.ts'
import { mean, proportion } from '../src/findings/index.ts'
import { inChild } from './child.ts'
import { inScratch } from './scratch.ts'
import type { Figure, Measured } from './table.ts'
import { timedRun } from './timed-run.ts'

const GOALS: Readonly<Record<number, number>> = { 1_000: 0.5, 10_000: 3 }

/** @param alone nothing but the run itself, for comparing whole processes */
async function measure(trials: number, alone: boolean): Promise<Measured> {
  const study = defineStudy({
    name: 'bench',
    question: 'How long do many small trials take?',
    factors: { size: levels('only') },
    outcome: { right: proportion() },
    repeats: 1,
    tasks: () =>
      Array.from({ length: trials }, (_, number) => ({
        id: `case-${number}`,
        prompt: `What is ${number} plus one?`,
        scaffold: plainScaffold,
        limits: { turns: 1 },
        measure: ({ text }) => ({ right: text === String(number + 1) ? 1 : 0 }),
      })),
    controls: {
      adder: {
        property: 'Adds one.',
        policy: (messages) => {
          const last = messages.at(-1)
          const number = last?.role === 'user' ? Number(/\d+/.exec(last.text)?.[0]) : NaN
          return [{ type: 'text', text: String(number + 1) }]
        },
        reads: { right: () => exactly(1) },
      },
    },
    findings: [mean('right', { by: ['agent'], cluster: 'task' })],
  })
  const byHand = alone ? undefined : await inScratch((folder) => filesByHand(folder, trials))
  const { end, seconds } = await timedRun(study, { set: {} })
  const calibrated = end.reading.findings.every(({ calibration }) => calibration === 'calibrated')
  if (end.outcomes.length !== trials || !calibrated) throw new Error(`${end.type}: ${end.why}`)
  const name = `${trials.toLocaleString('en-US')} one-turn trials`
  return {
    type: 'figures',
    figures: [
      { name, value: seconds, unit: 's', goal: { type: 'at-most', value: GOALS[trials] ?? Infinity } },
      {
        name: `${name}, memory at its highest`,
        value: process.resourceUsage().maxRSS / 1024,
        unit: 'MB',
        goal: { type: 'at-most', value: 200 },
      },
      ...(byHand === undefined ? [] : [{ name: `${name}: as many files made by hand`, value: byHand, unit: 's' }]),
    ],
  }
}

/** Seconds to make, write and sync as many files of one line, eight at a time. */
async function filesByHand(folder: string, count: number): Promise<number> {
  const started = performance.now()
  fs.mkdirSync(path.join(folder, 'by-hand'))
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) {
      const fd = fs.openSync(path.join(folder, 'by-hand', `${next++}.jsonl`), 'a')
      fs.writeSync(fd, `${'x'.repeat(1200)}\n`)
      await new Promise<void>((resolve) => fs.fdatasync(fd, () => fs.close(fd, () => resolve())))
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return (performance.now() - started) / 1000
}

export async function trials(): Promise<Measured> {
  const figures: Figure[] = []
  for (const size of Object.keys(GOALS)) {
    const measured = await inChild(import.meta.filename, size)
    if (measured.type === 'skipped') return measured
    figures.push(...measured.figures)
  }
  return { type: 'figures', figures }
}

if (import.meta.main)
  process.stdout.write(JSON.stringify(await measure(Number(process.argv[2]), process.argv[3] === 'alone')))
