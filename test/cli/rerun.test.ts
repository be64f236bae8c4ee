import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { failedOnly } from '../../src/cli/rerun.ts'
import { deleteRun, readOneRun, runNames } from '../../src/project/index.ts'
import { lockRun } from '../../src/record/index.ts'
import { startRun } from '../../src/run/index.ts'
import { answering, caseRun } from '../exchange/case-run.ts'
import { effectsWith, options } from '../run/effects.ts'
import { assay, scratch } from './assay.ts'

const csv = 'id,prompt,expected,check\none,A?,a,contains\ntwo,B?,b,contains\nthree,C?,c,contains\n'
const model = answering('test/a', { 'A?': 'a', 'B?': 'no' })
const nothing = { models: [], set: {}, seed: '1', controls: 'with', sampling: {}, limits: {} } as const

describe('--rerun failed', () => {
  test('takes the cases that failed in the newest run, with its models, and what comes of it is exploratory', async () => {
    const one = await caseRun('first', csv, [model])
    const runs = path.dirname(one.folder)
    const request = await failedOnly(one.plan.study, nothing, {}, runs)
    expect(request).toMatchObject({ models: ['test/a'], tasks: ['three', 'two'], failedIn: 'first' })
    const folder = path.join(runs, 'again')
    const asked = { study: one.plan.study, studyFile: path.join(runs, 'q.csv'), request, run: 'again', folder }
    const end = await startRun(
      asked,
      options,
      effectsWith(() => model),
    )
    expect(new Set(end.outcomes.map(({ task }) => task))).toEqual(new Set(['two', 'three']))
    const [finding] = end.reading.findings
    expect(finding?.standing).toBe('exploratory')
    expect(finding?.caveats.join()).toContain('only cases that failed in first were run')
    // It is read as it was planned, and is itself no run to take failures from.
    expect((await readOneRun('again', {}, runs)).reading.complete).toBe(true)
    expect(await failedOnly(one.plan.study, nothing, {}, runs)).toMatchObject({ failedIn: 'first' })
  })

  test('is refused where nothing was run, or nothing failed', async () => {
    const one = await caseRun('fine', csv, [answering('test/b', { 'A?': 'a', 'B?': 'b', 'C?': 'c' })])
    const runs = path.dirname(one.folder)
    await expect(failedOnly(one.plan.study, nothing, {}, runs)).rejects.toThrow('Nothing failed in fine')
    await expect(failedOnly(one.plan.study, nothing, {}, scratch())).rejects.toThrow('There is no run of q in')
  })
})

describe('runs --delete', () => {
  test('deletes the run of this very name, and nothing that a link leads to', async () => {
    const { folder } = await caseRun('gone', csv, [model])
    const runs = path.dirname(folder)
    const outside = scratch()
    fs.writeFileSync(path.join(outside, 'keep.txt'), 'x')
    fs.symlinkSync(outside, path.join(folder, 'link'))
    fs.symlinkSync(folder, path.join(runs, 'alias'))
    expect(() => deleteRun('gon', runs)).toThrow(/There is no run "gon" in .* Did you mean gone\?/)
    expect(() => deleteRun('alias', runs)).toThrow('links are left alone')
    expect(() => deleteRun('../gone', runs)).toThrow('There is no run')
    deleteRun('gone', runs)
    expect(runNames(runs)).toEqual([])
    expect(fs.readdirSync(outside)).toEqual(['keep.txt'])
    expect(fs.readdirSync(runs).filter((name) => name.includes('gone'))).toEqual([])
  })

  test('refuses a run that a process is writing', async () => {
    const { folder } = await caseRun('busy', csv, [model])
    const lock = lockRun(folder)
    try {
      expect(() => deleteRun('busy', path.dirname(folder))).toThrow(/is working on/)
    } finally {
      lock.release()
    }
    expect(fs.existsSync(path.join(folder, 'run.json'))).toBe(true)
  })

  test('says what it did', async () => {
    const { folder } = await caseRun('old', csv, [model])
    const here = scratch()
    const said = await assay(here, 'runs', '--delete', 'old', '--out', path.dirname(folder), '--json')
    expect(said).toMatchObject({ code: 0, out: '{\n  "deleted": "old"\n}\n' })
    const again = await assay(here, 'runs', '--delete', 'old', '--out', path.dirname(folder))
    expect(again.code).toBe(2)
  })
})
