import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { vending } from '../../src/studies/vending/index.ts'
import { assay, scratch } from './assay.ts'

const document = z.record(z.string(), z.unknown())
const finished = z.object({
  ended: z.string(),
  dataHash: z.string(),
  controls: z.array(z.object({ control: z.string() })),
})
const CONTROLS = Object.keys(vending.controls)

describe('help', () => {
  test('every command in it has an example that begins with the command', async () => {
    const { out } = await assay(scratch(), '--help')
    const names = [...out.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name]) => name ?? '')
    expect(names).toContain('run')
    const helps = await Promise.all(names.map((name) => assay(scratch(), name, '--help')))
    for (const [index, help] of helps.entries()) {
      expect(help.code).toBe(0)
      expect(help.out).toMatch(new RegExp(`Example:\\n {2}npx assay ${names[index] ?? ''}`))
      expect(help.out).toContain('--json')
    }
  })
})

describe('a run of planted agents', () => {
  test('is made, listed, shown as text, as JSON and as SVG, and has nothing left to resume', async () => {
    const folder = scratch()
    const run = await assay(
      folder,
      'run',
      'vending',
      '--controls',
      'only',
      '--repeats',
      '2',
      '--name',
      'first',
      '--json',
    )
    expect(run.code).toBe(0)
    const read = finished.parse(JSON.parse(run.out))
    expect(read.ended).toBe('done')
    expect(new Set(read.controls.map(({ control }) => control))).toEqual(new Set(CONTROLS))
    expect(run.err).toContain(`All ${read.controls.length} control checks passed (${CONTROLS.length} controls).`)

    expect((await assay(folder, 'runs')).out).toContain('first')
    const shown = await assay(folder, 'show', 'first', '--svg', 'money.svg')
    expect(shown.out).toContain('net worth at the end')
    expect(shown.out).toContain('Net worth over days')
    expect(fs.readFileSync(path.join(folder, 'money.svg'), 'utf8')).toMatch(/^<svg/)

    const journals = fs.readdirSync(path.join(folder, '.assay/runs/first/trials'))
    const [journal = ''] = journals
    const transcript = await assay(folder, 'show', 'first', journal.slice(0, 8))
    expect(transcript.out).toContain('canary {"passes":true}')
    expect(transcript.out).toMatch(/end completed: last-day/)

    fs.truncateSync(path.join(folder, '.assay/runs/first/trials', journal), 500)
    expect((await assay(folder, 'show', 'first')).out).toContain(
      `1 of ${journals.length} journals are missing or end early`,
    )

    const again = await assay(folder, 'resume', 'first', '--json')
    expect(again.code).toBe(0)
    expect(document.parse(JSON.parse(again.out))['dataHash']).toBe(read.dataHash)

    const twice = await assay(folder, 'run', 'vending', '--controls', 'only', '--name', 'first')
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('There is a run in')])
  })

  test('a pipe that closes early is no fault', async () => {
    const folder = scratch()
    await assay(folder, 'run', 'vending', '--controls', 'only', '--repeats', '1', '--name', 'piped')
    const { spawnSync } = await import('node:child_process')
    const bin = new URL('../../bin/assay.js', import.meta.url).pathname
    const piped = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" show piped --json | head -c 10`], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(piped.stderr).not.toMatch(/EPIPE|Error/)
  })
})

describe('questions of one’s own', () => {
  test('cases in a file are a study with controls', async () => {
    const folder = scratch()
    fs.writeFileSync(
      path.join(folder, 'cases.csv'),
      '\ufeffprompt,expected,check\r\n"Say ""yes"", please",yes,exact\r\n2 + 2?,4,number\r\nName a colour,r(e)d,regex\r\n',
    )
    const { code, out, err } = await assay(folder, 'run', 'cases.csv', '--model', 'control/echo', '--json')
    expect(code).toBe(0)
    expect(err).toContain('share of cases answered correctly')
    const { findings } = z
      .object({
        findings: z.array(
          z.object({ conditions: z.record(z.string(), z.string()), estimate: z.object({ value: z.number() }) }),
        ),
      })
      .parse(JSON.parse(out))
    const valueOf = (agent: string): number | undefined =>
      findings.find((finding) => finding.conditions['agent'] === agent)?.estimate.value
    expect(valueOf('control/silent')).toBe(0)
    expect(valueOf('control/echo')).toBe(0)
  })

  test('init writes a config and a study that runs, and never over a file', async () => {
    const folder = scratch()
    // What `npm init -y` writes: the study is a module all the same.
    fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"commonjs"}')
    expect((await assay(folder, 'init')).code).toBe(0)
    const { code, err } = await assay(folder, 'run', 'sums', '--json')
    expect(err).toMatch(/control checks passed/)
    expect(code).toBe(0)
    const again = await assay(folder, 'init')
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('already exist')])
  })
})

describe('looking round', () => {
  test.each([['studies'], ['studies', 'vending'], ['plan', 'vending'], ['models'], ['doctor'], ['runs']])(
    'assay %s %s answers in words and as one JSON document',
    async (...words) => {
      const folder = scratch()
      const said = await assay(folder, ...words.filter((word) => word !== ''))
      expect([said.code, said.err]).toEqual([0, ''])
      expect(said.out.length).toBeGreaterThan(20)
      const json = await assay(folder, ...words.filter((word) => word !== ''), '--json')
      expect(() => void JSON.parse(json.out)).not.toThrow()
    },
  )

  test('keys are said to be set, and not printed', async () => {
    const { spawnSync } = await import('node:child_process')
    const bin = new URL('../../bin/assay.js', import.meta.url).pathname
    const said = spawnSync(process.execPath, [bin, 'doctor'], {
      encoding: 'utf8',
      env: { ...process.env, OPENAI_API_KEY: 'sk-not-to-be-seen-anywhere' },
    })
    expect(said.stdout).toContain('OPENAI_API_KEY is set')
    expect(said.stdout + said.stderr).not.toContain('sk-not-to-be-seen')
  })
})

describe('a brief', () => {
  test('is begun, read, and rendered in each form', async () => {
    const folder = scratch()
    expect((await assay(folder, 'brief', 'new', 'brief.yaml')).code).toBe(0)
    const status = await assay(folder, 'brief', 'status', 'brief.yaml')
    expect(status.out).toContain('untested')
    const text = await assay(folder, 'brief', 'render', 'brief.yaml')
    expect(text.out).toContain('Key takeaways')
    expect((await assay(folder, 'brief', 'render', 'brief.yaml', '--as', 'html', '--out', 'brief.html')).code).toBe(0)
    expect(fs.readFileSync(path.join(folder, 'brief.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    fs.writeFileSync(path.join(folder, 'brief.txt'), text.out)
    const back = await assay(folder, 'brief', 'import', 'brief.txt', '--out', 'again.yaml')
    expect(back.code).toBe(0)
    // A verdict is worked out from tests, which the text has none of.
    expect((await assay(folder, 'brief', 'render', 'again.yaml')).out).toBe(text.out.replaceAll(' [untested]', ''))
  })
})
