import fs from 'node:fs'
import path from 'node:path'
import { refused, step, type Scene } from './play.ts'

/** The audits of docs/audits.md, and one on made rows for each kind that no public table here is of. */
export const audits: Scene = {
  name: 'audits',
  files: writeRows,
  steps: [
    step(
      'τ-bench',
      'audit data/tau-bench/rows.csv --as rate --map task=task_id --map score=reward --map repeat=trial --published pass^1=.2500 --published pass^4=.1000',
    ),
    step(
      'SWE-bench Pro',
      'audit data/swe-bench-pro/rows.csv --as rate --map task=instance_id --map score=resolved --map agent=run --published rate@gpt-4o-paper=4.9%',
    ),
    step(
      'AlpacaEval',
      'audit data/alpaca-eval/rows.csv --as rate --published rate@claude-2=17.188240% --published rate@gemma-2b-it=3.401971% --sql',
      'select "#", model as agent, row as task, preference - 1 as score from rows',
    ),
    step(
      'AlpacaEval as pairs',
      'audit data/alpaca-eval/rows.csv --as pairs --published half-ties=16.335404% --published wins=17.188240%',
      '--where',
      "model = 'claude-2'",
      '--sql',
      "select row as pair, case when preference > 1.5 then 'left' when preference < 1.5 then 'right' else 'tie' end as verdict from rows",
    ),
    step(
      'JailbreakBench',
      'audit data/jailbreakbench/rows.csv --as budget --published success@1=5% --published success@30=50% --published success@90=69% --sql',
      'select *, behavior_index as "case", jailbroken as success, coalesce(queries_to_jailbreak, number_of_queries) as spend, 90 as cap, method as attack, model as target from rows',
    ),
    step(
      'JailbreakBench by judge',
      'audit data/jailbreakbench/rows.csv --as budget --published success@jailbroken=82% --sql',
      'select behavior_index as "case", judge, success from (unpivot rows on jailbroken, jailbroken_llama_guard1 into name judge value success)',
    ),
    step(
      'AgentDojo',
      'audit data/agentdojo/rows.csv --as layers --published breach@gpt-4o-2024-05-13=47.69%',
      '--where',
      "attack <> 'none' and user_task not like 'injection_task%'",
      '--sql',
      `select "#", user_task || '/' || injection_task as "case", pipeline as layer, security as breached, utility, user_task as stratum from rows`,
    ),
    step(
      'PandaLM agreement',
      'audit data/pandalm-human-pairs/rows.csv --as agree',
      '--sql',
      'select idx as item, rater, label from (unpivot rows on annotator1, annotator2, annotator3 into name rater value label)',
      '--published',
      'kappa(annotator1, annotator3)=.88',
      '--published',
      'kappa(annotator1, annotator2)=.85',
    ),
    step(
      'PandaLM pairs',
      'audit data/pandalm-human-pairs/rows.csv --as pairs --map pair=idx --map verdict=gpt35_vote --map left=model_a --map right=model_b --recode verdict:1=left,2=right,Tie=tie --where',
      "model_a = 'bloom-7b' and model_b = 'pythia-6.9b'",
    ),
    step(
      'SWE-Lancer',
      'audit data/swe-lancer/prices.csv --as earnings --published offered=$189,300 --sql',
      'select issue_id as task, price_usd as price, 0 as score from rows',
    ),
    step(
      'EVMbench',
      'audit data/evmbench/rows.csv --as earnings --sql',
      "select audit || '/' || vuln as task, audit as cluster, award_usd as price, 0 as score from rows",
    ),
    refused('HarmBench is refused', 'audit data/harmbench/rows.csv --as budget'),
    step('made rates by suite', 'audit rate.jsonl --as rate --by suite --published rate@suite-0/a=0.5'),
    step('made horizon', 'audit horizon.jsonl --as horizon'),
    step('made leads', 'audit lead.jsonl --as lead'),
    step('made generality', 'audit generality.jsonl --as generality'),
    step(
      'made monitors',
      'audit detect.jsonl --as detect',
      '--published',
      'precision@5%, prevalence 10%@reasoning=0.5',
    ),
    step('made earnings', 'audit earnings.jsonl --as earnings'),
    step('made layers', 'audit layers.jsonl --as layers'),
    step('made attacks', 'audit budget.jsonl --as budget'),
  ],
}

