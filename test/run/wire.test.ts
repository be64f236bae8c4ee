import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openModel } from '../../src/model/index.ts'
import { readRunLog, runPaths, type RunEvent } from '../../src/record/index.ts'
import { startRun, type RunEnd } from '../../src/run/index.ts'
import { casesStudy, readCases, type Case } from '../../src/studies/cases/index.ts'
import { moods } from '../cases/moods.ts'
import { fakeProvider, skippingTime, type Fake } from '../model/fake-server.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options, price } from './effects.ts'
import { toyRequest } from './toy-study.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

/** A run of cases against a provider in one of its moods. */
async function run(mood: string, cases: readonly Case[]): Promise<RunEnd & { readonly log: readonly RunEvent[] }> {
  const handler = moods[mood]
  if (handler === undefined) throw new Error(`no mood ${mood}`)
  const provider = await fakeProvider(handler)
  open.push(provider)
  const name = `${provider.url}#${mood}`
  const model = await openModel(name, { env: {}, effects: skippingTime(), prices: { [name]: price } })
  const folder = path.join(temporaryFolder(), mood)
  const asked = { study: casesStudy('cases', cases), request: toyRequest([name]), run: mood, folder }
  const end = await startRun(
    asked,
    { ...options, concurrency: 1 },
    effectsWith(() => model),
  )
  await model.close?.()
  return { ...end, log: readRunLog(runPaths(folder)) }
}

const inCases = (file: string): readonly Case[] => readCases(path.join(import.meta.dirname, '../cases', file))
const agents = ({ outcomes }: RunEnd): RunEnd['outcomes'] => outcomes.filter(({ control }) => !control)

test('thought that stands in the text is not what is checked', async () => {
  const rows = agents(await run('thought-in-text', inCases('B10-cases.csv')))
  const byTask = rows.toSorted((a, b) => (a.task < b.task ? -1 : 1)).map(({ values }) => values['correct'])
  expect(byTask).toEqual([0, 1])
})

test('replies that the provider filtered are told beside the share', async () => {
  const end = await run('filtered', inCases('B18-cases.csv'))
  expect(agents(end)).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
  const caveats = end.reading.findings.flatMap((finding) => finding.caveats)
  expect(caveats).toContain("2 of 2 last replies were stopped by the provider's filter")
})

test('an empty stream is an invalid trial, not a wrong answer', async () => {
  expect(agents(await run('empty-stream', inCases('B18-cases.csv')))).toMatchObject([{ status: 'invalid' }])
})

test('tokens that were counted before a stream broke are booked, for every try, and nothing else', async () => {
  const end = await run('breaks-after-counting', inCases('B18-cases.csv').slice(0, 1))
  const dollars = (3000 * price.input + price.output) / 1e6
  expect(agents(end)).toMatchObject([
    {
      status: 'invalid',
      usage: { input: 3000, output: 1 },
      cost: { type: 'known', dollars: expect.closeTo(dollars, 10) },
    },
  ])
  const settled = end.log.filter(({ type }) => type === 'settle')
  expect(settled).toMatchObject([
    { tokens: 6 * 3001, cost: { type: 'known', dollars: expect.closeTo(6 * dollars, 10) } },
  ])
  expect(settled[0]).not.toHaveProperty('lost')
})
