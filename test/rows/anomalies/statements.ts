import { csv, HEAD, leaderboard, type Odd, replaced, se, times, trials } from './made.ts'

/** Figures that do not go with their n, ends that do not go with scores, judges at odds, limits. */
export const ODD_STATEMENTS: readonly Odd[] = [
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
