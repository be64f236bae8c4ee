import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = fs.readFileSync('docs/audits.md', 'utf8')
const examples = [...page.matchAll(/^## (.+)\n\n```sh\n([\s\S]+?)\n```\n\n```\n([\s\S]+?)\n```$/gm)].map(
  ([, title = '', command = '', output = '']) => ({ title, command, output }),
)

describe('what docs/audits.md shows is what its commands print', () => {
  test('the page has examples of every table that fits a kind', () => {
    const folders = fs.readdirSync('test/data').filter((folder) => folder !== 'harmbench' && folder !== 'old-run')
    for (const folder of folders)
      expect(examples.some(({ command }) => command.includes(`test/data/${folder}/`))).toBe(true)
  })

  test.each(examples)('$title', ({ command, output }) => {
    const script = `assay() { "$NODE" src/cli/main.ts "$@"; }; ${command}`
    const env = { ...process.env, NODE: process.execPath, NO_COLOR: '1', FORCE_COLOR: undefined }
    const ran = spawnSync('bash', ['-c', script], { encoding: 'utf8', env })
    expect(ran.stderr).toBe('')
    const said = ran.stdout.split('\n').map((line) => line.trimEnd())
    expect(said.join('\n').trim()).toBe(output.trim())
  })
})
