import { expect, test } from 'vitest'
import { assay } from './assay.ts'

test('a check is measured on a corpus, and every disagreement is told', async () => {
  const { code, out } = await assay(process.cwd(), 'validate', 'test/foreign/replies-second.jsonl', '--as', 'replies')
  expect(code).toBe(0)
  expect(out).toContain('sensitivity')
  expect(out).toMatch(/P023 {2}secret: labelled kept, read leaked/)
})

test('letters are a kind too, and lines open to argument stand apart', async () => {
  const { out } = await assay(
    process.cwd(),
    'validate',
    'test/foreign/letters.jsonl',
    '--as',
    'letters',
    '--apart',
    'L197',
    '--json',
  )
  expect(JSON.parse(out)).toMatchObject({ check: 'letters', all: { lines: 173, falsePositive: 0 }, usable: true })
})

test('a kind that is none is told', async () => {
  const { code, err } = await assay(process.cwd(), 'validate', 'test/foreign/letters.jsonl', '--as', 'leters')
  expect(code).toBe(2)
  expect(err).toContain('Did you mean letters?')
})
