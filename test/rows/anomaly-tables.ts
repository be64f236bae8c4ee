/** Made tables of ten kinds of oddity, four of each, and as many in which nothing is odd. Every draw is seeded. */
import { randomFrom } from '../../src/record/index.ts'

export interface Made {
  readonly name: string
  readonly kind: string
  readonly content: string
  readonly map?: Readonly<Record<string, string>>
  readonly format?: 'csv' | 'jsonl'
}

export interface Odd extends Made {
  /** The check that should see it. */
  readonly check: string
}

type Line = readonly (string | number)[]

function csv(header: string, lines: readonly Line[]): string {
  return `${[header, ...lines.map((line) => line.join(','))].join('\n')}\n`
}

function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** Draws of a table of its own. */
function draws(name: string): { readonly coin: (p: number) => 0 | 1; readonly whole: (most: number) => number } {
  const random = randomFrom('anomalies', name)
  return { coin: (p) => (random() < p ? 1 : 0), whole: (most) => Math.floor(random() * most) }
}

/** Agents × tasks with scores, as most tables are. */
function trials(
  name: string,
  agents: number,
  tasks: number,
  more: (agent: number, task: number, score: 0 | 1) => Line = () => [],
): readonly Line[] {
  const { coin } = draws(name)
  return times(agents * tasks, (i): Line => {
    const [agent, task] = [i % agents, Math.floor(i / agents)]
    const score = coin(0.4 + 0.1 * agent)
    return [`model-${'abcdef'.charAt(agent)}`, `task-${task}`, score, ...more(agent, task, score)]
  })
}

const HEAD = 'agent,task,score'

function replaced(lines: readonly Line[], at: number, change: (line: Line) => Line): readonly Line[] {
  return lines.map((line, i) => (i === at ? change(line) : line))
}

/** A table of shares with their n; every share is k/n as printed to so many digits. */
function leaderboard(
  name: string,
  rows: number,
  n: number,
  digits: number,
  columns: (share: number, n: number, k: number) => Line,
): readonly Line[] {
  const { whole } = draws(name)
  return times(rows, (i) => {
    const k = 1 + whole(n - 2)
    return [`system ${i + 1}`, ...columns(Number((k / n).toFixed(digits)), n, k)]
  })
}

const se = (p: number, n: number): number => Number(Math.sqrt((p * (1 - p)) / n).toFixed(4))

