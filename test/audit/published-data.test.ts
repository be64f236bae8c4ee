import { expect, test } from 'vitest'
import { type Audit, audit, type AuditOptions, readPublished } from '../../src/audit/index.ts'
import { readMap, readRecode } from '../../src/rows/index.ts'
import type { Finding } from '../../src/findings/index.ts'

const auditData = (
  name: string,
  options: Omit<AuditOptions, 'version'>,
  published: readonly string[] = [],
): Promise<Audit> => audit(`test/data/${name}`, { ...options, published: readPublished(published), version: 'test' })

function value({ findings }: Audit, quantity: string, where: Readonly<Record<string, string>> = {}): number {
  const found = findings.filter(
    (each) =>
      each.quantity === quantity && Object.entries(where).every(([key, level]) => each.conditions[key] === level),
  )
  expect(found.map((each) => each.quantity)).toEqual([quantity])
  return found[0]?.estimate.value ?? NaN
}

const interval = (finding: Finding | undefined): readonly [number, number] =>
  finding?.estimate.type === 'estimate' ? [finding.estimate.interval.low, finding.estimate.interval.high] : [NaN, NaN]

test('τ-bench: pass^1 to pass^4 of gpt-4o on airline tasks 0–19 (recomputed: .2500 .1167 .1000 .1000)', async () => {
  const made = await auditData(
    'tau-bench/rows.csv',
    { kind: 'rate', map: readMap(['task=task_id', 'score=reward', 'repeat=trial']) },
    ['pass^1=0.2500', 'pass^2=0.1167', 'pass^3=0.1000', 'pass^4=0.1000', 'rate=0.25'],
  )
  expect(made.published.map((each) => each.agrees)).toEqual([true, true, true, true, true])
  expect(value(made, 'pass^2')).toBeCloseTo(7 / 60, 12)
  expect(made.findings[0]?.n).toEqual({ trials: 80, tasks: 20, clusters: 20, invalid: 0, missing: 0 })
  expect(made.report).toEqual([])
})

const PAIR_ROWS =
  'select *, behavior_index as "case", jailbroken as success, coalesce(queries_to_jailbreak, number_of_queries) as spend, 90 as cap, method as attack, model as target from rows'

test('JailbreakBench: PAIR on vicuna-13b succeeds in 5 16 26 40 50 63 69 of 100 within 1 5 10 20 30 60 90 queries', async () => {
  const at = [1, 5, 10, 20, 30, 60, 90]
  const successes = [5, 16, 26, 40, 50, 63, 69]
  const made = await auditData(
    'jailbreakbench/rows.csv',
    { kind: 'budget', sql: PAIR_ROWS },
    at.map((queries, i) => `success@${queries}=${successes[i]}%`),
  )
  expect(made.published.every((each) => each.agrees)).toBe(true)
  for (const [i, queries] of at.entries())
    expect(value(made, `success@${queries}`)).toBeCloseTo((successes[i] ?? 0) / 100, 12)
  // Thirteen attacks ended early, content with a success that the judge of record does not grant.
  expect(made.report.find((item) => item.check === 'status')).toMatchObject({ count: 13 })
  expect(made.findings.find((each) => each.quantity === 'success@90')?.policies['gaveUp']).toContain('13 stopped')
})

test('JailbreakBench: the other judge explains 82%', async () => {
  const sql =
    'select behavior_index as "case", judge, success from (unpivot rows on jailbroken, jailbroken_llama_guard1 into name judge value success)'
  const made = await auditData('jailbreakbench/rows.csv', { kind: 'budget', sql }, ['success@jailbroken=82%'])
  expect(made.published[0]).toMatchObject({ agrees: false, explainedBy: [{ policy: 'judge jailbroken_llama_guard1' }] })
})

const TRAVEL = {
  kind: 'layers',
  where: "attack <> 'none' and user_task not like 'injection_task%'",
  sql: 'select "#", user_task || \'/\' || injection_task as "case", pipeline as layer, security as breached, utility, user_task as stratum from rows',
} as const

test('AgentDojo, travel suite: 16, 10 and 8 of 140 goals reached; 90, 101 and 98 tasks done under attack', async () => {
  const made = await auditData('agentdojo/rows.csv', TRAVEL)
  expect(made.counts).toEqual({ file: 501, table: 420, kept: 420, leftOut: 81 })
  for (const [layer, breached, useful] of [
    ['gpt-4o-2024-05-13', 16, 90],
    ['gpt-4o-2024-05-13-repeat_user_prompt', 10, 101],
    ['gpt-4o-2024-05-13-tool_filter', 8, 98],
  ] as const) {
    expect(value(made, 'breach', { layer })).toBeCloseTo(breached / 140, 12)
    expect(value(made, 'utility', { layer })).toBeCloseTo(useful / 140, 12)
  }
  expect(value(made, 'joint')).toBeCloseTo(1 / 140, 12)
})

test('AgentDojo: 47.69% is of the whole benchmark, and no policy makes the travel suite give it', async () => {
  const made = await auditData('agentdojo/rows.csv', TRAVEL, ['breach@gpt-4o-2024-05-13=47.69%'])
  expect(made.published[0]).toMatchObject({ agrees: false, explainedBy: [] })
})

