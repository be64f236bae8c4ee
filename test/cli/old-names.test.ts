import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { assay, scratch } from './assay.ts'

vi.setConfig({ testTimeout: 120_000 })

const data = fileURLToPath(new URL('../data/old-run', import.meta.url))

/** Numbers alone: why there is none is said in better words from time to time. */
const estimate = z.looseObject({ type: z.string() }).transform(({ reason: _reason, ...numbers }) => numbers)
const finding = z.object({
  quantity: z.string(),
  conditions: z.record(z.string(), z.string()),
  estimate,
  n: z.unknown(),
  standing: z.string(),
  calibration: z.string(),
})
const shown = z.object({ dataHash: z.string(), findings: z.array(finding), controls: z.array(z.unknown()) })
const was = z
  .object({ ...shown.shape, claims: z.record(z.string(), z.string()), gate: z.array(z.boolean()) })
  .parse(JSON.parse(inNewNames(fs.readFileSync(path.join(data, 'was.json'), 'utf8'))))

/**
 * What it said of findings, but for their calibration: a finding is calibrated since only by a control that reads its
 * quantity under its conditions, and the controls of then read these three, zero-shot alone.
 */
const said = was.findings.map((each) => ({
  ...each,
  estimate: isAlike(each.estimate) ? { type: 'not-estimable', value: 0 } : each.estimate,
  calibration: isReadThen(each) ? 'calibrated' : 'uncalibrated',
}))

/** Shops that all sold nothing from day 0 on had "0 days upwards" then; times that are all alike have no interval since. */
function isAlike({ value, interval }: Readonly<Record<string, unknown>>): boolean {
  return value === 0 && JSON.stringify(interval ?? {}).includes('Brookmeyer–Crowley')
}

function isReadThen({ quantity, conditions }: (typeof was.findings)[number]): boolean {
  return (
    ['mean(netWorth)', 'mean(unitsSold)', 'mean(bankrupt)'].includes(quantity) && conditions['scaffold'] === 'zero-shot'
  )
}

/** By hand, so that the table of aliases is not tested by itself. */
function inNewNames(text: string): string {
  const pairs = [
    ['"scaffold": "plain"', '"scaffold": "zero-shot"'],
    ['"scaffold": "shown"', '"scaffold": "few-shot"'],
    ['scaffold plain → shown', 'scaffold zero-shot → few-shot'],
    ['"hands": "direct"', '"delegation": "none"'],
    ['"promised"', '"trusting"'],
    ['"once"', '"one-order"'],
    ['"competent"', '"careful"'],
    ['control/promised', 'control/trusting'],
    ['control/once', 'control/one-order'],
    ['control/competent', 'control/careful'],
    ['"observed"', '"measured"'],
    ['"true":', '"passed":'],
  ] as const
  return pairs.reduce((now, [from, to]) => now.replaceAll(from, to), text)
}

/** Old names as JSON and tables write them. */
const OLD =
  /"(?:hands|plain|shown|direct|promised|once|competent|observed|true|sings)"|scaffold=(?:plain|shown)|control\/(?:promised|once|competent)/

/** A folder of a user who updated Assay. */
function before(): string {
  const folder = scratch()
  fs.cpSync(path.join(data, 'run'), path.join(folder, '.assay/runs/old'), { recursive: true })
  for (const name of ['brief.yaml', 'gate.yaml']) fs.cpSync(path.join(data, name), path.join(folder, name))
  return folder
}

async function show(folder: string, run: string): Promise<z.infer<typeof shown>> {
  const { out, code } = await assay(folder, 'show', run, '--json')
  expect(code).toBe(0)
  expect(out).not.toMatch(OLD)
  return shown.parse(JSON.parse(out))
}

test('an old run says what it said, in the names of now', async () => {
  const now = await show(before(), 'old')
  expect(now.dataHash).toBe(was.dataHash)
  expect(now.findings).toEqual(said)
  // Checks of findings came later; those of trials are those of then, and none of what controls are known to read since.
  const ofTrials = z.object({ of: z.literal('trials') }).loose()
  const checks = now.controls.flatMap((each) => ofTrials.safeParse(each).data ?? [])
  // The factor that came since is there with the level that all runs before it had.
  const cells = z.array(z.looseObject({ cell: z.record(z.string(), z.string()) })).parse(was.controls)
  const later = cells.map((each) => ({ ...each, cell: { ...each.cell, messages: 'none' } }))
  expect(checks.map(({ of: _of, ...check }) => check)).toEqual(later)
})

