import fs from 'node:fs'
import path from 'node:path'
import { mailTools, readRunFolder, runsFolder, studiesHere, version, type Config } from '../project/index.ts'
import type { Source } from './source.ts'

/** The briefs that are looked for where none is named: where people and the tour put them. */
const USUAL = ['brief.yaml', path.join('.assay', 'brief.yaml')]

/**
 * What the viewer shows of the working folder: its runs, studies and briefs.
 *
 * @param runs where runs live; default: as the config says
 * @param briefs files to show; default: `brief.yaml` here and in `.assay`, as far as they are there
 */
export function projectSource(
  config: Config,
  { runs, briefs = [] }: { readonly runs?: string | undefined; readonly briefs?: readonly string[] } = {},
): Source {
  return {
    runs: runsFolder(config, runs),
    briefs: () =>
      (briefs.length > 0 ? briefs : USUAL.filter((file) => fs.existsSync(file))).map((file) => ({
        name: path.relative('.', file).replaceAll(path.sep, '/'),
        file: path.resolve(file),
      })),
    readRun: (folder) => readRunFolder(folder, config),
    mailTools: (folder, start) => mailTools(folder, start, config),
    studies: () => studiesHere(config),
    version: version(),
  }
}
