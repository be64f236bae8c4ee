// Wall time of `assay --help` in a fresh process: the best of several, since a busy machine only adds to it.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Measured } from './table.ts'

const ROUNDS = 7

export function help(): Measured {
  const script = path.join(import.meta.dirname, '..', 'bin', 'assay.js')
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    const { status, stdout } = spawnSync(process.execPath, [script, '--help'], { encoding: 'utf8' })
    const seconds = (performance.now() - started) / 1000
    if (status !== 0 || !/usage/i.test(stdout)) return { type: 'skipped', why: 'assay --help does not answer' }
    best = Math.min(best, seconds)
  }
  return {
    type: 'figures',
    figures: [{ name: 'assay --help', value: best, unit: 's', goal: { type: 'at-most', value: 0.15 } }],
  }
}
