import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { audit, type Audit } from '../../src/audit/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

// How people write tables that are read otherwise elsewhere: each is read right, or refused with what to type.

async function audited(name: string, content: string, kind = 'rate', map?: Record<string, string>): Promise<Audit> {
  const file = path.join(temporaryFolder(), name)
  fs.writeFileSync(file, content)
  return audit(file, { kind, version: 'test', ...(map !== undefined && { map }) })
}

async function refused(...given: Parameters<typeof audited>): Promise<string> {
  const made = await audited(...given).catch((error: unknown) => error)
  expect(made).toBeInstanceOf(AssayError)
  return made instanceof Error ? made.message : ''
}

const column = (name: string, cells: readonly string[], between = ','): string =>
  `task${between}${name}\n${cells.map((cell, i) => `t${i}${between}${cell}\n`).join('')}`

describe('cells', () => {
  test('a decimal comma is said to be one, with the SQL that reads it', async () => {
    expect(await refused('a.csv', column('score', ['0,5', '0,75'], ';'))).toContain(
      'written with a decimal comma: --sql',
    )
    const price = 'task;price;success\na;€1.200,50;1\nb;€900,00;0\n'
    expect(await refused('b.csv', price, 'earnings', { score: 'success' })).toContain('written with a decimal comma')
  })

  test('words of success and failure are given numbers by a line to type', async () => {
    expect(await refused('a.csv', column('score', ['pass', 'FAIL', 'pass']))).toContain('--recode score:pass=1,FAIL=0')
  })

  test('thousands before a decimal point are read, a lone comma is not', async () => {
    const made = await audited('a.csv', 'task,score,cost\na,1,"1,234.50"\nb,0,"2,000.00"\n')
    expect(made.findings.find(({ quantity }) => quantity === 'cost per success')?.estimate.value).toBeCloseTo(
      323_450,
      -2,
    )
    const lone = await audited('b.csv', 'task,score,cost\na,1,"1,234"\nb,0,"2,000"\n')
    expect(lone.findings.find(({ quantity }) => quantity === 'cost per success')?.estimate.type).toBe('not-estimable')
  })

  test('a currency in words is said, with the SQL that takes it off', async () => {
    const price = 'task,price,success\na,1200 USD,1\nb,900 USD,0\n'
    expect(await refused('a.csv', price, 'earnings', { score: 'success' })).toContain('written with its currency')
  })

  test('where most scores are in percent, the few that are 0 or 1 are not the rate', async () => {
    expect(await refused('a.csv', column('score', ['95', '80', '100', '0']))).toMatch(
      /^3 of 4 rows cannot be read: .* in percent: --sql/,
    )
  })
})

describe('tables', () => {
  test('a title padded to the width of the table is a title', async () => {
    const text = 'Results of our run;;\nmade by us;;\n;;\ntask;agent;score\nt1;x;1\nt2;x;0\n'
    expect(await refused('a.csv', text)).toContain('line 1 looks like a title; the header is in line 4')
  })

  test('rows inside a list of a JSON file are said to be there', async () => {
    expect(await refused('a.json', '{"results":[{"task":"a","score":1}]}')).toContain('are the list results')
  })

  test('a column by another usual name is offered', async () => {
    expect(await refused('a.csv', column('correct', ['1', '0']))).toContain('--map score=correct')
    expect(await refused('b.csv', 'question_id,score\na,1\n')).toContain('--map task=question_id')
  })
})
