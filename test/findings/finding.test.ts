import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startRun } from '../../src/run/index.ts'
import { analyse, findingsFile } from '../../src/study/index.ts'
import { finding, findingSchema, mean, type Analysed, type Finding } from '../../src/findings/index.ts'
import { publishedSchemas } from '../../src/compare/schemas.ts'
import { loadBuiltIn } from '../../src/studies/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { read } from '../compare/reads.ts'
import { made } from '../report/findings.ts'

const schemas = path.join(import.meta.dirname, '..', '..', 'schemas')

const rate = {
  quantity: 'mean(solved)',
  title: 'share solved',
  kind: 'level',
  subject: { type: 'model', name: 'local/m' },
  unit: 'proportion',
  conditions: { agent: 'local/m' },
  estimate: { type: 'estimate', value: 0.5, interval: { low: 0.2, high: 0.8, level: 0.95, method: 'Wilson' } },
  method: 'Wilson',
  policies: {},
  details: {},
  caveats: [],
  wrongIf: 'the tasks are not like yours',
} as const satisfies Omit<Analysed, 'n'>

const standing = {
  standing: 'planned',
  controls: [],
  provenance: { run: 'r', study: 's', designHash: 'd', dataHash: 'd', version: '0' },
} as const

const n = { trials: 10, tasks: 10, clusters: 10, invalid: 0, missing: 0 }

function values(): Readonly<Record<string, number>> {
  return { total: 1, solved: 1 }
}

describe('a finding', () => {
  // What follows is read by the compiler: if it let a rate pass without its denominator, that would be an error here.
  test('without a denominator does not compile', () => {
    // @ts-expect-error -- no denominator
    const withoutAny = (): Finding => finding(rate, standing)
    // @ts-expect-error -- a denominator without what was left out
    const withoutInvalid = (): Finding => finding({ ...rate, n: { trials: 10, tasks: 10, clusters: 10 } }, standing)
    // @ts-expect-error -- a finding cannot be written down past its constructor without one either
    const byHand: Finding = { ...rate, ...standing, calibration: 'calibrated' }
    expect([withoutAny, withoutInvalid, byHand]).toHaveLength(3)
    expect(finding({ ...rate, n }, standing).n).toEqual(n)
  })

  test.each([
    ['has an estimate but no trials', { n: { ...n, trials: 0 } }],
    ['is no count', { n: { ...n, missing: 0.5 } }],
    ['does not hold its estimate', { estimate: { ...rate.estimate, value: 0.9 } }],
    ['is not a number', { estimate: { ...rate.estimate, value: Number.NaN } }],
  ])('that %s is refused', (_, change) => {
    expect(() => finding({ ...rate, n, ...change }, standing)).toThrow(
      expect.objectContaining({ code: 'study/not-a-finding' }),
    )
  })

  test('whose analysis was not in the hashed plan is exploratory, whoever wrote it', () => {
    const run = read({ run: 'r', values: ({ repeat }) => ({ total: repeat, solved: 1 }) })
    const identity = { run: 'r', version: '0', designHash: run.designHash, design: run.design }
    const late = mean('total', { by: ['agent'], cluster: 'seed' })
    const { findings } = analyse(run.plan, run.outcomes, identity, [late])
    const standings = (quantity: string): ReadonlySet<string> =>
      new Set(findings.filter((each) => each.policies['cluster'] === quantity).map((each) => each.standing))
    expect(standings('task')).toEqual(new Set(['planned']))
    expect(standings('seed')).toEqual(new Set(['exploratory']))
  })

  test('of an unfinished run is partial, and one whose control misread is uncalibrated', () => {
    const partial = read({ run: 'r', values, done: 12 }).reading.findings
    expect(new Set(partial.map((each) => each.standing))).toEqual(new Set(['incomplete']))
    const misread = read({ run: 'r', values, control: 4 }).reading.findings
    expect(new Set(misread.map((each) => each.calibration))).toEqual(new Set(['uncalibrated']))
  })
})

describe('the published schemas', () => {
  test('are what the source says (npm run schemas writes them)', () => {
    for (const [name, text] of publishedSchemas()) expect(fs.readFileSync(path.join(schemas, name), 'utf8')).toBe(text)
  })

  test('hold for every finding of a real run, as JSON', async () => {
    const study = await loadBuiltIn('vending')
    if (study === undefined) throw new Error('vending does not load')
    const { reading } = await startRun(
      {
        study,
        request: { models: [], set: {}, repeats: 4, seed: 's', controls: 'only', sampling: {}, limits: {} },
        run: 'r',
        folder: path.join(temporaryFolder(), 'r'),
      },
      options,
      effectsWith(() => {
        throw new Error('no model is asked')
      }),
    )
    const published: unknown = JSON.parse(fs.readFileSync(path.join(schemas, 'finding.json'), 'utf8'))
    const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(published))
    expect(reading.findings.length).toBeGreaterThan(20)
    for (const each of reading.findings) {
      const written: unknown = JSON.parse(JSON.stringify(each))
      expect(schema.safeParse(written)).toMatchObject({ success: true })
      expect(findingSchema.parse(written)).toEqual(each)
    }
    const { n: _, ...without } = JSON.parse(JSON.stringify(reading.findings[0]))
    expect(schema.safeParse(without).success).toBe(false)
  })

  test('hold for findings.json, where control checks stand once and no replicate does', () => {
    const replicates = Array.from({ length: 1000 }, (_, i) => i / 1000)
    const estimate = { ...rate.estimate, replicates }
    const drawn = finding({ ...rate, n, estimate }, standing)
    const control = made().controls
    const reading = { findings: [{ ...drawn, controls: control }], controls: control, unreadable: [], complete: true }
    const text = findingsFile({ ...reading, dataHash: 'd' })
    expect(text).not.toContain('replicates')
    const file = z.object({ format: z.literal(3), findings: z.array(z.json()) }).parse(JSON.parse(text))
    expect(file.findings.map((each) => findingSchema.parse(each))).toEqual([{ ...drawn, controls: [] }])
    expect(text.split('"idle"')).toHaveLength(2)
  })

  test('write a bound without an end as null, and read it back', () => {
    const open = made({ value: 12, low: 10, high: Infinity })
    const written: unknown = JSON.parse(JSON.stringify(open))
    expect(written).toMatchObject({ estimate: { interval: { high: null } } })
    expect(findingSchema.parse(written)).toEqual(open)
  })
})
