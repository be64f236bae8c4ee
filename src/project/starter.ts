import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { writeError } from '../record/index.ts'

const files: Readonly<Record<string, string>> = {
  'assay.config.ts': `import { defineConfig } from 'assay'

export default defineConfig({
  // Where runs live.
  runs: '.assay/runs',
  // The study of your own, by the name you call it by.
  studies: { sums: './sums.study.ts' },
  // Dollars for a million tokens, where the built-in table does not know a model:
  // prices: { 'openai/some-model': { input: 1, output: 4, asOf: '2026-01-31', source: 'my contract' } },
  // Stop any run before it has cost more:
  // maxCost: 5,
})
`,
  'sums.study.ts': `import {
  answerCheck, defineStudy, exactly, levels, mean, pairedDifference, plainScaffold, proportion, VALIDATED_ANSWERS,
} from 'assay'

/** Two whole numbers below a power of ten, drawn from the seed. */
function numbers(digits: number, seed: string): [number, number] {
  let state = 7
  for (const letter of seed) state = (state * 31 + letter.charCodeAt(0)) % 1_000_003
  const limit = 10 ** digits
  return [(state * 7919) % limit, (state * 104729) % limit]
}

const digits = { one: 1, three: 3 }

export default defineStudy({
  name: 'sums',
  question: 'Does the agent add numbers, and does it matter how long they are?',
  factors: { length: levels('one', 'three').default('one', 'three') },
  tasks: ({ length }, seed) => {
    const [a, b] = numbers(digits[length], seed)
    return [
      {
        id: 'sum',
        prompt: \`What is \${a} + \${b}? Answer with the number alone.\`,
        scaffold: plainScaffold,
        limits: { turns: 1 },
        measure: (ending) => ({ correct: answerCheck('number', String(a + b)).passes(ending.text) ? 1 : 0 }),
      },
    ]
  },
  outcome: { correct: proportion() },
  checks: VALIDATED_ANSWERS,
  controls: {
    adder: {
      property: 'adds without error',
      policy: (messages) => {
        const last = messages.at(-1)
        const [a = 0, b = 0] = (last?.role === 'user' ? last.text : '').match(/\\d+/g)?.map(Number) ?? []
        return [{ type: 'text', text: String(a + b) }]
      },
      reads: { correct: () => exactly(1) },
    },
    silent: { property: 'answers nothing', policy: () => [], reads: { correct: () => exactly(0) } },
  },
  findings: [
    mean('correct', { by: ['agent', 'length'], cluster: 'seed' }),
    pairedDifference('correct', { factor: 'length', from: 'one', to: 'three', pair: 'seed' }),
  ],
  repeats: 20,
})
`,
}

/** The folder of this very Assay: a clone with its sources, or the installed package with its types. */
const OWN = path.resolve(import.meta.dirname, '../..')

/** Whether `import … from 'assay'` in a folder finds this very Assay by itself: it is installed there, or in a folder above. */
function isInstalled(folder: string): boolean {
  const at = path.resolve(folder)
  const place = path.join(at, 'node_modules', 'assay')
  if (fs.existsSync(place)) return fs.realpathSync(place) === fs.realpathSync(OWN)
  return path.dirname(at) !== at && isInstalled(path.dirname(at))
}

/**
 * `tsconfig.json` and `package.json`, by which an editor and `npx tsc` know the types of this very Assay: where it is installed, as any
 * package's; in a clone those of its sources, under the options that these are written for.
 */
function projectFiles(folder: string): Readonly<Record<string, string>> {
  const installed = isInstalled(folder)
  const sources = fs.existsSync(path.join(OWN, 'src', 'index.ts'))
  const entries = sources
    ? { assay: 'src/index.ts', 'assay/stats': 'src/stats/index.ts', 'assay/testing': 'src/testing/index.ts' }
    : { assay: 'dist/index.d.ts', 'assay/stats': 'dist/stats/index.d.ts', 'assay/testing': 'dist/testing/index.d.ts' }
  const options = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024'],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    rewriteRelativeImportExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: sources ? ['node'] : [],
    ...(sources && { typeRoots: [path.join(OWN, 'node_modules', '@types')] }),
    ...(!installed && {
      paths: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, [path.join(OWN, entry)]])),
    }),
  }
  const name = path
    .basename(path.resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
  // What a library of the sources lacks types for is declared beside them.
  const include = ['*.ts', ...(sources ? [path.join(OWN, 'src/**/*.d.ts')] : [])]
  const manifest = {
    name: name === '' ? 'studies' : name,
    private: true,
    type: 'module',
    devDependencies: { ...(!installed && { assay: `file:${OWN}` }), typescript: '*' },
  }
  return {
    'tsconfig.json': `${JSON.stringify({ compilerOptions: options, include }, null, 2)}\n`,
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
  }
}

/** The compiler that this Assay was installed with, as `npx tsc` finds it: without it, npx fetches another package of that name. */
function linkCompiler(folder: string): void {
  if (isInstalled(folder)) return
  const compiler = path.join(OWN, 'node_modules', 'typescript')
  const bin = path.join(folder, 'node_modules', '.bin')
  if (!fs.existsSync(compiler) || fs.existsSync(path.join(folder, 'node_modules'))) return
  try {
    fs.mkdirSync(bin, { recursive: true })
    fs.symlinkSync(path.join(compiler, 'bin', 'tsc'), path.join(bin, 'tsc'))
  } catch (cause) {
    throw writeError(bin, cause)
  }
}

/** Whether `npx tsc` in a folder runs its compiler: one is installed there, or in a folder above. */
export function hasCompiler(folder = '.'): boolean {
  const at = path.resolve(folder)
  if (fs.existsSync(path.join(at, 'node_modules', '.bin', 'tsc'))) return true
  return path.dirname(at) !== at && hasCompiler(path.dirname(at))
}

/**
 * Writes a config and one study, ready to run, with `package.json` and `tsconfig.json` where there are none, so that an editor
 * and `npx tsc` check it at once; and never over a file that is there.
 *
 * @param folder default the working folder
 * @returns the names of the files written
 * @throws AssayError `project/exists`, `record/disk-full`, `record/unwritable`
 */
export function writeStarter(folder = '.'): readonly string[] {
  const standing = Object.keys(files).filter((name) => fs.existsSync(path.join(folder, name)))
  if (standing.length > 0)
    throw new AssayError(
      'project/exists',
      `${standing.join(' and ')} already ${standing.length === 1 ? 'exists. Move it' : 'exist. Move them'}, or use another folder.`,
    )
  // A project that has these two already knows its own way.
  const project = Object.entries(projectFiles(folder)).filter(([name]) => !fs.existsSync(path.join(folder, name)))
  const wrote = [...Object.entries(files), ...project]
  for (const [name, text] of wrote) {
    try {
      fs.writeFileSync(path.join(folder, name), text, { flag: 'wx' })
    } catch (cause) {
      throw writeError(name, cause)
    }
  }
  linkCompiler(folder)
  return wrote.map(([name]) => name)
}
