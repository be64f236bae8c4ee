import fs from 'node:fs'
import path from 'node:path'
import { AssayError, didYouMean } from '../assay-error.ts'
import { isObject, openToRead, readRun } from '../record/index.ts'
import { builtIn, loadBuiltIn } from '../studies/index.ts'
import type { Case } from '../studies/cases/index.ts'
import type { Study, Wordings } from '../study/index.ts'
import { checkFunctions } from './check-functions.ts'
import type { Config } from './config.ts'
import { defaultOf } from './load-module.ts'

export interface FoundStudy {
  readonly study: Study
  /** Where it is defined, unless it is built in. */
  readonly file?: string
}

/**
 * A study by its name, by a name of the config, by the file that defines it (`.ts`, `.js`, questions or recorded attacks as `.csv` or
 * `.tsv`, questions as `.jsonl`, `.json` or `.parquet`, tasks as `.jsonl`), or by a folder of tasks.
 *
 * @param wordings how questions are put; default: each by its own prompt
 *
 * @throws AssayError `cli/unknown-study`, `cli/broken-study`
 */
export function findStudy(name: string, config: Config, wordings?: Wordings): Promise<FoundStudy> {
  return found(name, config, wordings, true)
}

/** @param asserts whether functions that questions name are tried: a run that is only read does without them */
async function found(
  name: string,
  config: Config,
  wordings: Wordings | undefined,
  asserts: boolean,
): Promise<FoundStudy> {
  if (isQuestions(name)) {
    return { study: await fromTable(name, wordings, asserts), file: name }
  }
  if (wordings !== undefined)
    throw new AssayError(
      'cli/usage',
      `--template and --system put the questions of a file (CSV, JSONL, Parquet), and ${name} is not one. Leave them out.`,
    )
  const configured = config.studies?.[name]
  if (configured !== undefined) return { study: await fromFile(configured), file: configured }
  if (/\.jsonl$/i.test(name) && fs.existsSync(name)) {
    const { outsideStudy, readTaskRows } = await import('../studies/outside/index.ts')
    return { study: outsideStudy(path.basename(name).replace(/\.[^.]+$/, ''), readTaskRows(name)), file: name }
  }
  // A built-in study wins over a folder that happens to have its name: a folder is said with a slash then.
  if (!builtIn.includes(name) && fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() === true) {
    const { outsideStudy, readTaskFolder } = await import('../studies/outside/index.ts')
    return { study: outsideStudy(path.basename(path.resolve(name)), readTaskFolder(name)), file: name }
  }
  if (/\.[mc]?[jt]s$/.test(name)) return { study: await fromFile(name), file: name }
  const study = await loadBuiltIn(name)
  if (study !== undefined) return { study }
  const known = [...builtIn, ...Object.keys(config.studies ?? {})]
  throw new AssayError(
    'cli/unknown-study',
    `There is no study "${name}".${ownFile(name) ?? didYouMean(name, known)} Studies: ${known.join(', ')}.`,
  )
}

/** A study's file that lies here and that the config does not name. */
function ownFile(name: string): string | undefined {
  const file = `${name}.study.ts`
  return fs.existsSync(file) ? ` The file ${file} is here: write ${file}, or name it in assay.config.ts.` : undefined
}

