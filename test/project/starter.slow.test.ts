import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeStarter } from '../../src/project/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** What the compiler says in a folder, by the name that a person types there. */
function compiled(folder: string): Promise<string> {
  return new Promise((resolve) =>
    execFile('npx', ['--no', 'tsc'], { cwd: folder }, (_, out, err) => resolve(`${out}${err}`)),
  )
}

test('in the folder that init writes, npx tsc works at once, and finds a measure that is misspelt', async () => {
  const folder = temporaryFolder()
  expect(writeStarter(folder)).toEqual(['assay.config.ts', 'sums.study.ts', 'tsconfig.json', 'package.json'])
  expect(await compiled(folder)).toBe('')
  const study = path.join(folder, 'sums.study.ts')
  fs.writeFileSync(study, fs.readFileSync(study, 'utf8').replace("mean('correct'", "mean('corect'"))
  expect(await compiled(folder)).toMatch(/^sums\.study\.ts\(\d+,\d+\): error TS\d+: .*corect/)
})

test('a project that has its own package.json and tsconfig.json keeps them', () => {
  const folder = temporaryFolder()
  fs.writeFileSync(path.join(folder, 'package.json'), '{}')
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), '{}')
  expect(writeStarter(folder)).toEqual(['assay.config.ts', 'sums.study.ts'])
  expect(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).toBe('{}')
})
