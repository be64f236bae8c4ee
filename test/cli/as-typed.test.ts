import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { asTyped, startOf } from '../../src/cli/as-typed.ts'
import { scratch } from './assay.ts'

test('a command is printed as the program was started', () => {
  expect(asTyped('Go on with: assay resume monday', 'npx assay')).toBe('Go on with: npx assay resume monday')
  expect(asTyped('Try: npx assay show monday', 'npx assay')).toBe('Try: npx assay show monday')
  expect(asTyped('Try: npx assay show monday', 'assay')).toBe('Try: assay show monday')
  expect(asTyped('See: assay --help', 'npx assay')).toBe('See: npx assay --help')
})

test('what is not a command stays', () => {
  for (const text of ['assay: This is wrong.', 'Give it in assay.config.ts.', '/tmp/assay runs', 'an Assay of its own'])
    expect(asTyped(text, 'npx assay')).toBe(text)
})

test('a program on the PATH is started by its name, and one that npm put there is not', () => {
  const folder = scratch()
  expect(startOf({ PATH: folder })).toBe('npx assay')
  fs.writeFileSync(path.join(folder, 'assay'), '')
  expect(startOf({ PATH: folder })).toBe('assay')
  expect(startOf({ PATH: folder, npm_command: 'exec' })).toBe('npx assay')
})
