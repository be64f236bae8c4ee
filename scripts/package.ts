// Makes the two tarballs that users install, from code that is built here and now; the working tree is not touched.
//   assay         everything, with a package.json that leaves out what only the repository needs
//   assay-stats   the estimators alone: no dependency, nothing native
// `npm pack` at the root would pack whatever dist holds, or none: its prepack refuses.
//   node scripts/package.ts [folder]    where the tarballs go; default the root
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isObject } from '../src/record/json.ts'

const root = path.join(import.meta.dirname, '..')
const out = path.resolve(process.argv[2] ?? root)

const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
if (!isObject(manifest)) throw new TypeError('package.json is not an object')
const onlyHere = new Set(['private', 'scripts', 'devDependencies', 'optionalDependencies', 'overrides'])
const published = Object.fromEntries(Object.entries(manifest).filter(([key]) => !onlyHere.has(key)))

const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-package-'))
try {
  const assay = path.join(staging, 'assay')
  for (const name of ['bin', 'docs', 'schemas', 'README.md', 'LICENSE'])
    fs.cpSync(path.join(root, name), path.join(assay, name), { recursive: true })
  const dist = path.join(assay, 'dist')
  execFileSync(path.join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json', '--outDir', dist], {
    cwd: root,
    stdio: 'inherit',
  })
  execFileSync(process.execPath, [path.join(root, 'scripts', 'build.ts'), '--page', path.join(dist, 'web')], {
    stdio: 'inherit',
  })
  pack(assay, published)

  const stats = path.join(staging, 'assay-stats')
  // A room that imports nothing of ours but the error type, which scripts/rooms.ts holds it to.
  for (const name of ['stats', 'assay-error.js', 'assay-error.d.ts'])
    fs.cpSync(path.join(dist, name), path.join(stats, 'dist', name), { recursive: true })
  fs.cpSync(path.join(root, 'LICENSE'), path.join(stats, 'LICENSE'))
  const pages = fs.readFileSync(path.join(root, 'docs', 'statistics.md'), 'utf8')
  // The other pages are not in this package: a link to one is its words.
  const alone = pages.replaceAll(/\[([^[\]]+)\]\([\w-]+\.md[^)]*\)/g, '$1').replaceAll('assay/stats', 'assay-stats')
  fs.writeFileSync(path.join(stats, 'README.md'), alone)
  const { version, license, type, engines } = published
  const entry = { types: './dist/stats/index.d.ts', default: './dist/stats/index.js' }
  pack(stats, {
    name: 'assay-stats',
    version,
    description: 'Estimators with honest intervals for evaluations: the statistics of Assay, without its dependencies.',
    license,
    files: ['dist'],
    type,
    exports: { '.': entry, './package.json': './package.json' },
    engines,
  })
} finally {
  fs.rmSync(staging, { recursive: true, force: true })
}

function pack(folder: string, described: Readonly<Record<string, unknown>>): void {
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`)
  const said = execFileSync('npm', ['pack', '--pack-destination', out], { cwd: folder, encoding: 'utf8' })
  console.log(path.join(out, said.trim().split('\n').at(-1) ?? ''))
}