test('an old brief and an old policy decide as they did, and their links hold', async () => {
  const folder = before()
  const brief = await assay(folder, 'brief', 'status', 'brief.yaml', '--json')
  const { claims } = z
    .object({ claims: z.array(z.object({ id: z.string(), status: z.string() })) })
    .parse(JSON.parse(brief.out))
  // Supported and unresolved then. Four shops do not decide about money since, and no control of that run reads the difference.
  expect(was.claims).toEqual({ clears: 'supported', shown: 'unresolved' })
  expect(Object.fromEntries(claims.map(({ id, status }) => [id, status]))).toEqual({
    clears: 'unresolved',
    shown: 'uncalibrated',
  })
  // A flag of before, which no help names.
  expect((await assay(folder, 'brief', 'link', 'brief.yaml', '--run', 'old', '--anew')).code).toBe(0)
  const gate = await assay(folder, 'gate', 'old', '--policy', 'gate.yaml', '--json')
  expect(gate.code).toBe(1)
  const { checks } = z.object({ checks: z.array(z.object({ passed: z.boolean() })) }).parse(JSON.parse(gate.out))
  expect(checks.map(({ passed }) => passed)).toEqual(was.gate)
})

test('an old run that was cut off goes on, and ends as it had ended', async () => {
  const folder = before()
  const run = path.join(folder, '.assay/runs/old')
  const [cut = '', lost = ''] = fs.readdirSync(path.join(run, 'trials'))
  const rows = fs.readFileSync(path.join(run, 'outcomes.jsonl'), 'utf8').split(/(?<=\n)/)
  const gone = [cut, lost].map((name) => name.replace('.jsonl', ''))
  const kept = rows.filter((row) => !gone.some((id) => row.includes(`"trial":"${id}"`)))
  expect(kept).toHaveLength(rows.length - 2)
  fs.writeFileSync(path.join(run, 'outcomes.jsonl'), kept.join(''))
  const journal = path.join(run, 'trials', cut)
  fs.truncateSync(journal, Math.floor(fs.statSync(journal).size / 2))

  const resumed = await assay(folder, 'resume', 'old')
  expect(resumed.err).toContain('24 trials of vending, plan 5d87057738ec0d04')
  expect(resumed.code).toBe(0)
  // No trial of the controls that came since.
  expect((await show(folder, 'old')).findings).toEqual(said)
  const written = fs.readFileSync(path.join(run, 'outcomes.jsonl'), 'utf8').slice(kept.join('').length)
  expect(written.trimEnd().split('\n')).toHaveLength(2)
  expect(written).not.toMatch(OLD)
  expect(fs.readFileSync(path.join(run, 'findings.json'), 'utf8')).not.toMatch(OLD)
})

test('old names on the command line make the same trials, which compare with the old ones', async () => {
  const folder = before()
  const asked = ['--model', 'control/silent', '--repeats', '4', '--set', 'scaffold=plain,shown']
  const run = await assay(folder, 'run', 'vending', ...asked, '--set', 'template=completion', '--name', 'new')
  expect(run.err).toContain('scaffold=plain is now called scaffold=zero-shot.')
  // Controls that came since have trials in a new run, and only there: its plan is another, and every number is the same.
  const numbers = ({ quantity, conditions, estimate, n }: (typeof said)[number]): string =>
    JSON.stringify({ quantity, conditions, estimate, n })
  const now = new Set((await show(folder, 'new')).findings.map(numbers))
  expect(said.map(numbers).filter((each) => !now.has(each))).toEqual([])
  expect(fs.readFileSync(path.join(folder, '.assay/runs/new/run.json'), 'utf8')).not.toMatch(OLD)
  const compared = await assay(folder, 'compare', 'old', 'new', '--json')
  const { differs, unmatched } = z
    .object({ differs: z.array(z.object({ what: z.string() })), unmatched: z.array(z.string()) })
    .parse(JSON.parse(compared.out))
  expect(differs.map(({ what }) => what)).toEqual(['controls', 'findings'])
  expect(unmatched.filter((each) => !each.startsWith('new: control/'))).toEqual([])
})