test('PandaLM: κ of annotators on 200 pairs, each interval holding the published κ of all 999 (.85 .88 .86)', async () => {
  const sql =
    'select idx as item, rater, label from (unpivot rows on annotator1, annotator2, annotator3 into name rater value label)'
  const made = await auditData('pandalm-human-pairs/rows.csv', { kind: 'agree', sql })
  const expected = {
    '1, annotator2': [0.8393778, 0.85],
    '1, annotator3': [0.8799931, 0.88],
    '2, annotator3': [0.9069059, 0.86],
  }
  for (const [raters, [own, published]] of Object.entries(expected)) {
    const name = `kappa(annotator${raters})`
    expect(value(made, name)).toBeCloseTo(own ?? NaN, 6)
    const [low, high] = interval(made.findings.find((each) => each.quantity === name))
    expect(low).toBeLessThan(published ?? NaN)
    expect(high).toBeGreaterThan(published ?? NaN)
  }
})

test('PandaLM: four of a judge’s verdicts are no verdict, and none of them is taken for a tie', async () => {
  const made = await auditData('pandalm-human-pairs/rows.csv', {
    kind: 'pairs',
    map: readMap(['pair=idx', 'verdict=gpt35_vote', 'left=model_a', 'right=model_b']),
    recode: readRecode(['verdict:1=left,2=right,Tie=tie']),
  })
  expect(made.counts).toMatchObject({ table: 200, kept: 196 })
  expect(made.report[0]).toMatchObject({ check: 'no-verdict', count: 4 })
  expect(made.report[0]?.text).toContain('"garbage"')
})

test('SWE-Lancer: 198 prices make $189,300, and the dearest task $32,000', async () => {
  const made = await auditData(
    'swe-lancer/prices.csv',
    { kind: 'earnings', sql: 'select issue_id as task, price_usd as price, 0 as score from rows' },
    ['offered=$189,300'],
  )
  expect(made.published[0]?.agrees).toBe(true)
  const offered = made.findings.find((each) => each.quantity === 'offered')
  expect(offered?.estimate.value).toBe(18_930_000)
  expect(offered?.details['dearest']).toBe(3_200_000)
})

// Published: leaderboards/data_AlpacaEval_2/weighted_alpaca_eval_gpt4_turbo_leaderboard.csv of tatsu-lab/alpaca_eval,
// columns win_rate and discrete_win_rate.
test('AlpacaEval: win rates of claude-2 and gemma-2b-it, to the last digit', async () => {
  const sql = 'select "#", model as agent, row as task, preference - 1 as score from rows'
  const made = await auditData('alpaca-eval/rows.csv', { kind: 'rate', sql }, [
    'rate@claude-2=17.188240356708%',
    'rate@gemma-2b-it=3.401971438137%',
  ])
  expect(made.published.map((each) => each.agrees)).toEqual([true, true])
})

test('AlpacaEval: the discrete win rate counts ties as halves', async () => {
  const sql =
    "select \"#\", model || '/' || row as pair, row as task, model as \"left\", 'reference' as \"right\", case when preference > 1.5 then 'left' when preference < 1.5 then 'right' else 'tie' end as verdict from rows"
  const made = await auditData('alpaca-eval/rows.csv', { kind: 'pairs', sql }, [
    'half-ties@claude-2=16.3354037267%',
    'half-ties@gemma-2b-it=2.8571428571%',
    'wins@claude-2=16.3354037267%',
  ])
  expect(made.published.map((each) => each.agrees)).toEqual([true, true, false])
  expect(made.published[2]?.explainedBy).toMatchObject([{ policy: 'ties as half wins' }])
})

test('SWE-bench Pro: tasks of unlike runs are counted, and absent ones as failures are a policy', async () => {
  const map = readMap(['task=instance_id', 'score=resolved', 'agent=run'])
  const made = await auditData('swe-bench-pro/rows.csv', { kind: 'rate', map }, ['rate@gpt-4o-paper=4.93%'])
  expect(value(made, 'rate', { agent: 'gpt-4o-paper' })).toBeCloseTo(36 / 619, 12)
  expect(value(made, 'rate', { agent: 'gptoss-paper' })).toBeCloseTo(118 / 728, 12)
  expect(made.published[0]?.explainedBy.map((each) => each.policy)).toEqual([
    'tasks that only other agents did counted as failures, and the mean of task means',
  ])
  expect(made.report).toMatchObject([{ check: 'cells', count: 113 }])
})

test('EVMbench: awards of 120 findings sum to $217,758.75', async () => {
  const made = await auditData('evmbench/rows.csv', {
    kind: 'earnings',
    sql: "select audit || '/' || vuln as task, award_usd as price, 0 as score from rows",
  })
  expect(value(made, 'offered')).toBeCloseTo(21_775_875, 4)
})

test('HarmBench: a list of behaviours without outcomes fits no kind', async () => {
  await expect(auditData('harmbench/rows.csv', { kind: 'budget' })).rejects.toThrow(/need case, success/)
})
