import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { printed } from '../../../scripts/workspace-task.ts'
import { familyContract } from '../../../src/testing/index.ts'
import { greetings } from './greetings.ts'

const root = path.join(import.meta.dirname, '..', '..', '..')
const page = fs.readFileSync(path.join(root, 'docs', 'worlds', 'workspace-tasks.md'), 'utf8')

/** Without what a formatter changes. */
function squeezed(text: string): string {
  return text.replaceAll(/[\s,]+/g, '')
}

test('what the page shows is what its commands print', () => {
  const shown = [...page.matchAll(/````text\n\$ npx node scripts\/workspace-task\.ts(.*)\n([^]*?)````/g)]
  expect(shown).toHaveLength(10)
  for (const [, words = '', text] of shown)
    expect(`${printed(words.split(' ').filter((word) => word !== '')).trimEnd()}\n`).toBe(text)
})

test("the page's family of one's own is the one that is tested here", () => {
  const code = fs.readFileSync(path.join(import.meta.dirname, 'greetings.ts'), 'utf8')
  expect(squeezed(page)).toContain(squeezed(code.replace('../../../src/index.ts', 'assay')))
})

describe("the page's family of one's own", () => {
  test.each(familyContract(greetings, { seeds: ['1'], lengths: [1, 2, 3, 7, 64], slips: 3 }))('$name', ({ run }) =>
    run(),
  )
})
