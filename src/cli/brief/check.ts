import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { checkBrief, parseBriefAt, readSource, type Brief, type FoundSource } from '../../brief/index.ts'
import { findStudy, readConfig, type Config } from '../../project/index.ts'
import { counted } from '../../report/index.ts'
import type { Study } from '../../study/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { evidenceFor } from './evidence.ts'
import { textOf } from './files.ts'
import type { BriefOptions } from './options.ts'

/** `assay brief check`: one line for each thing that is wrong, and exit 1 if there is one. */
export async function check(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  const config = await readConfig()
  const { brief, at } = parseBriefAt(textOf(file), file)
  const studies = await studiesOf(brief, config)
  const issues = checkBrief(brief, {
    evidence: await evidenceFor(terminal, brief, config, options.runs),
    sources: await sourcesOf(brief, path.dirname(file)),
    now: Date.now(),
    quantities: (name) => quantitiesOf(studies.get(name)),
    ...(options.staleAfter !== undefined && { staleAfter: options.staleAfter }),
  })
  const told = issues.map((issue) => ({ ...issue, where: at(issue.path) }))
  for (const { where, kind, what, todo } of told)
    terminal.print(`${where}: ${terminal.style('red', kind)}: ${what}: ${todo}.`)
  if (told.length === 0) terminal.print(`${file}: nothing is wrong with ${counted(brief.claims.length, 'claim')}.`)
  terminal.document({ file, claims: brief.claims.length, issues: told })
  return told.length === 0 ? 0 : 1
}

async function sourcesOf(brief: Brief, folder: string): Promise<ReadonlyMap<string, FoundSource>> {
  const sources = new Map<string, FoundSource>()
  for (const { id, file } of brief.sources) {
    if (file === undefined) continue
    try {
      sources.set(id, { type: 'read', text: await readSource(path.resolve(folder, file)) })
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
      sources.set(id, { type: 'missing', why: cause.message.replace(/\.$/, '') })
    }
  }
  return sources
}

/** The studies that tests name, as far as they are here. */
export async function studiesOf(brief: Brief, config: Config): Promise<ReadonlyMap<string, Study>> {
  const studies = new Map<string, Study>()
  for (const name of new Set(brief.claims.flatMap(({ test }) => test?.study ?? []))) {
    try {
      studies.set(name, (await findStudy(name, config)).study)
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
    }
  }
  return studies
}

/** Names of a study's findings, where its analyses are all of the kinds whose findings are named like them. */
function quantitiesOf(study: Study | undefined): readonly string[] | undefined {
  const names = study?.findings.map(({ name }) => name)
  return names?.every((name) => /^(?:mean|median|difference)\(/.test(name)) === true ? names : undefined
}
