import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { tourParts } from '../../src/cli/tour/parts.ts'
import { modelsFolder } from '../../src/model/index.ts'
import { weights } from '../model/local/weights.ts'
import { compileCache, scratch } from './assay.ts'

const { skip } = await weights()
const bin = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const tourDocument = z.object({
  runs: z.array(z.object({ ended: z.string(), run: z.string(), controls: z.array(z.object({ passed: z.boolean() })) })),
  claims: z.array(z.object({ text: z.string(), status: z.string() })),
})

async function tour(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly out: string; readonly err: string }> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [bin, 'tour', '--json'], {
    cwd: folder,
    env: { HOME: folder, NO_COLOR: '1', CI: 'true', ...compileCache(), ...environment },
    maxBuffer: 64 << 20,
  })
  return { out: stdout, err: stderr }
}

/** All files below a folder that the tour wrote. */
function written(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
}

describe('the tour', () => {
  test.skipIf(skip !== undefined)(
    `plays the real model beside planted ones and decides every claim by its rule ${skip ?? ''}`,
    async () => {
      const folder = scratch()
      const cache = path.dirname(modelsFolder())
      const { out, err } = await tour(folder, { PATH: process.env['PATH'] ?? '', ASSAY_CACHE: cache })
      const { runs, claims } = tourDocument.parse(JSON.parse(out))
      expect(runs.map(({ ended }) => ended)).toEqual(tourParts.map(() => 'done'))
      expect(runs.every(({ controls }) => controls.every((reading) => reading.passed))).toBe(true)
      const statusOf = (words: string): string | undefined => claims.find(({ text }) => text.includes(words))?.status
      // The scaffold's effect lies far outside its interval on any machine; the others are the run's to decide.
      expect(statusOf('worth more than $50')).toBe('supported')
      expect(statusOf('With the rules alone')).toBe('contradicted')
      expect(statusOf('hundred times the parameters')).toBe('untested')
      expect(statusOf('work of eight steps')).toBe('contradicted')
      expect(err).toContain('It imitates acts that it was shown'.slice(3))
      expect(fs.readFileSync(path.join(folder, '.assay/brief.txt'), 'utf8')).toContain('[supported]')
      expect(fs.readFileSync(path.join(folder, '.assay/brief.html'), 'utf8')).not.toMatch(/(src|href)="https?:/)
      expect(written(folder).every((name) => name.startsWith('.assay'))).toBe(true)
    },
  )

  test('goes on with planted agents where weights cannot be had, and says so in one line', async () => {
    const folder = scratch()
    const nothing = path.join(folder, 'nothing')
    fs.mkdirSync(nothing)
    const { out, err } = await tour(folder, { PATH: nothing, ASSAY_CACHE: path.join(folder, 'cache') })
    const { runs, claims } = tourDocument.parse(JSON.parse(out))
    expect(err).toMatch(/could not be fetched \(pip: .*\)\. The tour goes on with controls only\./)
    expect(runs.map(({ ended }) => ended)).toEqual(tourParts.map(() => 'done'))
    expect(claims.every(({ status }) => status === 'untested')).toBe(true)
    expect(written(folder).every((name) => name.startsWith('.assay') || name.startsWith('cache'))).toBe(true)
  })
})
