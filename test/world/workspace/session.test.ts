import path from 'node:path'
import { expect, test } from 'vitest'
import { ContentStore, type FileChange } from '../../../src/record/index.ts'
import { workspaceWorld, type ActResult, type SandboxKind, type WorldSession } from '../../../src/world/index.ts'
import { MemoryFiles } from '../../../src/world/sandbox/memory-files.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** Files in memory with a shell that knows no command. */
const real: SandboxKind = {
  name: 'real',
  workspaceOnly: true,
  ready: () => ({ type: 'unavailable', why: 'it is of this test' }),
  open({ files, limits }) {
    const tree = new MemoryFiles(limits)
    tree.put(files)
    return Object.assign(tree, {
      exec: async () => ({ stdout: '', stderr: '', exitCode: 0 }),
      close: async () => undefined,
    })
  },
}
const outliving: SandboxKind = { ...real, name: 'outliving', workspaceOnly: false }

test('where commands change more than the workspace, a session goes on behind acts on files that are read back, not behind commands', async () => {
  const world = workspaceWorld({ files: { a: '1' } }, { sandbox: outliving })
  const written = await world.open('s')
  written.replayed?.('write', [])
  written.replayed?.('read', [])
  expect(await written.act('read', { path: 'a' })).toEqual({ text: '1' })
  const ran = await world.open('s')
  ran.replayed?.('bash', [])
  expect(() => ran.act('read', { path: 'a' })).toThrow('cannot be brought back')
  await Promise.all([written.close?.(), ran.close?.()])
})

function write(session: WorldSession, number: number): ActResult | Promise<ActResult> {
  return session.act('write', { path: 'new', content: String(number % 10).repeat(16_000) })
}

test('a trial of real commands keeps sixteen disks full of what it wrote; an act that would keep more is undone, on resume too', async () => {
  const world = workspaceWorld({ files: { kept: 'as it was\n' } }, { sandbox: real, limits: { diskBytes: 20_000 } })
  const contents = new ContentStore(path.join(temporaryFolder(), 'contents'), (line) => line)
  const first = await world.open('s', contents)
  const told: (readonly FileChange[])[] = []
  for (let number = 0; number < 20; number++) told.push((await write(first, number)).changes ?? [])
  expect(await write(first, 20)).toMatchObject({ error: true, text: expect.stringContaining('was undone') })
  expect(first.files?.()).toEqual({ kept: 'as it was\n', new: '9'.repeat(16_000) })
  expect(await first.act('write', { path: 'kept', content: 'changed\n' })).toMatchObject({
    changes: [{ path: 'kept' }],
  })

  const again = await world.open('s', contents)
  for (const changes of told) again.replayed?.('write', changes)
  expect(await write(again, 20)).toMatchObject({ error: true })
  expect(again.files?.()).toEqual({ kept: 'as it was\n', new: '9'.repeat(16_000) })
  await Promise.all([first.close?.(), again.close?.()])
})
