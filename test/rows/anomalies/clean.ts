import { csv, HEAD, jsonl, leaderboard, type Made, se, times, trials } from './made.ts'

/** Tables in which nothing is odd. */
export const CLEAN: readonly Made[] = [
  ...times(8, (i): Made => ({
    name: `agents and tasks ${i}`,
    kind: 'rate',
    content: csv(HEAD, trials(`ok${i}`, 1 + (i % 4), 20 + i)),
  })),
  {
    name: 'repeats',
    kind: 'rate',
    content: csv(
      'agent,task,repeat,score',
      times(60, (i) => [`m${i % 2}`, `t${Math.floor(i / 6)}`, Math.floor(i / 2) % 3, (i * 7) % 5 < 2 ? 1 : 0]),
    ),
  },
  {
    name: 'seeds under another name',
    kind: 'rate',
    content: csv(
      'task,seed,score',
      times(40, (i) => [`t${Math.floor(i / 4)}`, i % 4, (i * 3) % 7 < 3 ? 1 : 0]),
    ),
    map: { repeat: 'seed' },
  },
  {
    name: 'partial credit',
    kind: 'rate',
    content: csv(
      HEAD,
      trials('p1', 2, 20).map((line, i) => [...line.slice(0, 2), ((i * 37) % 100) / 100]),
    ),
  },
  {
    name: 'costs and tokens',
    kind: 'rate',
    content: csv(
      `${HEAD},cost,tokens`,
      trials('p2', 2, 25, (a, task) => [(0.01 + 0.003 * ((task * 7) % 11)).toFixed(3), 900 + 37 * task + a]),
    ),
  },
  {
    name: 'dollars with their sign',
    kind: 'rate',
    content: csv(
      `${HEAD},cost`,
      trials('p3', 1, 25, (_, task) => [`$${(0.1 + 0.03 * task).toFixed(2)}`]),
    ),
  },
  {
    name: 'no error, in many words',
    kind: 'rate',
    content: csv(
      `${HEAD},status`,
      trials('p4', 2, 25, (_, task) => [
        ['no error', '0 errors', 'ok', 'without errors', 'No errors found'][task % 5] ?? '',
      ]),
    ),
  },
  {
    name: 'error columns that are empty',
    kind: 'rate',
    content: csv(
      `${HEAD},error,timed_out`,
      trials('p5', 2, 20, () => ['', 'false']),
    ),
  },
  {
    name: 'error: none',
    kind: 'rate',
    content: csv(
      `${HEAD},error`,
      trials('p6', 2, 20, (_, task) => [task % 2 === 0 ? 'None' : 'none']),
    ),
  },
  {
    name: 'ends that go with their scores',
    kind: 'rate',
    content: csv(
      `${HEAD},outcome`,
      trials('p7', 2, 20, (_, __, score) => [score === 1 ? 'passed' : 'failed']),
    ),
  },
  {
    name: 'tests to pass',
    kind: 'rate',
    content: csv(
      `${HEAD},status`,
      trials('p8', 2, 20, () => ['fail_to_pass run']),
    ),
  },
  {
    name: 'tokens that add up',
    kind: 'rate',
    content: csv(
      `${HEAD},input_tokens,output_tokens,total_tokens`,
      trials('p9', 1, 30, (_, task) => [100 + task, 40 + ((task * 5) % 13), 140 + task + ((task * 5) % 13)]),
    ),
  },
  {
    name: 'turns below their limit',
    kind: 'rate',
    content: csv(
      `${HEAD},turns,max_turns`,
      trials('p10', 2, 30, (_, task) => [3 + ((task * 7) % 23), 50]),
    ),
  },
  {
    name: 'a leaderboard',
    kind: 'rate',
    content: csv(
      'task,accuracy,n',
      leaderboard('q1', 12, 250, 3, (p, n) => [p, n]),
    ),
    map: { score: 'accuracy' },
  },
  {
    name: 'a leaderboard with errors',
    kind: 'rate',
    content: csv(
      'task,acc,acc_stderr,n_samples',
      leaderboard('q2', 12, 300, 4, (p, n) => [p, se(p, n), n]),
    ),
    map: { score: 'acc' },
  },
  {
    name: 'errors over n − 1',
    kind: 'rate',
    content: csv(
      'task,score,stderr,n',
      leaderboard('q3', 10, 60, 3, (p, n) => [p, se(p, n - 1), n]),
    ),
  },
  {
    name: 'percents with their counts',
    kind: 'rate',
    content: csv(
      'task,score,success_rate,successes,trials',
      leaderboard('q4', 10, 48, 3, (p, n, k) => [p, `${((100 * k) / n).toFixed(1)}%`, k, n]),
    ),
  },
  {
    name: 'intervals that hold',
    kind: 'rate',
    content: csv(
      'task,score,rate,lower,upper',
      leaderboard('q5', 10, 90, 2, (p) => [p, p, (p - 0.06).toFixed(3), (p + 0.06).toFixed(3)]),
    ),
  },
  {
    name: 'shares that were cut off, not rounded',
    kind: 'rate',
    content: csv(
      'task,score,pass_rate,n',
      leaderboard('q6', 10, 30, 2, (p, n, k) => [p, Math.floor((100 * k) / n) / 100, n]),
    ),
  },
  {
    name: 'wins, losses and ties',
    kind: 'rate',
    content: csv(
      'task,score,n,wins,losses,ties',
      times(10, (i) => [`m${i}`, ((i * 3) % 7) / 8, 100, 30 + i, 60 - i, 10]),
    ),
  },
  {
    name: 'p values',
    kind: 'rate',
    content: csv(
      'task,score,p_value,n',
      times(12, (i) => [`t${i}`, i % 2, (0.013 * (i + 1)).toFixed(3), 37]),
    ),
  },
  {
    name: 'two judges who hardly differ',
    kind: 'rate',
    content: csv(
      'task,score,judge_gpt,judge_human',
      times(50, (i) => [`t${i}`, i % 2, i % 2, i === 7 ? 0 : i % 2]),
    ),
  },
  {
    name: 'scores of two benchmarks',
    kind: 'rate',
    content: csv(
      'task,score,math,code',
      times(30, (i) => [`t${i}`, (i * 3) % 2, i % 2, (i * 7) % 3 === 0 ? 1 : 0]),
    ),
  },
  {
    name: 'pairs',
    kind: 'pairs',
    content: csv(
      'pair,verdict,left,right',
      times(40, (i) => [`p${i}`, ['left', 'right', 'tie', 'left'][(i * 3) % 4] ?? '', 'x', 'y']),
    ),
  },
  {
    name: 'raters',
    kind: 'agree',
    content: csv(
      'item,rater,label',
      times(60, (i) => [`i${Math.floor(i / 3)}`, `r${i % 3}`, (Math.floor(i / 3) * 7 + (i % 11 === 0 ? 1 : 0)) % 3]),
    ),
  },
  {
    name: 'attacks with what they spent',
    kind: 'budget',
    content: csv(
      'case,success,spend,cap',
      times(40, (i) => [`c${i}`, (i * 7) % 5 < 3 ? 1 : 0, (i * 7) % 5 < 3 ? 2 + ((i * 11) % 37) : 40, 40]).map(
        (line, i) => (line[1] === 0 ? [`c${i}`, 0, 3 + ((i * 13) % 36), 40] : line),
      ),
    ),
  },
  {
    name: 'layers',
    kind: 'layers',
    content: csv(
      'case,layer,breached',
      times(60, (i) => [`c${Math.floor(i / 3)}`, ['filter', 'judge', 'prompt'][i % 3] ?? '', (i * 5) % 7 < 3 ? 1 : 0]),
    ),
  },
  {
    name: 'a monitor',
    kind: 'detect',
    content: csv(
      'case,label,score',
      times(50, (i) => [`c${i}`, i % 3 === 0 ? 1 : 0, (0.2 + ((i * 17) % 60) / 100).toFixed(2)]),
    ),
  },
  {
    name: 'prices',
    kind: 'earnings',
    content: csv(
      'task,price,score',
      times(30, (i) => [`t${i}`, 25 * (1 + (i % 9)), (i * 7) % 5 < 2 ? 1 : 0]),
    ),
  },
  {
    name: 'horizons',
    kind: 'horizon',
    content: csv(
      'agent,task,score,human_minutes',
      times(60, (i) => [`a${i % 2}`, `t${Math.floor(i / 2)}`, i % 60 < 34 ? 1 : 0, 1 + Math.floor(i / 2) * 3]),
    ),
  },
  {
    name: 'two shares with errors of their own',
    kind: 'rate',
    content: csv(
      'task,acc_norm,acc_norm_stderr,acc,acc_stderr,n',
      leaderboard('q7', 10, 200, 3, (p, n, k) => [p, se(p, n), ((k - 1) / n).toFixed(3), se((k - 1) / n, n), n]),
    ),
    map: { score: 'acc' },
  },
  {
    name: 'JSON lines',
    kind: 'rate',
    format: 'jsonl',
    content: jsonl(
      times(40, (i) => ({
        agent: `m${i % 2}`,
        task: `t${Math.floor(i / 2)}`,
        score: (i * 7) % 5 < 2 ? 1 : 0,
        meta: { seed: i },
      })),
    ),
  },
  {
    name: 'ids that are much alike',
    kind: 'rate',
    content: csv(
      'task,score',
      times(40, (i) => [`a${i}-${i % 3}1`, (i * 7) % 5 < 2 ? 1 : 0]),
    ),
  },
]
