import { expect, test } from 'vitest'
import { bubblewrap, type Ran, type Sandbox, type SandboxKind } from '../../../src/world/index.ts'
import { lackingIn } from '../../../src/world/workspace/lacking.ts'
import { workspaceWorld } from '../../../src/world/index.ts'

function saying(stdout: string): {
  readonly kind: SandboxKind
  readonly sandbox: Sandbox
  readonly asked: () => number
} {
  let asked = 0
  const exec = async (): Promise<Ran> => {
    asked++
    return { stdout, stderr: '', exitCode: 0 }
  }
  const sandbox: Sandbox = {
    exec,
    read: refused,
    write: refused,
    list: refused,
    changes: refused,
    snapshot: refused,
    put: refused,
    close: async () => undefined,
  }
  return { kind: { ...bubblewrap }, sandbox, asked: () => asked }
}

function refused(): never {
  throw new Error('nothing else is asked')
}

test('an agent is told which of the usual programs its shell lacks, and the shell is asked once', async () => {
  const { kind, sandbox, asked } = saying('tree\njq\n')
  expect(await lackingIn(kind, sandbox)).toBe('Not installed in the shell: tree, jq.')
  expect(await lackingIn(kind, sandbox)).toBe('Not installed in the shell: tree, jq.')
  expect(asked()).toBe(1)
})

test('nothing is said where all are there, nor to an agent without a shell', async () => {
  const { kind, sandbox } = saying('')
  expect(await lackingIn(kind, sandbox)).toBe('')
  const session = await workspaceWorld({ files: {} }).open('s')
  expect(session.opening()).toBeUndefined()
})

const ready = bubblewrap.ready()
test.skipIf(ready.type === 'unavailable')(
  'in bubblewrap what is said to be missing is, and python3 and awk are there',
  async () => {
    const session = await workspaceWorld({ files: {} }, { sandbox: bubblewrap }).open('s')
    try {
      const opening = session.opening() ?? ''
      expect(opening).not.toMatch(/awk|python3/)
      const missing = /: (.*)\.$/.exec(opening)?.[1]?.split(', ') ?? []
      for (const program of missing)
        expect(await session.act('bash', { command: `${program} --version` })).toMatchObject({
          text: expect.stringContaining('command not found'),
        })
      expect(await session.act('bash', { command: "python3 -c 'print(6*7)'" })).toMatchObject({ text: '42' })
    } finally {
      await session.close?.()
    }
  },
)
