import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../temporary-folder.ts'
import { brokenText } from './break.ts'
import { vendingBreaks } from './breaks/vending.ts'
import { copyOfSource } from './mutate.ts'

/** Two claims about a keeper that does nothing. Each is false, and a broken measure says that it is true. */
const BRIEF = `title: What a broken shop says
updated: 2020-11-23
sources: []
claims:
  - id: earns
    text: A keeper that does nothing ends with more than it began with.
    test: { study: vending, quantity: "mean(aboveStart)", where: { agent: control/idle }, unit: proportion, direction: above, threshold: 0.5, setAt: 2020-11-23T00:00:00Z }
  - id: poor
    text: A careful keeper ends with less than a hundred and forty dollars in the bank.
    test: { study: vending, quantity: "mean(bankBalance)", where: { agent: control/careful }, unit: cents, direction: below, threshold: 14000, setAt: 2020-11-23T00:00:00Z }
takeaways: []
sections: []
watchlist: []
unknowns: []
`

const saidSchema = z.object({ claims: z.array(z.object({ id: z.string(), status: z.string() })) })

/** What each claim comes to, where these measures are broken. */
function verdicts(broken: readonly string[]): Readonly<Record<string, string>> {
  const copy = copyOfSource()
  const folder = temporaryFolder()
  const assay = (...words: readonly string[]): string => {
    const run = spawnSync(process.execPath, [path.join(copy, 'src', 'cli', 'main.ts'), ...words], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(run.stderr).not.toMatch(/fault of Assay/)
    return run.stdout
  }
  try {
    for (const each of vendingBreaks.filter(({ name }) => broken.includes(name)))
      fs.writeFileSync(path.join(copy, 'src', each.file), brokenText(each, path.join(copy, 'src')))
    fs.writeFileSync(path.join(folder, 'brief.yaml'), BRIEF)
    assay('run', 'vending', '--controls', 'only', '--seed', 'claims', '--set', 'scaffold=zero-shot')
    const { claims } = saidSchema.parse(JSON.parse(assay('brief', 'status', 'brief.yaml', '--json')))
    return Object.fromEntries(claims.map(({ id, status }) => [id, status]))
  } finally {
    fs.rmSync(copy, { recursive: true, force: true })
  }
}

test('two measures broken at once cannot make a brief support what is false', () => {
  const broken = ['aboveStart inverted', 'bankBalance halved']
  expect(verdicts([])).toEqual({ earns: 'contradicted', poor: 'contradicted' })
  expect(verdicts(broken)).toEqual({ earns: 'uncalibrated', poor: 'uncalibrated' })
})
