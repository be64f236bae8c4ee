import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { draftBrief, draftSources, parseKey, scoreBrief, type BriefScore } from '../../src/brief/index.ts'

const folder = path.join(import.meta.dirname, '..', 'foreign', 'sources')

async function scored(name: string, within = folder): Promise<BriefScore> {
  const key = parseKey(fs.readFileSync(path.join(within, `${name}.key.json`), 'utf8'), name)
  const sources = await draftSources(key.sources.map((file) => ({ path: path.join(within, file), name: file })))
  const read = await draftBrief(sources, { updated: '2026-05-01' })
  if (read.type !== 'drafted') throw new Error('stopped')
  expect(read.draft.brief.claims.length).toBeLessThanOrEqual(key.claims.length)
  return scoreBrief(read.draft.brief, key, new Map(sources.map(({ id, text }) => [id, text])))
}

const share = ({ right, of }: { readonly right: number; readonly of: number }): number => right / of

/** The same over several sets: claims, or whatever is counted, together. */
function together(scores: readonly BriefScore[], of: (score: BriefScore) => BriefScore['stance']): number {
  const counts = scores.map(of)
  return counts.reduce((sum, { right }) => sum + right, 0) / counts.reduce((sum, each) => sum + each.of, 0)
}

describe('the draft without a model, on sources written without knowledge of it', async () => {
  const scores = await Promise.all(
    ['insurance-claims', 'discharge-letters', 'warehouse-planners'].map((name) => scored(name)),
  )

  test('has half of what careful people marked, with no more claims than they did', () => {
    expect(together(scores, ({ claims }) => claims.recall)).toBeGreaterThanOrEqual(0.5)
  })

  test('says how surely each was said', () => {
    expect(together(scores, ({ stance }) => stance)).toBeGreaterThanOrEqual(0.85)
    expect(together(scores, ({ numbers }) => numbers)).toBeGreaterThanOrEqual(0.9)
  })

  test('has what nobody knows, and what is to come', () => {
    expect(together(scores, ({ unknowns }) => unknowns.recall)).toBeGreaterThanOrEqual(0.7)
    expect(together(scores, ({ watchlist }) => watchlist.recall)).toBeGreaterThanOrEqual(0.7)
  })

  test('says nothing as a fact that is a joke, an advert, taken back or an order to a program; every quote is in its source', () => {
    for (const { mustNot, notInSource, unsupported, unreadable } of scores) {
      expect(mustNot.right).toBe(0)
      expect({ notInSource, unsupported, unreadable }).toEqual({ notInSource: 0, unsupported: 0, unreadable: [] })
    }
  })
})

test('a hearing with captions and a report, marked before they were drafted from', async () => {
  const score = await scored('tutors', path.join(folder, 'own'))
  expect(share(score.claims.recall)).toBeGreaterThanOrEqual(0.5)
  expect(share(score.claims.precision)).toBeGreaterThanOrEqual(0.8)
  expect(score.mustNot.right).toBe(0)
})

test('a key that is none is refused by name', () => {
  expect(() => parseKey('{', 'k.json')).toThrow('k.json is not JSON.')
  expect(() => parseKey('{"sources":["a"],"claims":[{"id":"c"}]}', 'k.json')).toThrow(/claims\.0\.(?:source|quote)/)
})
