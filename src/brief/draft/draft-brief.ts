import path from 'node:path'
import type { Spent } from '../../run/index.ts'
import { plain } from '../../report/index.ts'
import { nameOf } from '../import/line.ts'
import { readSource } from '../source/read-source.ts'
import { idMaker } from '../id.ts'
import { candidatesOf, extracted, type DraftSize } from './candidates.ts'
import { assembled, type Draft } from './draft.ts'
import type { ByModel, DraftedByModel } from './draft-by-model.ts'
import type { DraftSource } from './part.ts'

/** Characters of a source's own title that are taken. */
const LONGEST_TITLE = 200

export interface DraftSpec extends DraftSize {
  readonly title?: string
  /** `2026-05-01`. */
  readonly updated: string
  readonly model?: ByModel
}

export type Drafted =
  | { readonly type: 'drafted'; readonly draft: Draft; readonly spent?: Spent; readonly folder?: string }
  /** The model has not read all of it; doing the same again goes on from here. */
  | Extract<DraftedByModel, { type: 'stopped' }>

/**
 * Reads sources for a draft.
 *
 * @param files with the names under which the brief is to know them
 * @throws AssayError what `readSource` refuses
 */
export async function draftSources(
  files: readonly { readonly path: string; readonly name: string }[],
): Promise<readonly DraftSource[]> {
  const newId = idMaker()
  const sources: DraftSource[] = []
  for (const file of files) {
    const text = await readSource(file.path)
    const stem = plain(path.basename(file.path)).replace(/\.[^.]+$/, '')
    const own = plain((text.title ?? '').slice(0, LONGEST_TITLE))
    const title = nameOf(own) === '' ? stem : own
    sources.push({ id: newId(stem), title: title === '' ? 'A source' : title, file: file.name, text })
  }
  return sources
}

/** A brief from sources: by the extractive baseline, or with a model that reads them whole, in windows. */
export async function draftBrief(sources: readonly DraftSource[], spec: DraftSpec): Promise<Drafted> {
  const [first] = sources
  const title = titleOf(spec.title ?? (sources.length === 1 && first !== undefined ? first.title : 'A draft'))
  const { model, updated } = spec
  if (model !== undefined) {
    const { draftByModel } = await import('./draft-by-model.ts')
    const head = {
      title,
      ownTitle: spec.title !== undefined,
      updated,
      ...(spec.claims !== undefined && { claims: spec.claims }),
    }
    return draftByModel(sources, head, model)
  }
  const candidates = candidatesOf(sources)
  return {
    type: 'drafted',
    draft: assembled({ title, updated, sources }, extracted(candidates.found, spec), candidates),
  }
}

/** A title that the text form can carry. */
function titleOf(text: string): string {
  const name = nameOf(plain(text))
  return name === '' || /^(?:sources:|key takeaways$|sections$|watchlist$|unknowns$)/i.test(name) ? 'A draft' : name
}
