import { expect, test } from 'vitest'
import { canary } from '../../src/agent/index.ts'
import { bubblewrap, withTools, workspaceWorld } from '../../src/world/index.ts'
import { workspaceFamilies } from '../../src/tasks/index.ts'

test('a world keeps the tools it is given, and its self-test passes with them', async () => {
  const [family] = workspaceFamilies
  if (family === undefined) throw new Error('no family')
  const world = withTools(workspaceWorld(family.make(3, '1')), ['submit', ...family.shortest.tools])
  expect(world.tools.map(({ name }) => name)).toEqual(['read', 'write', 'edit', 'list', 'submit'])
  expect(world.name).toBe('workspace/files[read write edit list submit]')
  expect(await canary(world, '1')).toEqual({ type: 'passes' })
})

test('the tools of every family are tools of the workspace', () => {
  for (const { make, shortest } of workspaceFamilies) {
    const world = workspaceWorld(make(1, '1'), { sandbox: bubblewrap })
    expect(() => withTools(world, ['submit', ...shortest.tools])).not.toThrow()
  }
})

test('a tool that the world does not have is named', () => {
  const world = workspaceWorld({ files: {} })
  expect(() => withTools(world, ['read', 'telepathy'])).toThrow(/no tool telepathy; it has read, write/)
  expect(() => withTools(world, [])).toThrow(/no tool left/)
})
