import fs from 'node:fs'
import { expect, test } from 'vitest'
import { AUDIT_KINDS, columnsText } from '../../src/audit/index.ts'

test('docs/rows.md says of every kind what its own file says: its columns and its findings', () => {
  const rows = fs
    .readFileSync('docs/rows.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('†'))
  const said = AUDIT_KINDS.map(
    (kind) => `| ${kind.name} | ${columnsText(kind).replaceAll('*', '\\*')} | ${kind.finds} |`,
  )
  expect(rows).toEqual(said)
})
