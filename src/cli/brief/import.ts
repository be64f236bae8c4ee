import fs from 'node:fs'
import { briefYaml, editBrief, importText, mergeImport } from '../../brief/index.ts'
import { plain, shortened } from '../../report/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { changeFile, textOf, writeNew } from './files.ts'
import type { BriefOptions } from './options.ts'

/**
 * `assay brief import`: text into a new `brief.yaml`, or into one that stands: its claims keep their ids, tests, quotes and
 * findings, and the file its comments.
 */
export async function importBrief(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  const { brief: value, notes } = importText(textOf(file, 'Name the text to import.'))
  for (const { line, text, why } of notes)
    terminal.note(`${plain(file)}:${line}: ${text === '' ? '' : `“${shortened(text, 60)}”: `}${why}`)
  const { out } = options
  let kept: readonly string[] = []
  if (out === undefined) terminal.file(`${briefYaml(value).trimEnd()}\n`)
  else if (fs.existsSync(out)) {
    const changed = changeFile(terminal, out, (text) =>
      editBrief(text, out, (before) => {
        const merged = mergeImport(before, value)
        kept = merged.unplaced
        return merged.brief
      }),
    )
    if (!changed) terminal.note(`${plain(out)} says this already`)
    for (const id of kept)
      terminal.note(
        `${plain(out)}: the claim ${id} is no longer in the text; it was kept, and is in no part of the brief`,
      )
  } else writeNew(terminal, out, briefYaml(value))
  terminal.document({ brief: value, notes, ...(out !== undefined && { wrote: out, unplaced: kept }) })
  return Promise.resolve(0)
}
