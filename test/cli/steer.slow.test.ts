import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { modelsFolder } from '../../src/model/index.ts'
import { whiteboxWeights } from '../inside/whitebox.ts'
import { assay, scratch } from './assay.ts'

const { skip } = await whiteboxWeights()
const bin = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const document = z.object({
  concept: z.string(),
  layer: z.number(),
  rows: z.array(z.object({ strength: z.number(), text: z.string(), natsPerToken: z.number() })),
})

async function steer(
  folder: string,
  ...words: string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return promisify(execFile)(process.execPath, [bin, 'steer', ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1', ASSAY_CACHE: path.dirname(modelsFolder()) },
  })
}

describe.skipIf(skip !== undefined)(`assay steer ${skip ?? ''}`, () => {
  test('streams what it compares, and own sentences make a direction', async () => {
    const folder = scratch()
    fs.writeFileSync(path.join(folder, 'with.txt'), 'The waves rolled in.\nThe tide rose.\nThe sea was rough.\n')
    fs.writeFileSync(path.join(folder, 'without.txt'), 'The bus was late.\nThe door shut.\nThe desk was old.\n')
    const own = ['--with', 'with.txt', '--without', 'without.txt', '--tokens', '8', 'The day']
    const { stdout } = await steer(folder, ...own, '--compare', '0,2', '--json')
    const { rows, concept, layer } = document.parse(JSON.parse(stdout))
    expect([concept, layer, rows.map(({ strength }) => strength)]).toEqual(['your texts', 15, [0, 2]])
    expect(rows[0]?.text).not.toBe(rows[1]?.text)
    const streamed = await steer(folder, ...own, '--strength', '2')
    expect(streamed.stdout.trimEnd()).toBe(`The day${rows[1]?.text ?? ''}`.trimEnd())
    expect(streamed.stderr).toContain('nats a token for the model as it ships')
  })
})

test('what cannot be steered is refused in one line', async () => {
  const folder = scratch()
  const said = await Promise.all([
    assay(folder, 'steer', '--concept', 'see', 'text'),
    assay(folder, 'steer', '--concept', 'sea', '--model', 'openai/gpt-5', 'text'),
    assay(folder, 'steer', '--concept', 'sea', 'text'),
    assay(folder, 'steer', '--concept', 'sea', '--with', 'a.txt', '--without', 'b.txt', 'text'),
    assay(folder, 'run', 'steering', '--model', 'control/echo'),
    assay(folder, 'plan', 'introspection', '--model', 'http://127.0.0.1:9/v1#m'),
  ])
  expect(said.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2])
  expect(said.map(({ err }) => err.trimEnd().split('\n').length)).toEqual([1, 1, 1, 1, 1, 1])
  expect(said[0]?.err).toContain('Did you mean sea?')
  expect(said[1]?.err).toContain('cannot be looked into: only local weights can')
  expect(said[2]?.err).toContain('is not on this machine yet. Run: npx assay models pull smollm2-135m')
  expect(said[3]?.err).toContain('--concept does not go with --with and --without')
  expect(said[4]?.err).toContain('control/echo cannot be looked into, which the task beginnings asks for')
  expect(said[5]?.err).toContain('http://127.0.0.1:9/v1#m cannot be looked into')
})
