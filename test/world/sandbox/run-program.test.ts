import { expect, test } from 'vitest'
import { runProgram } from '../../../src/world/sandbox/run-program.ts'

const LIMITS = { ms: 20_000, outputBytes: 1000 }

function kill(pid: number): void {
  process.kill(pid, 'SIGKILL')
}

test('what is more than the limit is dropped, and the command goes on', async () => {
  const ran = await runProgram(['/bin/sh', '-c', 'head -c 15000 /dev/zero | tr "\\0" a; exit 7'], LIMITS, kill)
  expect(ran.exitCode).toBe(7)
  expect(ran.stdout.length).toBeLessThan(1200)
  expect(ran.stdout.startsWith('a'.repeat(900))).toBe(true)
})

test.each([
  ['stdout', 'yes'],
  ['stderr', 'yes >&2'],
])('sixteen times as much ends the command: %s', async (_, command) => {
  const began = performance.now()
  const ran = await runProgram(['/bin/sh', '-c', `exec ${command}`], LIMITS, kill)
  expect(ran.cut).toBe('output')
  expect(performance.now() - began).toBeLessThan(LIMITS.ms / 2)
})

test('what a program leaves running in a group of its own does not keep it waiting', async () => {
  const began = performance.now()
  const ran = await runProgram(['/bin/sh', '-c', 'setsid sleep 25 & echo started'], LIMITS, () => undefined)
  expect(ran).toMatchObject({ exitCode: 0, stdout: 'started\n' })
  expect(performance.now() - began).toBeLessThan(15_000)
})
