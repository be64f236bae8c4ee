import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { assay, compileCache, scratch } from './assay.ts'

const bin = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const ROWS = 'task,score\na,1\nb,0\n'

function oneLine(err: string): string {
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err.length).toBeLessThan(1200)
  expect(err).not.toMatch(/fault of Assay|\n\s+at /)
  return err
}

describe('a pipe that nobody writes to is refused, and nobody waits for it:', () => {
  test.concurrent.each([
    ['brief', 'status', 'p.yaml'],
    ['brief', 'check', 'p.yaml'],
    ['brief', 'import', 'p.txt'],
    ['brief', 'draft', 'p.txt'],
    ['audit', 'p.csv', '--as', 'rate'],
    ['audit', 'p.jsonl', '--as', 'rate'],
    ['run', 'p.csv', '--model', 'control/echo'],
    ['plan', 'p.jsonl'],
    ['validate', 'p.jsonl', '--as', 'verdicts'],
    ['gate', 'none', '--policy', 'p.yaml'],
  ])('assay %s %s %s', async (...words) => {
    const folder = scratch()
    execFileSync('mkfifo', ['p.yaml', 'p.txt', 'p.csv', 'p.jsonl'], { cwd: folder })
    const { code, err } = await assay(folder, ...words)
    expect(code).toBe(2)
    oneLine(err)
  })
})

test('a PDF is not taken for the text of a brief, whole or broken', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'bad.pdf'), '%PDF-1.4\nnot really\n')
  for (const verb of ['import', 'check']) {
    const { code, err, out } = await assay(folder, 'brief', verb, 'bad.pdf')
    expect([code, out]).toEqual([2, ''])
    expect(oneLine(err)).toMatch(/bad\.pdf is a PDF\. Draft claims from it: npx assay brief draft bad\.pdf/)
  }
})

test('a hundred thousand names of columns do not fill the screen', async () => {
  const folder = scratch()
  const names = Array.from({ length: 100_000 }, (_, index) => `column${index}`)
  fs.writeFileSync(path.join(folder, 'wide.csv'), `${names.join(',')}\n${names.map(() => 1).join(',')}\n`)
  const { code, err } = await assay(folder, 'run', 'wide.csv', '--model', 'control/echo')
  expect(code).toBe(2)
  expect(oneLine(err)).toMatch(/needs columns prompt and expected\. .* … .*: rename them\.\n$/)
})

test('stdout on a full disk is one line and exit code 3; a pipe that closes early keeps the command’s own code', () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'rows.csv'), ROWS)
  const typed = (line: string): ReturnType<typeof spawnSync> =>
    spawnSync('bash', ['-c', line], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', ...compileCache() },
    })
  const command = `"${process.execPath}" "${bin}" audit rows.csv --as rate`
  for (const json of ['', ' --json']) {
    const full = typed(`${command}${json} > /dev/full`)
    expect(full.status).toBe(3)
    // With --json the tables go to stderr, and come first.
    const said = json === '' ? oneLine(String(full.stderr)) : String(full.stderr)
    expect(said).toMatch(/^assay: Cannot write to stdout: no space left on the device\. .*\n$/m)
  }
  const closed = typed(`${command} --published rate=0.9 | true; echo "code \${PIPESTATUS[0]}"`)
  const open = typed(`${command} --published rate=0.9 > out; echo "code $?"`)
  expect(String(closed.stderr)).not.toMatch(/EPIPE|Error/)
  expect(closed.stdout).toBe(open.stdout)
})

test('a run whose process died before its plan was whole says what to do, and that does it', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'q.csv'), 'prompt,expected\na,a\n')
  const run = path.join(folder, '.assay/runs/one')
  fs.mkdirSync(path.join(run, 'trials'), { recursive: true })
  fs.writeFileSync(path.join(run, 'run.json.4711.tmp'), '{"format":1,')
  const resumed = await assay(folder, 'resume', 'one')
  expect(resumed.code).toBe(2)
  expect(oneLine(resumed.err)).toMatch(/one has no run\.json: .* Start it again with: npx assay run … --name one/)
  expect((await assay(folder, 'run', 'q.csv', '--model', 'control/echo', '--name', 'one')).code).toBe(0)
  expect(fs.readdirSync(run).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
