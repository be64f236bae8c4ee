// Makes the tarball that users install: built code, and a package.json without what only the repository needs (Node 24
// for machines that have Node 20, tools, overrides). The working tree is not touched.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isObject } from '../src/record/json.ts'

const root = path.join(import.meta.dirname, '..')
const out = path.resolve(process.argv[2] ?? root)
execFileSync(process.execPath, [path.join(root, 'scripts', 'build.ts')], { stdio: 'inherit' })

const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
if (!isObject(manifest)) throw new TypeError('package.json is no object')
const onlyHere = new Set(['scripts', 'devDependencies', 'optionalDependencies', 'overrides'])
const published = Object.fromEntries(Object.entries(manifest).filter(([key]) => !onlyHere.has(key)))

const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-package-'))
try {
  for (const name of ['bin', 'dist', 'docs', 'schemas', 'README.md', 'LICENSE'])
    fs.cpSync(path.join(root, name), path.join(staging, name), { recursive: true })
  fs.writeFileSync(path.join(staging, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
  const made =
    execFileSync('npm', ['pack', '--pack-destination', out], { cwd: staging, encoding: 'utf8' })
      .trim()
      .split('\n')
      .at(-1) ?? ''
  console.log(path.join(out, made))
} finally {
  fs.rmSync(staging, { recursive: true, force: true })
}
