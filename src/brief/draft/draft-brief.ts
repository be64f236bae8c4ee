import path from 'node:path'
import type { RunBudget, Spent } from '../../run/index.ts'
import { plain } from '../../report/index.ts'
import { nameOf } from '../import/line.ts'
import { readSource } from '../source/read-source.ts'
import { idMaker } from '../id.ts'
import { candidatesOf, extracted, MOST_CLAIMS, type DraftSize } from './candidates.ts'
import { assembled, type Draft } from './draft.ts'
import type { ModelEffects, ModelReading } from './ask-model.ts'
import type { DraftSource } from './part.ts'

/** Sentences that a model reads for every claim that is wanted: it finds none in some. */
const SENTENCES_A_CLAIM = 2

/** Characters of a source's own title that are taken. */
const LONGEST_TITLE = 200

export interface DraftSpec extends DraftSize {
  readonly title?: string
  /** `2026-05-01`. */
  readonly updated: string
  readonly model?: {
    readonly effects: Omit<ModelEffects, 'folder'>
    /** The folder for a draft of this hash. */
    readonly folder: (hash: string) => string
    readonly budget: RunBudget
    /** Sentences at once. */
    readonly concurrency: number
  }
}

export type Drafted =
  | { readonly type: 'drafted'; readonly draft: Draft; readonly spent?: Spent; readonly folder?: string }
  /** The model has not read all of it; doing the same again goes on from here. */
  | {
      readonly type: 'stopped'
      readonly stopped: NonNullable<ModelReading['stopped']>
      readonly spent: Spent
      readonly folder: string
    }

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

/** A brief from sources: by the extractive baseline, or with a model that reads the most central sentences one by one. */
export async function draftBrief(sources: readonly DraftSource[], spec: DraftSpec): Promise<Drafted> {
  const [first] = sources
  const title = spec.title ?? (sources.length === 1 && first !== undefined ? first.title : 'A draft')
  const head = { title: titleOf(title), updated: spec.updated, sources }
  const candidates = candidatesOf(sources)
  const { model } = spec
  if (model === undefined)
    return { type: 'drafted', draft: assembled(head, extracted(candidates.found, spec), candidates) }
  const { readByModel, readingHash } = await import('./ask-model.ts')
  const claims = spec.claims ?? MOST_CLAIMS
  const chosen = candidates.found.slice(0, claims * SENTENCES_A_CLAIM)
  const folder = model.folder(readingHash(chosen, model.effects.model))
  const read = await readByModel(chosen, model.budget, model.concurrency, { ...model.effects, folder })
  if (read.stopped !== undefined) return { type: 'stopped', stopped: read.stopped, spent: read.spent, folder }
  const parts = [
    ...read.parts.filter(({ place }) => place === 'takeaway' || place === 'section').slice(0, claims),
    ...read.parts.filter(({ place }) => place === 'watchlist' || place === 'unknown'),
  ]
  const draft = assembled(head, parts, { ...candidates, ...withLeft(candidates, read.left) })
  return { type: 'drafted', draft, spent: read.spent, folder }
}

function withLeft(
  { left, counts }: ReturnType<typeof candidatesOf>,
  more: ModelReading['left'],
): Pick<ReturnType<typeof candidatesOf>, 'left' | 'counts'> {
  const count = new Map(counts)
  for (const { why } of more) count.set(why, (count.get(why) ?? 0) + 1)
  return { left: [...left, ...more], counts: count }
}

/** A title that the text form can carry. */
function titleOf(text: string): string {
  const name = nameOf(plain(text))
  return name === '' || /^(?:sources:|key takeaways$|sections$|watchlist$|unknowns$)/i.test(name) ? 'A draft' : name
}