export const ODD: readonly Odd[] = [
  // Duplicates
  {
    name: 'a row twice',
    check: 'duplicates',
    kind: 'rate',
    content: csv(`${HEAD},run`, [
      ...trials('d1', 2, 20, () => [1]),
      ['model-a', 'task-3', 1, 1],
      ['model-a', 'task-3', 1, 1],
    ]),
    map: { repeat: 'run' },
  },
  {
    name: 'one key, two scores',
    check: 'duplicates',
    kind: 'rate',
    content: csv(`${HEAD},seed`, [
      ...trials('d2', 2, 15, () => [7]),
      ['model-b', 'task-4', 1, 7],
      ['model-b', 'task-4', 0, 7],
    ]),
    map: { repeat: 'seed' },
  },
  {
    name: 'half of the file pasted again',
    check: 'duplicates',
    kind: 'budget',
    content: csv('case,success,spend', [
      ...times(20, (i) => [`c${i}`, i % 3 === 0 ? 1 : 0, 3 + i]),
      ...times(10, (i) => [`c${i}`, i % 3 === 0 ? 1 : 0, 3 + i]),
    ]),
  },
  {
    name: 'a rater asked twice',
    check: 'duplicates',
    kind: 'agree',
    content: csv('item,rater,label', [
      ...times(24, (i) => [`i${Math.floor(i / 2)}`, i % 2 === 0 ? 'ann' : 'bob', i % 5 < 2 ? 'good' : 'bad']),
      ['i3', 'ann', 'bad'],
    ]),
  },
  // Missing
  {
    name: 'blank outcomes',
    check: 'missing',
    kind: 'rate',
    content: csv(
      HEAD,
      trials('m1', 2, 20).map((line, i) => (i % 13 === 5 ? [line[0] ?? '', line[1] ?? '', ''] : line)),
    ),
  },
  {
    name: 'an agent called NaN',
    check: 'missing',
    kind: 'rate',
    content: csv(
      HEAD,
      trials('m2', 2, 20).map((line, i) => (i === 6 ? ['NaN', ...line.slice(1)] : line)),
    ),
  },
  {
    name: 'costs that are not there',
    check: 'missing',
    kind: 'rate',
    content: csv(
      `${HEAD},cost`,
      trials('m3', 1, 30, (_, task) => [task % 9 === 4 ? '' : 0.01 * (task + 2)]),
    ),
  },
  {
    name: 'null in JSON lines',
    check: 'missing',
    kind: 'rate',
    format: 'jsonl',
    content: jsonl(times(30, (i) => ({ task: `q${i}`, score: i % 11 === 3 ? null : i % 2 }))),
  },
  // Impossible
  {
    name: 'a score of 1.3',
    check: 'impossible',
    kind: 'rate',
    content: csv(
      HEAD,
      replaced(trials('i1', 2, 20), 9, ([a = '', t = '']) => [a, t, 1.3]),
    ),
  },
  {
    name: 'a negative cost',
    check: 'impossible',
    kind: 'rate',
    content: csv(
      `${HEAD},cost`,
      trials('i2', 1, 25, (_, task) => [task === 11 ? -0.4 : 0.2 + task / 100]),
    ),
  },
  {
    name: 'the 31st of February',
    check: 'impossible',
    kind: 'generality',
    content: csv(
      'agent,benchmark,score,release_date',
      times(24, (i) => [
        `a${i % 6}`,
        `b${Math.floor(i / 6)}`,
        0.3 + ((i * 7) % 11) / 20,
        i === 5 ? '2025-02-31' : `2025-0${1 + (i % 6)}-11`,
      ]),
    ),
  },
  {
    name: 'a verdict that is none',
    check: 'no-verdict',
    kind: 'pairs',
    content: csv(
      'pair,verdict,left,right',
      times(30, (i) => [`p${i}`, i === 17 ? 'cannot say' : (['left', 'right', 'tie'][(i * 5) % 3] ?? ''), 'x', 'y']),
    ),
  },
  // Cells
  {
    name: 'an agent without half of the tasks',
    check: 'cells',
    kind: 'rate',
    content: csv(
      HEAD,
      trials('c1', 3, 24).filter((line, i) => !(line[0] === 'model-c' && i % 2 === 0)),
    ),
  },
  {
    name: 'a task tried five times, the others thrice',
    check: 'cells',
    kind: 'rate',
    content: csv('task,repeat,score', [
      ...times(30, (i) => [`t${Math.floor(i / 3)}`, i % 3, (i * 7) % 5 < 2 ? 1 : 0]),
      ['t4', 3, 1],
      ['t4', 4, 1],
    ]),
  },
  {
    name: 'a rater who stopped early',
    check: 'cells',
    kind: 'agree',
    content: csv(
      'item,rater,label',
      times(40, (i): Line => [`i${Math.floor(i / 2)}`, i % 2 === 0 ? 'ann' : 'bob', i % 7 < 3 ? 1 : 0]).filter(
        (line, i) => !(line[1] === 'bob' && i > 25),
      ),
    ),
  },
  {
    name: 'a layer that lacks cases',
    check: 'cells',
    kind: 'layers',
    content: csv(
      'case,layer,breached',
      times(45, (i): Line => [
        `c${Math.floor(i / 3)}`,
        ['filter', 'judge', 'prompt'][i % 3] ?? '',
        (i * 5) % 7 < 3 ? 1 : 0,
      ]).filter((line, i) => !(line[1] === 'judge' && i < 12)),
    ),
  },
  // Totals
  {
    name: 'tokens that do not add up',
    check: 'totals',
    kind: 'rate',
    content: csv(
      `${HEAD},prompt_tokens,completion_tokens,total_tokens`,
      trials('t1', 1, 25, (_, task) => [
        100 + task,
        40 + ((task * 3) % 17),
        140 + task + ((task * 3) % 17) + (task === 8 ? 90 : 0),
      ]),
    ),
  },
  {
    name: 'a row of the mean',
    check: 'totals',
    kind: 'rate',
    content: csv('task,score', [...times(20, (i): Line => [`t${i}`, (i * 7) % 5 < 2 ? 1 : 0]), ['Average', 0.61]]),
  },
  {
    name: 'wins, losses and ties of another n',
    check: 'totals',
    kind: 'rate',
    content: csv(
      'task,score,n,wins,losses,ties',
      times(12, (i) => [`model ${i}`, ((i * 3) % 7) / 8, 100, 30 + i, 60 - i, i === 4 ? 14 : 10]),
    ),
  },
  {
    name: 'passed and failed of another total',
    check: 'totals',
    kind: 'rate',
    content: csv(
      'task,score,total,passed,failed',
      times(10, (i) => [`suite ${i}`, i % 2, 50, 20 + i, i === 6 ? 20 : 30 - i]),
    ),
  },
  // Stated errors
  {
    name: 'acc_stderr of four times the n',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,acc,acc_stderr,acc_samples',
      leaderboard('e1', 10, 200, 3, (p, n) => [p, se(p, 4 * n), n]),
    ),
    map: { score: 'acc' },
  },
  {
    name: 'p, se and n of a condition',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,p_plain,se_plain,n_plain',
      leaderboard('e2', 8, 150, 3, (p, n) => [p, se(p, n * 0.5), n]),
    ),
    map: { score: 'p_plain' },
  },
  {
    name: 'percent with an error in percent',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,score,accuracy,std_error,sample_size',
      leaderboard('e3', 9, 400, 3, (p, n) => [p, (100 * p).toFixed(1), (100 * se(p, n * 3)).toFixed(2), n]),
    ),
  },
  {
    name: 'a share outside of its interval',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,score,success_rate,ci_low,ci_high',
      leaderboard('e4', 12, 100, 2, (p, _, k) => [
        p,
        p,
        (k % 4 === 1 ? p + 0.05 : p - 0.08).toFixed(3),
        (p + 0.2).toFixed(3),
      ]),
    ),
  },
  // Stated shares
  {
    name: '43% of 10',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,success_rate,n', [...leaderboard('g1', 8, 10, 2, (p, n) => [p, n]), ['system x', 0.43, 10]]),
    map: { score: 'success_rate' },
  },
  {
    name: 'percent of 24',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,score,pass_rate,n_tasks', [
      ...leaderboard('g2', 8, 24, 3, (p, n) => [p, `${(100 * p).toFixed(1)}%`, n]),
      ['system y', 0.44, '44.4%', 24],
    ]),
  },
  {
    name: 'a share that is not its count',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,score,accuracy,correct,questions', [
      ...leaderboard('g3', 9, 120, 3, (p, n, k) => [p, p, k, n]),
      ['system z', 0.7, 0.7, 48, 120],
    ]),
  },
  {
    name: 'attack success rates of 30',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,score,asr,attempts', [
      ...leaderboard('g4', 6, 30, 3, (p, n) => [p, p, n]),
      ['system v', 0.5, 0.512, 30],
    ]),
  },
  // Ends
  {
    name: 'timed out, yet solved',
    check: 'status',
    kind: 'rate',
    content: csv(
      `${HEAD},exit_reason`,
      trials('s1', 2, 20, (_, task, score) => [task === 7 || (task === 9 && score === 1) ? 'timed out' : 'finished']),
    ),
  },
  {
    name: 'errors scored 0',
    check: 'status',
    kind: 'rate',
    content: csv(
      `${HEAD},status`,
      trials('s2', 2, 20, () => ['completed']).map((line, i) =>
        i % 8 === 3 ? [line[0] ?? '', line[1] ?? '', 0, 'API error'] : line,
      ),
    ),
  },
  {
    name: 'a message of an error beside a success',
    check: 'status',
    kind: 'rate',
    content: csv(
      `${HEAD},error_message`,
      replaced(
        trials('s3', 1, 30, () => ['']),
        12,
        ([a = '', t = '']) => [a, t, 1, 'connection reset by peer'],
      ),
    ),
  },
  {
    name: 'flags of crashes that are scored 0',
    check: 'status',
    kind: 'earnings',
    content: csv(
      'task,price,score,crashed',
      times(30, (i) => [`t${i}`, 50 * (1 + (i % 7)), i % 6 === 2 ? 0 : i % 2, i % 6 === 2 ? 'true' : 'false']),
    ),
  },
  // Judges
  {
    name: 'two judges that differ on a quarter',
    check: 'judges',
    kind: 'rate',
    content: csv(
      'task,score,judge_gpt,judge_claude',
      times(40, (i) => [`t${i}`, i % 2, i % 2, i % 4 === 1 ? 0 : i % 2]),
    ),
  },
  {
    name: 'a person and a judge',
    check: 'judges',
    kind: 'budget',
    content: csv(
      'case,success,spend,success_human',
      times(36, (i) => [`c${i}`, i % 3 === 0 ? 1 : 0, 4 + i, i % 3 === 0 || i % 5 === 1 ? 1 : 0]),
    ),
  },
  {
    name: 'rows of two judges',
    check: 'judges',
    kind: 'budget',
    content: csv(
      'case,judge,success',
      times(50, (i) => [
        `c${Math.floor(i / 2)}`,
        i % 2 === 0 ? 'strict' : 'lenient',
        (Math.floor(i / 2) * 7) % 5 < (i % 2 === 0 ? 1 : 3) ? 1 : 0,
      ]),
    ),
  },
  {
    name: 'labels of two people',
    check: 'judges',
    kind: 'rate',
    content: csv(
      'task,score,label_a,label_b',
      times(40, (i) => [`t${i}`, i % 2, i % 2 === 1 ? 'pass' : 'fail', i % 2 === 1 && i % 3 !== 0 ? 'pass' : 'fail']),
    ),
  },
  // Limits, and files of one side
  {
    name: 'turns stuck at 30',
    check: 'cap',
    kind: 'rate',
    content: csv(
      `${HEAD},turns`,
      trials('l1', 2, 40, (_, task, score) => [score === 0 && task % 2 === 0 ? 30 : 4 + ((task * 7) % 19)]),
    ),
  },
  {
    name: 'one spend for all',
    check: 'cap',
    kind: 'budget',
    content: csv(
      'case,success,spend',
      times(24, (i) => [`c${i}`, (i * 7) % 5 < 3 ? 1 : 0, 10_000]),
    ),
  },
  {
    name: 'successes only',
    check: 'outcomes',
    kind: 'rate',
    content: csv(
      HEAD,
      times(30, (i) => [`model-${i % 2}`, `t${Math.floor(i / 2)}`, 1]),
    ),
  },
  {
    name: 'an agent by two names',
    check: 'labels',
    kind: 'rate',
    content: csv(
      HEAD,
      trials('l4', 2, 20).map((line, i) => (i === 8 ? ['Model_A', ...line.slice(1)] : line)),
    ),
  },
]

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
