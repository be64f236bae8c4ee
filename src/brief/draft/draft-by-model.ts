import { hashOf } from '../../record/index.ts'
import type { RunBudget, Spent } from '../../run/index.ts'
import type { Brief } from '../brief.ts'
import { makeBrief } from '../make.ts'
import { claimKey } from '../words.ts'
import { COMPOSE_SYSTEM, composeTrial, composition } from './compose.ts'
import type { Draft } from './draft.ts'
import { askAll, beginDraft, type DraftSampling, type DraftStop, type ModelEffects } from './model-run.ts'
import { accepted, mostOfAll, READ_SYSTEM, windowReads } from './read-windows.ts'
import { leftOut, type DraftSource, type LeftOut } from './part.ts'

/** Claims of a draft with a model, where none are asked for. */
const MOST_CLAIMS = 48
/** Quotes that the second pass is shown; what is beyond is named. */
const MOST_QUOTES = 400
/** Tokens of the second pass before it is known what the first brings. */
const SECOND = 12_000

export interface ByModel {
  readonly effects: Omit<ModelEffects, 'folder'> & {
    /** Before the first question: how many there are, and the most tokens that they take. */
    readonly onPlan?: (plan: DraftPlan) => void
  }
  /** The folder for a draft of this hash. */
  readonly folder: (hash: string) => string
  readonly budget: RunBudget
  readonly sampling?: DraftSampling
  /** Windows at once. */
  readonly concurrency: number
}

/** What a draft with a model will ask. */
export interface DraftPlan {
  readonly windows: number
  /** Characters of the sources. */
  readonly characters: number
  /** Tokens of all questions and replies at most, where no reply has to be mended. */
  readonly tokens: number
  readonly budget: RunBudget
}

export type DraftedByModel =
  | { readonly type: 'drafted'; readonly draft: Draft; readonly spent: Spent; readonly folder: string }
  | {
      readonly type: 'stopped'
      readonly stopped: DraftStop
      readonly spent: Spent
      readonly folder: string
    }

/**
 * Drafts in two passes. First the model reads every source in windows and hands in quotes; then it is shown the quotes
 * that passed the gate, and nothing else, and composes claims of them.
 *
 * @param title of the brief where the model gives none that fits
 */
export async function draftByModel(
  sources: readonly DraftSource[],
  head: { readonly title: string; readonly ownTitle: boolean; readonly updated: string; readonly claims?: number },
  { effects, folder: folderOf, budget, sampling = {}, concurrency }: ByModel,
): Promise<DraftedByModel> {
  const { model } = effects
  const reads = windowReads(sources, model, sampling)
  const most = head.claims ?? MOST_CLAIMS
  const design = {
    system: [READ_SYSTEM, COMPOSE_SYSTEM],
    model: model.name,
    identity: model.identity,
    sampling: { ...sampling },
    claims: most,
    windows: reads.map(({ source, at }) => [source.text.hash, ...at]),
  }
  const hash = hashOf(design)
  const folder = folderOf(hash)
  const run: ModelEffects = { ...effects, folder }
  const windows = reads.map(({ trial }) => trial)
  effects.onPlan?.({
    windows: reads.length,
    characters: sources.reduce((sum, { text }) => sum + text.text.length, 0),
    tokens: mostOfAll(windows, sampling) + SECOND,
    budget,
  })
  beginDraft(hash, JSON.parse(JSON.stringify(design)), run)
  const first = await askAll(windows, budget, sampling, concurrency, run)
  if (first.stopped !== undefined) return { type: 'stopped', stopped: first.stopped, spent: first.spent, folder }
  const { quotes, left } = accepted(reads, first.view)
  const shown = quotes.slice(0, MOST_QUOTES)
  const named = [
    ...left,
    ...quotes
      .slice(MOST_QUOTES)
      .map(({ source, at: [from], text }) => leftOut(source, from, text, 'the second pass takes no more quotes')),
  ]
  const second = composeTrial(shown, most, model)
  const end = shown.length === 0 ? undefined : await askAll([...windows, second], budget, sampling, concurrency, run)
  if (end?.stopped !== undefined) return { type: 'stopped', stopped: end.stopped, spent: end.spent, folder }
  const parts = composition(shown, end?.view(second), most)
  const draft = inBrief(sources, head, parts, [...named, ...parts.left])
  return { type: 'drafted', draft, spent: (end ?? first).spent, folder }
}

function inBrief(
  sources: readonly DraftSource[],
  { title, ownTitle, updated }: { readonly title: string; readonly ownTitle: boolean; readonly updated: string },
  parts: ReturnType<typeof composition>,
  left: readonly LeftOut[],
): Draft {
  const counts = new Map<string, number>()
  for (const { why } of left) counts.set(why, (counts.get(why) ?? 0) + 1)
  // Two claims in the same words are one, with the quotes of both.
  const groups = [...Map.groupBy(parts.claims.entries(), ([, { text }]) => claimKey(text)).values()]
  const brief = makeBrief({
    title: ownTitle ? title : (parts.title ?? title),
    updated,
    sources: sources.map(({ id, title: name, file, text }) => ({
      id,
      title: name,
      ...(file !== undefined && { file }),
      hash: text.hash,
    })),
    claims: groups.flatMap((group) => {
      const [lead] = group
      if (lead === undefined) return []
      return [
        {
          text: lead[1].text,
          quotes: group.flatMap(([, { quotes }]) =>
            quotes.map(({ source, quote, at, who, how }) => ({
              source: source.id,
              text: quote,
              at,
              ...(who !== undefined && { saidBy: who }),
              how,
            })),
          ),
          takeaway: group.some(([, { takeaway }]) => takeaway),
          sections: [...new Set(group.map(([, { section }]) => section))],
        },
      ]
    }),
    watchlist: parts.watchlist,
    unknowns: parts.unknowns,
  })
  const idOf = (place: number): string | undefined =>
    brief.claims[groups.findIndex((group) => group.some(([index]) => index === place))]?.id
  const contradictions: Brief['contradictions'] = parts.contradictions.flatMap(({ claims, what }) => {
    const ids = [...new Set(claims.flatMap((each) => idOf(each) ?? []))]
    return ids.length < 2 ? [] : [{ claims: ids, what }]
  })
  return {
    brief: contradictions.length === 0 ? brief : { ...brief, contradictions },
    left,
    counts,
    merged: parts.claims.reduce((sum, { quotes }) => sum + quotes.length - 1, 0) + parts.claims.length - groups.length,
  }
}
