import { expect, test } from 'vitest'
import { assay, scratch } from './assay.ts'

test('the table of doctor fits on a line of 120 characters, whatever was found', async () => {
  const { code, out } = await assay(scratch(), 'doctor')
  expect(code).toBe(0)
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(120)
})
