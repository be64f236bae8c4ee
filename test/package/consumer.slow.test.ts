import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { vending } from '../../src/studies/vending/index.ts'
import { studyContract } from '../../src/testing/index.ts'
import { consumerOf, valuesOf } from './consumer.ts'
import { install, manifestIn, packed, root, saidBy } from './installed.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-consumer-'))
const app = path.join(folder, 'app')
const alone = path.join(folder, 'alone')

beforeAll(async () => {
  const { assay, stats } = await packed(folder)
  // The zod of whoever installs: a peer, so that there is one and its types are ours.
  await install(app, assay, 'node_modules/zod')
  await install(alone, stats)
})

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

/** The strictest that a user's compiler is; no types of Node beside those of the library. */
const strict = { target: 'es2024', strict: true, declaration: true, skipLibCheck: false, types: [], outDir: 'out' }
const resolutions = [
  ['nodenext', { module: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
] as const

async function compiled(at: string, name: string, files: readonly string[], options: object): Promise<string> {
  const config = path.join(at, `tsconfig.${name}.json`)
  fs.writeFileSync(config, JSON.stringify({ compilerOptions: { ...strict, ...options, rootDir: '.' }, files }))
  return saidBy(at, path.join(root, 'node_modules', '.bin', 'tsc'), '-p', config)
}

const doors = [
  ['assay', 'index.d.ts'],
  ['assay/stats', 'stats/index.d.ts'],
  ['assay/testing', 'testing/index.d.ts'],
] as const

/** What a person writes: factors, measures, a tool, a plan, an interval, a contract. */
const PROGRAM = `
import { builtIn, defineConfig, defineTool, levels, loadBuiltIn, makePlan, proportion } from 'assay'
import { wilson } from 'assay/stats'
import { studyContract } from 'assay/testing'
import { z } from 'zod'

export const size = levels('small', 'large')
export const measures = { solved: proportion() }
export const config = defineConfig({ runs: 'runs' })
export const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  input: z.object({ a: z.number(), b: z.number() }),
  effect: 'deterministic',
  run: ({ a, b }) => ({ text: String(a + b) }),
})

const study = await loadBuiltIn(builtIn.includes('vending') ? 'vending' : '')
if (study === undefined) throw new Error('no study')
const plan = makePlan(
  study,
  { models: [], set: {}, repeats: 2, seed: '1', controls: 'only', sampling: {}, limits: {} },
  new Map(),
)
console.log(JSON.stringify([plan.trials.length > 0, add.schema.name, wilson(7, 10).low, studyContract(study).length]))
`

describe('the package that users install', () => {
  test('writes a folder whose types resolve: a misspelt measure is found, and nothing names this machine', async () => {
    const studies = path.join(app, 'studies')
    fs.mkdirSync(studies)
    const said = await saidBy(studies, process.execPath, path.join(app, 'node_modules/assay/bin/assay.js'), 'init')
    expect(said).toContain('npm install --save-dev typescript')
    expect(fs.readFileSync(path.join(studies, 'tsconfig.json'), 'utf8')).not.toContain(folder)
    expect(fs.readFileSync(path.join(studies, 'package.json'), 'utf8')).not.toContain(folder)
    const check = (): Promise<string> =>
      saidBy(studies, path.join(root, 'node_modules', '.bin', 'tsc'), '--noEmit').catch((cause: unknown) =>
        String(cause),
      )
    expect(await check()).toBe('')
    const study = path.join(studies, 'sums.study.ts')
    fs.writeFileSync(study, fs.readFileSync(study, 'utf8').replace("mean('correct'", "mean('corect'"))
    expect(await check()).toMatch(/sums\.study\.ts\(\d+,\d+\): error TS\d+: .*corect/)
  })

  test.for(resolutions)('every type that it gives can be written down by others, under %s', async ([name, options]) => {
    const files = doors.map(([door, file]) => {
      const own = `${door.replace('/', '-')}.ts`
      fs.writeFileSync(path.join(app, own), consumerOf(door, path.join(app, 'node_modules/assay/dist', file)))
      return own
    })
    fs.writeFileSync(path.join(app, 'program.ts'), PROGRAM)
    expect(await compiled(app, name, [...files, 'program.ts'], options)).toBe('')
    expect(JSON.parse(await saidBy(app, process.execPath, path.join(app, 'out', 'program.js')))).toEqual([
      true,
      'add',
      expect.closeTo(0.3967781, 7),
      studyContract(vending).length,
    ])
  })

  test('gives at run time each name that its declarations give', async () => {
    const print = doors.map(([door]) => `console.log(JSON.stringify(Object.keys(await import('${door}'))))`).join('\n')
    const given = (await saidBy(app, process.execPath, '--input-type=module', '-e', print)).trim().split('\n')
    for (const [place, [, file]] of doors.entries())
      expect(new Set(z.array(z.string()).parse(JSON.parse(given[place] ?? '')))).toEqual(
        valuesOf(path.join(app, 'node_modules/assay/dist', file)),
      )
  })

  test('is built, and leaves at home what only the repository needs', async () => {
    const home = path.join(app, 'node_modules', 'assay')
    const keys = Object.keys(manifestIn(home))
    for (const key of ['private', 'scripts', 'devDependencies', 'optionalDependencies', 'overrides'])
      expect(keys).not.toContain(key)
    expect(fs.existsSync(path.join(home, 'src'))).toBe(false)
    expect(fs.readdirSync(path.join(home, 'dist', 'web', 'assets')).toSorted()).toEqual(['page.css', 'page.js'])
  })

  test('its commands run from its build', async () => {
    const assay = (...words: string[]): Promise<string> =>
      saidBy(app, process.execPath, path.join(app, 'node_modules', 'assay', 'bin', 'assay.js'), ...words)
    expect((await assay('--version')).trim()).toBe(manifestIn(root).version)
    expect(await assay('run', 'vending', '--controls', 'only', '--repeats', '2')).toMatch(
      new RegExp(`All \\d+ control checks passed \\(${Object.keys(vending.controls).length} controls\\)\\.`),
    )
    expect(await assay('view', '--export', 'copy')).toContain('open copy/index.html')
    expect(fs.existsSync(path.join(app, 'copy', 'assets', 'page.js'))).toBe(true)
    await assay('init')
    expect(await assay('run', 'sums')).toContain('control checks passed')
  })
})

describe('the estimators alone', () => {
  test('are one package that depends on nothing', async () => {
    const listed = await saidBy(alone, 'npm', 'ls', '--all', '--parseable')
    expect(listed.trim().split('\n').slice(1)).toEqual([path.join(alone, 'node_modules', 'assay-stats')])
    expect(fs.globSync('**/*.node', { cwd: alone })).toEqual([])
  })

  test.for(resolutions)('compile and compute, under %s', async ([name, options]) => {
    const dist = path.join(alone, 'node_modules', 'assay-stats', 'dist')
    fs.writeFileSync(path.join(alone, 'all.ts'), consumerOf('assay-stats', path.join(dist, 'stats', 'index.d.ts')))
    fs.writeFileSync(
      path.join(alone, 'one.ts'),
      `import { wilson } from 'assay-stats'\nconsole.log(wilson(7, 10).low)\n`,
    )
    expect(await compiled(alone, name, ['all.ts', 'one.ts'], options)).toBe('')
    expect(Number(await saidBy(alone, process.execPath, path.join(alone, 'out', 'one.js')))).toBeCloseTo(0.3967781, 7)
  })
})

test('packing by hand makes nothing', async () => {
  await expect(saidBy(root, 'npm', 'pack')).rejects.toThrow(/packed-by-npm-run-package-alone/)
  await expect(saidBy(folder, 'npm', 'pack', root)).rejects.toThrow(/npm run package|packed-by-npm-run-package-alone/)
})
