import { expect, test } from 'vitest'
import { docker } from '../../../src/world/sandbox/docker.ts'
import { DEFAULT_LIMITS } from '../../../src/world/sandbox/sandbox.ts'
import { fakeDocker } from './fake-docker.ts'

test('a container is started bounded, used, restarted after a timeout and removed', async () => {
  const fake = fakeDocker()
  const kind = docker({ program: fake.program, image: 'some/image:1' })
  expect(kind.ready().type).toBe('ready')
  const limits = { ...DEFAULT_LIMITS, memoryBytes: 64 << 20, processes: 9, diskBytes: 1 << 20 }
  const sandbox = await kind.open({
    files: new Map([['a', { kind: 'file', content: '1' }]]),
    limits,
    env: { KIND: 'x' },
    alias: '/app',
  })
  expect(await sandbox.exec('cat a; echo 2 > b; exit 4')).toEqual({ stdout: '1', stderr: '', exitCode: 4 })
  expect(sandbox.changes().map(({ path: at }) => at)).toEqual(['b'])
  expect(await sandbox.exec('sleep 20', { ms: 200 })).toMatchObject({ exitCode: 124, cut: 'time' })
  await sandbox.close()
  await sandbox.close()

  const [info, run, ...rest] = fake.asked()
  expect(info?.[0]).toBe('info')
  const words = run?.join(' ') ?? ''
  const name = run?.[run.indexOf('--name') + 1] ?? ''
  for (const part of [
    '--network none',
    `--memory ${64 << 20} --memory-swap ${64 << 20}`,
    '--pids-limit 9',
    '--cap-drop ALL',
    '--security-opt no-new-privileges',
    'target=/workspace',
    'target=/app',
    '--env KIND=x',
    '--entrypoint sleep some/image:1 infinity',
  ])
    expect(words).toContain(part)
  expect(words).not.toMatch(/privileged |docker\.sock|--network (?!none)/)
  expect(rest).toEqual([
    ['exec', name, '/bin/bash', '-c', 'cat a; echo 2 > b; exit 4', 'bash'],
    ['exec', name, '/bin/bash', '-c', 'sleep 20', 'bash'],
    ['restart', '--time', '0', name],
    ['rm', '--force', '--volumes', name],
  ])
})

test('an engine that cannot be had, or that lacks the image, says so', async () => {
  expect(docker({ program: '/no/such/engine' }).ready()).toEqual({
    type: 'unavailable',
    why: 'No container engine answers (/no/such/engine: not on PATH).',
  })
  const fake = fakeDocker()
  const kind = docker({ program: fake.program, image: 'missing:image' })
  await expect(Promise.resolve(kind.open({ files: new Map(), limits: DEFAULT_LIMITS }))).rejects.toThrow(
    /docker run failed: Unable to find image/,
  )
})
