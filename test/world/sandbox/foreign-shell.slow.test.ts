import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { validateShell } from '../../../src/grade/index.ts'
import { SANDBOXES } from '../../../src/world/index.ts'

for (const kind of SANDBOXES) {
  const ready = kind.ready()
  const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''
  describe.skipIf(skipped !== '')(`${kind.name}${skipped}`, () => {
    test.each([
      ['shell.jsonl', 280],
      ['shell-more.jsonl', 139],
    ])('what bash does is what the agent sees: %s', async (file, lines) => {
      const found = await validateShell(fs.readFileSync(`test/foreign/${file}`, 'utf8'), file, kind)
      expect(found.differences.filter(({ how }) => how === 'different')).toEqual([])
      expect([found.lines, found.different]).toEqual([lines, 0])
      // A machine may lack a program; the agent reads so.
      expect(found.same + found.refused).toBe(lines)
    })
  })
}
