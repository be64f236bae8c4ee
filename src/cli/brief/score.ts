import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { parseBrief, parseKey, readSource, scoreBrief, type BriefScore, type SourceText } from '../../brief/index.ts'
import { percent, plain } from '../../report/index.ts'
import type { Answer } from '../command.ts'
import { plainTable, tableText } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { textOf } from './files.ts'
import type { BriefOptions } from './options.ts'

/** `assay brief score <draft.yaml> --key <key.json>`: what a draft found of what careful people marked. */
export async function score(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  if (options.key === undefined)
    throw new AssayError('cli/usage', `Name the key of its sources: assay brief score ${plain(file)} --key key.json`)
  const key = parseKey(textOf(options.key, 'A key names sources and the claims in them.'), plain(options.key))
  const brief = parseBrief(textOf(file), file)
  const known = new Set(key.sources.map((each) => path.basename(each)))
  const texts = new Map<string, SourceText>()
  for (const source of brief.sources) {
    if (source.file === undefined) continue
    texts.set(source.id, await readSource(path.resolve(path.dirname(file), source.file)))
  }
  const shared = brief.sources.filter((source) => known.has(path.basename(source.file ?? source.id)))
  if (shared.length === 0)
    throw new AssayError(
      'brief/bad-key',
      `${plain(options.key)} is of other sources (${key.sources.map(plain).join(', ')}) than ${plain(file)}. Name the key of its sources.`,
    )
  const scored = scoreBrief(brief, key, texts)
  const table = plainTable(['', 'recall', 'precision'])
  for (const [name, recall, precision] of rowsOf(scored)) table.push([name, recall, precision])
  terminal.print(tableText(table))
  terminal.print(
    `\nClaims without a quote: ${scored.unsupported}. Quotes that are not in their source: ${scored.notInSource}. Said as a fact, though it must not be: ${countText(scored.mustNot)}.`,
  )
  for (const line of scored.unreadable)
    terminal.note(`Not found in its source, so nothing can match it: ${plain(line)}`)
  terminal.document({ file, key: options.key, score: scored })
  return 0
}

type Count = BriefScore['stance']

function rowsOf(scored: BriefScore): readonly (readonly [name: string, recall: string, precision: string])[] {
  const two = (name: string, { recall, precision }: BriefScore['claims']): readonly [string, string, string] => [
    name,
    countText(recall),
    countText(precision),
  ]
  return [
    two('claims', scored.claims),
    ['  their stance', countText(scored.stance), ''],
    ['  their numbers', countText(scored.numbers), ''],
    two('takeaways', scored.takeaways),
    ['contradictions', countText(scored.contradictions), ''],
    two('unknowns', scored.unknowns),
    two('watchlist', scored.watchlist),
  ]
}

function countText({ right, of }: Count): string {
  return of === 0 ? 'none' : `${right} of ${of} (${percent(right / of)})`
}
