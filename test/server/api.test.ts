import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  EventList,
  OutcomePage,
  RunList,
  RunPage,
  RunPairs,
  SearchResult,
  TrialOverview,
} from '../../src/server/api.ts'
import type { Viewer } from '../../src/server/index.ts'
import { outcomesCsv } from '../../src/server/csv.ts'
import { outcomeTable } from '../../src/server/outcome-table.ts'
import { fits } from '../../src/server/select-rows.ts'
import { sentEvent, LONGEST_TEXT } from '../../src/server/sent-event.ts'
import { ask, toyRuns, toyViewer, type ToyRuns } from './toy-runs.ts'

let toy: ToyRuns
let viewer: Viewer
beforeAll(async () => {
  toy = await toyRuns()
  viewer = toyViewer(toy.source)
})
afterAll(() => fs.rmSync(toy.runs, { recursive: true }))

/** The body, which our own routes gave the type. */
async function got<T>(address: string, status = 200): Promise<T> {
  const response = await ask(viewer, address)
  expect(response.status, address).toBe(status)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the route's own type, checked by what is read of it
  return (await response.json()) as T
}

describe('the API', () => {
  test('lists runs with what they cost, and names folders that it cannot read', async () => {
    fs.mkdirSync(path.join(toy.runs, 'broken'))
    fs.writeFileSync(path.join(toy.runs, 'broken', 'run.json'), '{')
    const { runs, unreadable } = await got<RunList>('/api/runs')
    expect(runs).toMatchObject([{ run: 'toy-1', study: 'toy', status: 'finished', done: 40, planned: 40, invalid: 0 }])
    expect(runs[0]?.dollars).toBeGreaterThan(0)
    expect(unreadable).toMatchObject([{ run: 'broken', why: expect.stringContaining('run.json is not JSON') }])
    fs.rmSync(path.join(toy.runs, 'broken'), { recursive: true })
  })

  test('a run folder that was copied under another name has an address of its own', async () => {
    const copy = 'backup of <b>'
    fs.cpSync(path.join(toy.runs, 'toy-1'), path.join(toy.runs, copy), { recursive: true })
    const { runs } = await got<RunList>('/api/runs')
    expect(runs.map(({ run }) => run).toSorted()).toEqual([copy, 'toy-1'])
    expect((await got<RunPage>(`/api/runs/${encodeURIComponent(copy)}`)).row.run).toBe(copy)
    fs.rmSync(path.join(toy.runs, copy), { recursive: true })
  })

  test('a brief finds the run that it names in a folder that was renamed', async () => {
    const runs = fs.mkdtempSync(path.join(toy.runs, '..', 'renamed-'))
    fs.cpSync(path.join(toy.runs, 'toy-1'), path.join(runs, 'kept'), { recursive: true })
    const file = path.join(runs, 'brief.yaml')
    fs.writeFileSync(
      file,
      `title: T
claims:
  - id: a
    text: It adds up.
    test: { study: toy, quantity: mean(total), unit: count, direction: above, threshold: 1, setAt: 2020-01-01T00:00:00Z }
    finding: { run: toy-1, data: '0123456789abcdef', test: '0123456789abcdef' }
takeaways: [a]
`,
    )
    const renamed = toyViewer({ ...toy.source, runs, briefs: () => [{ name: 'brief.yaml', file }] })
    const said = await (await ask(renamed, '/api/briefs/brief.yaml')).text()
    expect(said).toContain('findings answer the test')
    expect(said).not.toContain('is not here')
    renamed.close()
    fs.rmSync(runs, { recursive: true })
  })

  test('gives a run with its findings in words', async () => {
    const page = await got<RunPage>('/api/runs/toy-1')
    expect(page.reading.complete).toBe(true)
    expect(page.findings.length).toBeGreaterThan(3)
    expect(page.findings[0]?.paragraph).toContain('wrong')
    expect(page.series).toEqual(['Total'])
  })

  test('filters, sorts and pages outcomes', async () => {
    const all = await got<OutcomePage>('/api/runs/toy-1/outcomes?count=1000')
    expect(all.total).toBe(40)
    const at = (name: string): number => all.columns.findIndex((column) => column.name === name)
    const some = await got<OutcomePage>(
      '/api/runs/toy-1/outcomes?where.agent=test/toy&where.size==small&sort=-total&count=3&from=1',
    )
    expect(some.matching).toBe(10)
    const totals = all.rows
      .filter((row) => row[at('agent')] === 'test/toy' && row[at('size')] === 'small')
      .map((row) => Number(row[at('total')]))
      .toSorted((a, b) => b - a)
    expect(some.rows.map((row) => row[at('total')])).toEqual(totals.slice(1, 4))
    const response = await ask(viewer, '/api/runs/toy-1/outcomes.csv?where.status=completed')
    expect((await response.text()).trim().split('\n')).toHaveLength(41)
  })

  test('a run opens with its answer, what it is worth, and every finding under its question', async () => {
    const page = await got<RunPage>('/api/runs/toy-1')
    expect(page.answer.answer?.parts.map(({ text }) => text).join('')).toMatch(
      /: test\/toy [\d.]+ \([\d.]+ to [\d.]+\)$/,
    )
    expect(page.trust.map(({ name }) => name)).toEqual(['Controls', 'Check', 'Precision', 'How trials ended', 'Plan'])
    expect(page.trust.map(({ status }) => status)[0]).toBe('good')
    const members = page.groups.flatMap((group) => group.members)
    expect(members.toSorted((a, b) => a - b)).toEqual([...page.findings.keys()])
    expect(page.groups[0]?.section).toBe('headline')
    const trials = page.ends.flatMap(({ ends }) => ends.map((each) => each.trials)).reduce((sum, each) => sum + each, 0)
    expect(trials).toBe(page.row.done)
    expect(await got<readonly string[]>('/api/agents')).toEqual(['test/toy'])
    await expect
      .poll(async () => (await got<RunList>('/api/runs')).runs.map(({ glance }) => glance?.spark?.marks.length), {
        timeout: 5000,
      })
      .toEqual([1])
  })

  test('pairs two levels, and says that nobody planned it', async () => {
    const { findings: found } = await got<RunPairs>(
      '/api/runs/toy-1/pairs?measure=total&factor=size&from=small&to=middle',
    )
    expect(found[0]?.finding.standing).toBe('exploratory')
    const { findings: agents } = await got<RunPairs>(
      '/api/runs/toy-1/pairs?measure=total&factor=agent&from=control/ten&to=test/toy',
    )
    expect(agents.length).toBeGreaterThan(0)
    expect(agents[0]?.estimate).toMatch(/^\+/)
    await got('/api/runs/toy-1/pairs?measure=constructor&factor=size&from=small&to=middle', 404)
  })

  test('draws figures', async () => {
    for (const address of ['figures/series/0', `figures/quantity?quantity=${encodeURIComponent('mean(total)')}`]) {
      const response = await ask(viewer, `/api/runs/toy-1/${address}`)
      expect(response.headers.get('content-type')).toContain('image/svg+xml')
      expect(await response.text()).toMatch(/^<svg/)
    }
    await got('/api/runs/toy-1/figures/series/9', 404)
  })

  test('gives a trial at a glance, its events by range, what the world was, and what was searched', async () => {
    const { rows, columns } = await got<OutcomePage>('/api/runs/toy-1/outcomes?where.agent=test/toy&count=1')
    const trial = String(rows[0]?.[columns.findIndex(({ name }) => name === 'trial')])
    const overview = await got<TrialOverview>(`/api/runs/toy-1/trials/${trial}`)
    const { events, total } = await got<EventList>(`/api/runs/toy-1/trials/${trial}/events?from=2&to=5`)
    expect(events.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(overview).toMatchObject({ trial, total, counts: { 'trial.start': 1, 'trial.end': 1 } })
    expect(overview.world.map(({ name }) => name)).toEqual(['total', 'adds'])
    expect(overview.spent.find(({ name }) => name === 'tokens')?.points.at(-1)?.[1]).toBeGreaterThan(500)
    const found = await got<SearchResult>(`/api/runs/toy-1/trials/${trial}/search?text=THE%20TOTAL%20IS`)
    expect(found.hits.length).toBe(overview.counts['tool.call']! - 1)
    const last = await got<{ view: { adds: number } }>(`/api/runs/toy-1/trials/${trial}/world?at=${total - 1}`)
    expect(last.view.adds).toBe(overview.counts['tool.call']! - 1)
    const text = await ask(viewer, `/api/runs/toy-1/trials/${trial}/events/1/text`)
    expect(text.headers.get('content-disposition')).toContain('attachment')
  })

  test('tells unknown runs, trials, studies, events and addresses in one line each', async () => {
    for (const address of [
      '/api/runs/none',
      '/api/runs/toy-1/trials/none',
      '/api/studies/none',
      '/api/none',
      '/api/compare?first=toy-1&second=none',
    ]) {
      const { error } = await got<{ error: { message: string } }>(address, 404)
      expect(error.message).toMatch(/^There is n/)
    }
    await got('/api/runs/toy-1/outcomes?from=-1', 422)
  })
})

describe('a filter', () => {
  test.each([
    [3, '>2', true],
    [3, '>= 3', true],
    [3, '<3', false],
    [null, '<3', false],
    [null, 'empty', true],
    ['Shown', 'sho', true],
    ['Shown', '=sho', false],
    ['Shown', '= shown', true],
    ['Shown', '!sho', false],
    ['a', '', true],
  ])('%j fits %j: %j', (value, filter, answer) => expect(fits(value, filter)).toBe(answer))
})

test('a spreadsheet is given no formulas', () => {
  const row = {
    trial: 't',
    agent: '=1+1',
    control: false,
    cell: { '@x': '+y', z: 'a,"b"\nc' },
    task: '-z',
    repeat: 0,
    seed: 's',
    status: 'completed',
    stop: 'said',
    values: { gain: -3 },
    turns: 1,
    usage: {},
    cost: { type: 'unknown', why: 'x' },
    snapshots: [],
    events: 1,
    times: { startedAt: 0, wallMs: 0, workingMs: 0 },
  } as const
  const text = outcomesCsv(outcomeTable([row]), { where: {} })
  expect(text).toContain("'=1+1")
  expect(text).toContain("'+y")
  expect(text).toContain('"a,""b""\nc"')
  expect(text).toContain(',-3,')
})

test('a message of fifty million characters is sent as its first few', () => {
  const event = sentEvent({
    seq: 0,
    v: 1,
    at: 0,
    type: 'message',
    message: { role: 'user', text: 'x'.repeat(50_000_000) },
  })
  expect(event.shortened).toBe(50_000_000)
  expect(JSON.stringify(event).length).toBeLessThan(LONGEST_TEXT + 200)
})