/** Questions with expected answers, and not tasks whose check is a command, which may be JSON lines too. */
function isQuestions(name: string): boolean {
  if (/\.(csv|tsv|parquet|json)$/i.test(name)) return true
  if (!/\.jsonl$/i.test(name) || !fs.existsSync(name)) return false
  return /^\ufeff?\s*\{(?=[^\n]*"expected(?:\.\d+)?"\s*:)/i.test(firstLine(name))
}

const MOST = 1 << 20

function firstLine(file: string): string {
  const fd = openToRead(file)
  try {
    const buffer = Buffer.alloc(MOST)
    const [line = ''] = buffer
      .toString('utf8', 0, fs.readSync(fd, buffer, 0, MOST, 0))
      .trimStart()
      .split('\n')
    return line
  } finally {
    fs.closeSync(fd)
  }
}

/** The study of a run, by the run's folder. @throws AssayError also what {@link readRun} throws */
export async function findStudyOf(folder: string, config: Config): Promise<FoundStudy> {
  const { record } = readRun(folder)
  const { wordings } = await import('../study/index.ts')
  const said = wordings.safeParse(isObject(record.request) ? record.request['wordings'] : undefined)
  return found(record.studyFile ?? record.study, config, said.success ? said.data : undefined, false)
}

/** The studies of this folder: the built-in ones, and those that the config names. */
export function studiesHere(config: Config): Promise<readonly Study[]> {
  const names = [...builtIn, ...Object.keys(config.studies ?? {})]
  return Promise.all(names.map(async (name) => (await findStudy(name, config)).study))
}

/** Questions with their answers, or recorded attacks, which are played against the built-in behaviours. */
async function fromTable(file: string, wordings: Wordings | undefined, asserts: boolean): Promise<Study> {
  const name = path.basename(file).replace(/\.[^.]+$/, '')
  const { assertFunctions, casesStudy, readCaseRows, readCases } = await import('../studies/cases/index.ts')
  const ofCases = async (cases: readonly Case[]): Promise<Study> => {
    const functions = checkFunctions(path.dirname(path.resolve(file)))
    if (asserts) await assertFunctions(cases, functions)
    return casesStudy(name, cases, wordings, functions)
  }
  if (!/\.(csv|tsv)$/i.test(file)) return ofCases(await readCaseRows(file))
  const { csvHead } = await import('../rows/index.ts')
  const { builtInBehaviours, holdsArtifacts, readArtifacts } = await import('../attack/index.ts')
  if (holdsArtifacts(csvHead(file, 'cases/', LARGEST))) {
    const { breachStudy } = await import('../studies/breach/index.ts')
    const behaviours = builtInBehaviours('').map(({ id }) => id)
    return breachStudy({ name, replay: readArtifacts(file, behaviours) })
  }
  return ofCases(readCases(file))
}

/** A table larger than this is no quick look; it would be read whole. */
const LARGEST = 256 << 20

async function fromFile(file: string): Promise<Study> {
  const full = path.resolve(file)
  if (!fs.existsSync(full)) throw new AssayError('cli/unknown-study', `There is no file ${file}.`)
  const loaded = await defaultOf(
    full,
    (why, cause) => new AssayError('cli/broken-study', `${file} does not load: ${why}`, { cause }),
  )
  if (isStudy(loaded)) {
    const { checkStudy } = await import('../study/index.ts')
    try {
      checkStudy(loaded)
    } catch (cause) {
      if (!(cause instanceof AssayError) || cause.code !== 'study/broken') throw cause
      throw new AssayError('cli/broken-study', `${file}: ${cause.message}`, { cause })
    }
    return loaded
  }
  const lacking = isObject(loaded) && 'tasks' in loaded ? needed.filter((key) => !(key in loaded)) : []
  throw new AssayError(
    'cli/broken-study',
    lacking.length > 0
      ? `The study in ${file} has no ${lacking.join(', no ')}.${misspelt(loaded, lacking)} See docs/writing-a-study.md.`
      : `${file} has no study as its default export: write export default defineStudy({ … }).`,
  )
}

/** Fields that may be meant for what is lacking: ` It has repeat: write repeats.` */
function misspelt(loaded: unknown, lacking: readonly string[]): string {
  const others = isObject(loaded) ? Object.keys(loaded).filter((key) => !needed.includes(key)) : []
  return lacking
    .flatMap((key) => {
      const near = others.find((other) => didYouMean(other, [key]) !== '')
      return near === undefined ? [] : [` It has ${near}: write ${key}.`]
    })
    .join('')
}

const needed = ['name', 'question', 'factors', 'tasks', 'outcome', 'controls', 'findings', 'repeats', 'figures']

/** What defineStudy returns; its types were checked when the file was written. */
function isStudy(value: unknown): value is Study {
  return typeof value === 'object' && value !== null && needed.every((key) => key in value)
}