/** Rows whose numbers are drawn by a rule that stands here whole, so that nothing else can move them. */
function writeRows(folder: string): void {
  for (const [name, rows] of Object.entries(madeRows()))
    fs.writeFileSync(path.join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

type Row = Readonly<Record<string, string | number>>

function madeRows(): Readonly<Record<string, readonly Row[]>> {
  const dates = ['2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01']
  return {
    rate: each(3, 20).map(([suite, task]) => ({
      task: `${suite}/${task}`,
      suite: `suite-${suite}`,
      agent: task % 2 === 0 ? 'a' : 'b',
      score: drawn(1, suite, task) < 0.25 * (suite + 1) ? 1 : 0,
      cost: 0.5 + drawn(2, suite, task),
    })),
    horizon: each(4, 60).map(([agent, task]) => ({
      agent: `agent-${agent}`,
      task: `task-${task}`,
      family: `family-${task % 20}`,
      score: drawn(3, agent, task) < 1 / (1 + 2 ** ((task % 20) / 2 - 2 - agent)) ? 1 : 0,
      human_minutes: 2 ** ((task % 20) / 2),
      release_date: dates[agent] ?? '',
    })),
    lead: each(4, 2, 3).map(([model, elaborate, benchmark]) => ({
      date: dates[model] ?? '',
      model: `model-${model}`,
      model_release: dates[model] ?? '',
      scaffold: elaborate === 1 ? 'elaborate' : 'plain',
      minimal: 1 - elaborate,
      benchmark: `benchmark-${benchmark}`,
      score: 0.2 + 0.15 * model + 0.1 * elaborate + 0.05 * drawn(4, model, elaborate, benchmark),
    })),
    generality: each(8, 4).map(([agent, benchmark]) => ({
      agent: `agent-${agent}`,
      benchmark: `benchmark-${benchmark}`,
      kind: benchmark < 2 ? 'static' : 'agentic',
      score: 0.1 * agent + 0.2 * drawn(5, agent, benchmark),
    })),
    detect: each(2, 60).map(([view, item]) => ({
      case: `case-${item}`,
      label: item % 3 === 0 ? 1 : 0,
      monitor: 'monitor',
      view: view === 0 ? 'actions' : 'reasoning',
      score: drawn(6, view, item) + (item % 3 === 0 ? 0.3 + 0.2 * view : 0),
    })),
    earnings: each(2, 30).map(([agent, task]) => ({
      agent: `agent-${agent}`,
      task: `task-${task}`,
      kind: `kind-${task % 3}`,
      price: 50 * (1 + (task % 7)) ** 2,
      score: drawn(7, agent, task) < 0.4 + 0.2 * agent ? 1 : 0,
      tested: task % 10 === 0 ? 0 : 1,
      cost: 1 + drawn(8, agent, task),
    })),
    layers: each(3, 60).map(([layer, item]) => ({
      case: `case-${item}`,
      layer: `layer-${layer}`,
      stratum: `stratum-${item % 2}`,
      breached: item % 5 === 0 || drawn(9, layer, item) < 0.2 ? 1 : 0,
    })),
    budget: each(2, 40).map(([attack, item]) => {
      const spend = Math.ceil(60 * drawn(10, attack, item) ** 2)
      return {
        case: `case-${item}`,
        attack: `attack-${attack}`,
        spend: Math.min(30, spend),
        cap: 30,
        success: spend <= 30 ? 1 : 0,
      }
    }),
  }
}

/** All combinations of whole numbers below the sizes, the last one fastest. */
function each<Sizes extends readonly number[]>(...sizes: Sizes): readonly { [Index in keyof Sizes]: number }[]
function each(...sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (made, size) => made.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
    [[]],
  )
}

/** In [0, 1), from whole numbers alone: a linear congruence, walked a few steps. */
function drawn(...of: readonly number[]): number {
  let state = 12_345
  for (const each of [...of, 7, 11]) state = (Math.imul(state ^ (each + 1), 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}
