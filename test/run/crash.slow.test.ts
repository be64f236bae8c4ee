import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { allEvents, randomFrom, readOutcomes, readRunLog, runPaths, type RunPaths } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { child, timeless } from './processes.ts'
import { toyServer, type Asked } from './toy-server.ts'

const KILLS = 50

/** Replies that stand in the journals, by trial's prompt. */
function journaled(paths: RunPaths): ReadonlyMap<string, number> {
  const folder = path.dirname(paths.trial('x'))
  const counts = new Map<string, number>()
  if (!fs.existsSync(folder)) return counts
  for (const file of fs.readdirSync(folder)) {
    let prompt: string | undefined
    let control = false
    let calls = 0
    for (const { event } of allEvents(path.join(folder, file))) {
      if (event.type === 'trial.start') control = event.cell['agent']?.startsWith('control/') === true
      if (event.type === 'message' && event.message.role === 'user') prompt ??= event.message.text
      if (event.type === 'model.call') calls++
    }
    if (prompt !== undefined && !control) counts.set(prompt, calls)
  }
  return counts
}

function lines(file: string): readonly string[] {
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n')
}

test('killed fifty times and resumed each time, a run ends as if nothing had happened', async () => {
  const server = await toyServer()
  const folder = temporaryFolder()
  const calm = runPaths(path.join(folder, 'calm'))
  const rough = runPaths(path.join(folder, 'rough'))
  try {
    const undisturbed = await child('start', calm.folder, server.model).end
    expect(undisturbed).toMatchObject({ code: 0, said: '' })
    const needed = server.asked.length
    expect(needed).toBeGreaterThan(300)
    server.asked.length = 0

    const random = randomFrom('crash', 50)
    const epochs: (readonly Asked[])[] = []
    let kills = 0
    let inRun = 0
    for (;;) {
      const before = journaled(rough)
      const first = server.asked.length
      const { process: running, end } = child(
        fs.existsSync(rough.record) ? 'resume' : 'start',
        rough.folder,
        server.model,
      )
      let timer: NodeJS.Timeout | undefined
      const kill = (): void => void running.kill('SIGKILL')
      if (kills < KILLS) {
        if (random() < 0.15) {
          // Any moment at all: while it loads, opens the folder or replays.
          timer = setTimeout(kill, random() * 600)
        } else {
          let left = 1 + Math.floor(random() * 9)
          const after = random() * 20
          server.onAsked = () => {
            if (--left === 0) timer = setTimeout(kill, after)
          }
        }
      }
      const ended = await end
      clearTimeout(timer)
      server.onAsked = undefined
      const asked = server.asked.slice(first)
      epochs.push(asked)

      // No journaled step is asked again; whatever is asked is asked once in the life of a process.
      for (const { prompt, turn } of asked) expect(turn).toBeGreaterThanOrEqual(before.get(prompt) ?? 0)
      expect(new Set(asked.map(({ prompt, turn }) => `${prompt}/${turn}`)).size).toBe(asked.length)

      if (ended.signal === 'SIGKILL') {
        kills++
        if (asked.length > 0) inRun++
        continue
      }
      expect(ended).toMatchObject({ code: 0, said: '' })
      expect(kills).toBe(KILLS)
      expect(inRun).toBeGreaterThan(35)

      // At most one call per trial was in flight at each kill, and is asked again.
      const seen = new Set<string>()
      let repeated = 0
      for (const epoch of epochs) {
        const again = epoch.filter(({ prompt, turn }) => seen.has(`${prompt}/${turn}`))
        expect(new Set(again.map(({ prompt }) => prompt)).size).toBe(again.length)
        repeated += again.length
        for (const { prompt, turn } of epoch) seen.add(`${prompt}/${turn}`)
      }
      expect(seen.size).toBe(needed)
      expect(server.asked.length).toBe(needed + repeated)
      expect(repeated).toBeGreaterThan(20)

      // And charged: every call that was sent had been set aside, and what nobody settled stays so.
      const log = readRunLog(rough)
      const reserved = log.filter((event) => event.type === 'reserve')
      const settled = log.filter((event) => event.type === 'settle')
      expect(reserved.length).toBeGreaterThanOrEqual(server.asked.length)
      expect(settled.length).toBe(needed)
      expect(new Set(settled.map(({ call }) => call)).size).toBe(needed)
      expect(new Set(reserved.map(({ call }) => call)).size).toBe(reserved.length)
      const receipts = new Set(settled.map(({ call }) => call))
      const lost = reserved.filter(({ call }) => !receipts.has(call))
      expect(lost.length).toBeGreaterThanOrEqual(repeated)
      const dollars =
        settled.reduce((sum, { cost }) => sum + (cost.type === 'known' ? cost.dollars : NaN), 0) +
        lost.reduce((sum, call) => sum + call.dollars, 0)
      expect(JSON.parse(ended.out)).toMatchObject({ spent: { dollars: expect.closeTo(dollars, 9) } })
      break
    }

    const rows = lines(rough.outcomes)
    expect(rows).toHaveLength(40)
    expect(timeless(readOutcomes(rough))).toEqual(timeless(readOutcomes(calm)))
    expect(new Set(readOutcomes(rough).map(({ trial }) => trial)).size).toBe(40)
    expect(JSON.parse(fs.readFileSync(rough.findings, 'utf8'))).toEqual(
      JSON.parse(fs.readFileSync(calm.findings, 'utf8')),
    )
    for (const { trial, events } of readOutcomes(rough)) {
      const all = [...allEvents(rough.trial(trial))].map(({ event }) => event)
      expect(all).toHaveLength(events)
      expect(all.filter(({ type }) => type === 'trial.start' || type === 'trial.end')).toHaveLength(2)
    }
  } finally {
    await server.close()
  }
})
