import { describe, test } from 'vitest'
import type { Random } from '../../src/record/index.ts'
import { worldContract, type DrawnAct } from '../../src/testing/index.ts'
import { workspaceWorld } from '../../src/world/index.ts'

const files = { 'a.txt': 'one\ntwo\n', 'b/c.txt': 'three\n', '-odd': 'four' }

/** Good acts and bad ones, on paths that exist, do not, and lead out. */
function draw(random: Random): DrawnAct {
  const of = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const path = of(['a.txt', 'b/c.txt', 'b', '-odd', 'new/x', 'log', '../out', '/etc/passwd', 'up/x', '.']) ?? ''
  const acts: readonly DrawnAct[] = [
    { tool: 'bash', input: { command: 'ls' } },
    { tool: 'read', input: { path, ...(random() < 0.3 && { line: 1 + Math.floor(random() * 4), lines: 2 }) } },
    { tool: 'write', input: { path, content: `text ${Math.floor(random() * 5)}\n` } },
    { tool: 'edit', input: { path, old: of(['one', 't', 'text', 'nothing']), new: 'changed', all: random() < 0.5 } },
    { tool: 'list', input: random() < 0.5 ? {} : { path } },
    { tool: 'search', input: { text: of(['o', 'text', 'nowhere']), ...(random() < 0.5 && { path }) } },
    { tool: 'submit', input: {} },
  ]
  return of(acts) ?? { tool: 'list', input: {} }
}

describe('the workspace without a shell', () => {
  for (const { name, run } of worldContract(workspaceWorld({ files }, { limits: { files: 20 } }), draw, 60))
    test(name, run)
})
