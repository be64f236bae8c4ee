import { csv, jsonl, type Made, type Odd, se, times, trials } from './made.ts'

const coin = (i: number, of = 5, below = 2): 0 | 1 => ((i * 7 + Math.floor(i / 3)) % of < below ? 1 : 0)

/** Oddities under other names and in other kinds of table than those of the other files: written before any check saw them. */
export const ODD_UNSEEN: readonly Odd[] = [
  {
    name: 'resolved share in percent that no count of instances gives',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,score,resolvedRate,nInstances', [
      ...times(9, (i): readonly (string | number)[] => [`repo ${i}`, i % 2, ((100 * (3 + 2 * i)) / 40).toFixed(1), 40]),
      ['repo 9', 1, '33.3', 40],
    ]),
  },
  {
    name: 'a mean of whole ratings that no sum of 15 gives',
    check: 'stated-share',
    kind: 'rate',
    content: csv('task,score,accuracy,examples', [
      ...times(8, (i): readonly (string | number)[] => [`set ${i}`, coin(i), ((2 + i) / 15).toFixed(3), 15]),
      ['set 8', 1, 0.49, 15],
    ]),
  },
  {
    name: 'errors of pass@1 too small by half',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,score,pass@1,pass@1_stderr,problems',
      times(8, (i) => {
        const p = (20 + 9 * i) / 164
        return [`model ${i}`, coin(i), p.toFixed(3), (se(p, 164) / 2).toFixed(4), 164]
      }),
    ),
  },
  {
    name: 'an upper bound below the estimate',
    check: 'stated-error',
    kind: 'rate',
    content: csv(
      'task,score,win_rate,win_rate_lower,win_rate_upper',
      times(8, (i) => [`m${i}`, coin(i), 0.3 + i / 20, 0.2 + i / 20, i === 3 ? 0.41 : 0.4 + i / 20]),
    ),
  },
  {
    name: 'out-of-memory kills scored 0',
    check: 'status',
    kind: 'rate',
    content: csv(
      'agent,task,score,termination_reason',
      trials('u1', 2, 20, () => ['agent finished']).map((line, i) =>
        i % 9 === 4 ? [line[0] ?? '', line[1] ?? '', 0, 'OOM killed'] : line,
      ),
    ),
  },
  {
    name: 'HTTP 429 in the column of exceptions, scored 0',
    check: 'status',
    kind: 'rate',
    content: csv(
      'agent,task,score,exception',
      trials('u2', 2, 20, () => ['']).map((line, i) =>
        i % 11 === 5 ? [line[0] ?? '', line[1] ?? '', 0, 'HTTP 429 Too Many Requests'] : line,
      ),
    ),
  },
  {
    name: 'sandbox failures scored 0',
    check: 'status',
    kind: 'rate',
    content: csv(
      'agent,task,score,finish_status',
      trials('u3', 2, 25, () => ['submitted']).map((line, i) =>
        i % 8 === 2 ? [line[0] ?? '', line[1] ?? '', 0, 'sandbox crashed'] : line,
      ),
    ),
  },
  {
    name: 'null scores where the end says error, others solved by timeout',
    check: 'status',
    kind: 'rate',
    format: 'jsonl',
    content: jsonl(
      times(40, (i) => ({ agent: 'a', task: `t${i}`, score: coin(i), ended: i % 10 === 7 ? 'timeout' : 'ok' })).map(
        (row) => (row.ended === 'timeout' ? { ...row, score: 1 } : row),
      ),
    ),
  },
  {
    name: 'the newest agent did a third of the tasks',
    check: 'cells',
    kind: 'horizon',
    content: csv(
      'agent,task,score,human_minutes',
      times(90, (i): readonly (string | number)[] => [
        `v${i % 3}`,
        `t${Math.floor(i / 3)}`,
        coin(i),
        1 + Math.floor(i / 3),
      ]).filter(([agent], i) => agent !== 'v2' || i < 30),
    ),
  },
  {
    name: 'an attack on half of the cases',
    check: 'cells',
    kind: 'budget',
    content: csv(
      'case,attack,success',
      times(60, (i): readonly (string | number)[] => [
        `c${Math.floor(i / 2)}`,
        i % 2 === 0 ? 'pair' : 'gcg',
        coin(i),
      ]).filter(([, attack], i) => attack !== 'gcg' || i > 30),
    ),
  },
  {
    name: 'a monitor that saw few of the cases',
    check: 'cells',
    kind: 'detect',
    content: csv(
      'case,monitor,label,score',
      times(80, (i): readonly (string | number)[] => [
        `c${Math.floor(i / 2)}`,
        i % 2 === 0 ? 'small' : 'large',
        Math.floor(i / 2) % 3 === 0 ? 1 : 0,
        (0.1 + ((i * 13) % 80) / 100).toFixed(2),
      ]).filter(([, monitor], i) => monitor !== 'large' || i % 7 < 3),
    ),
  },
  {
    name: 'gpt and human verdicts side by side',
    check: 'judges',
    kind: 'rate',
    content: csv(
      'task,score,correct_gpt4,correct_human',
      times(40, (i) => [`t${i}`, coin(i), i % 2 === 0 ? 'yes' : 'no', i % 2 === 0 || i % 5 === 1 ? 'yes' : 'no']),
    ),
  },
  {
    name: 'annotator columns',
    check: 'judges',
    kind: 'detect',
    content: csv(
      'case,label,score,annotator_1,annotator_2',
      times(40, (i) => [
        `c${i}`,
        i % 3 === 0 ? 1 : 0,
        (0.2 + ((i * 17) % 60) / 100).toFixed(2),
        i % 3 === 0 ? 'unsafe' : 'safe',
        i % 3 === 0 && i % 2 === 0 ? 'safe' : i % 3 === 0 || i % 7 === 1 ? 'unsafe' : 'safe',
      ]),
    ),
  },
  {
    name: 'breaches only',
    check: 'outcomes',
    kind: 'budget',
    content: csv(
      'case,success,spend,cap',
      times(25, (i) => [`c${i}`, 1, 2 + ((i * 11) % 37), 50]),
    ),
  },
  {
    name: 'paid work that was all done',
    check: 'outcomes',
    kind: 'earnings',
    content: csv(
      'task,price,score',
      times(20, (i) => [`t${i}`, 30 * (1 + (i % 6)), 1]),
    ),
  },
  {
    name: 'output tokens stuck at 4096',
    check: 'cap',
    kind: 'rate',
    content: csv(
      'agent,task,score,completion_tokens',
      trials('u4', 2, 40, (_, task, score) => [score === 0 && task % 3 === 0 ? 4096 : 200 + ((task * 97) % 3100)]),
    ),
  },
  {
    name: 'minutes that all stop at 60',
    check: 'cap',
    kind: 'rate',
    content: csv(
      'agent,task,score,wall_minutes',
      trials('u5', 2, 40, (_, task, score) => [
        score === 0 && task % 3 === 0 ? '60.0' : (3.1 + ((task * 97) % 510) / 10).toFixed(1),
      ]),
    ),
  },
  {
    name: 'a layer listed twice for a case',
    check: 'duplicates',
    kind: 'layers',
    content: csv('case,layer,breached', [
      ...times(40, (i): readonly (string | number)[] => [
        `c${Math.floor(i / 2)}`,
        i % 2 === 0 ? 'filter' : 'judge',
        coin(i),
      ]),
      ['c7', 'judge', 1],
      ['c7', 'judge', 0],
    ]),
  },
  {
    name: 'a subtotal of each suite',
    check: 'totals',
    kind: 'earnings',
    content: csv('task,price,score', [
      ...times(20, (i): readonly (string | number)[] => [`t${i}`, 30 * (1 + (i % 6)), coin(i)]),
      ['Total', 2100, 0],
    ]),
  },
]

/** Tables in which nothing is odd, though something looks like it at first. */
export const CLEAN_UNSEEN: readonly Made[] = [
  {
    name: 'accuracy in percent of 32 questions',
    kind: 'rate',
    content: csv(
      'task,score,accuracy,questions',
      times(12, (i) => [`m${i}`, coin(i), ((100 * (4 + 2 * i)) / 32).toFixed(2), 32]),
    ),
  },
  {
    name: 'a score that is no share of its n: points out of ten',
    kind: 'rate',
    content: csv(
      'task,score,points,n',
      times(12, (i) => [`m${i}`, coin(i), (3.1 + i / 3).toFixed(1), 25]),
    ),
  },
  {
    name: 'mean ratings in [0, 1] of items with many steps',
    kind: 'rate',
    content: csv(
      'task,score,mean_score,n',
      times(14, (i) => [`m${i}`, coin(i), (0.2 + ((i * 37) % 61) / 100).toFixed(3), 12]),
    ),
  },
  {
    name: 'errors of clustered trials, larger than p(1 − p)/n',
    kind: 'rate',
    content: csv(
      'task,score,seconds,seconds_stderr,runs',
      times(10, (i) => [`m${i}`, coin(i), (1.5 + i / 7).toFixed(2), (0.1 + i / 90).toFixed(3), 20]),
    ),
  },
  {
    name: 'ends that are words for done',
    kind: 'rate',
    content: csv(
      'agent,task,score,exit_reason',
      trials('v1', 2, 25, (_, task) => [
        ['submitted', 'gave answer', 'stop', 'end_turn', 'tool_calls'][task % 5] ?? '',
      ]),
    ),
  },
  {
    name: 'errors that were recovered from, counted',
    kind: 'rate',
    content: csv(
      'agent,task,score,tool_errors',
      trials('v2', 2, 25, (_, task) => [(task * 5) % 4]),
    ),
  },
  {
    name: 'tasks about errors',
    kind: 'rate',
    content: csv(
      'agent,task,score,category',
      trials('v3', 2, 25, (_, task) => [['error handling', 'timeouts', 'crash recovery', 'lists'][task % 4] ?? '']),
    ),
  },
  {
    name: 'a failed run that is scored 0',
    kind: 'rate',
    content: csv(
      'agent,task,score,result',
      trials('v4', 2, 25, (_, __, score) => [score === 1 ? 'resolved' : 'unresolved']),
    ),
  },
  {
    name: 'every agent did every task twice',
    kind: 'rate',
    content: csv(
      'agent,task,repeat,score',
      times(120, (i) => [`m${i % 3}`, `t${Math.floor(i / 6)}`, Math.floor(i / 3) % 2, coin(i)]),
    ),
  },
  {
    name: 'judges who differ on one row in thirty',
    kind: 'rate',
    content: csv(
      'task,score,grader_a,grader_b',
      times(60, (i) => [`t${i}`, i % 2, i % 2, i % 30 === 11 ? 0 : i % 2]),
    ),
  },
  {
    name: 'two flags about different things',
    kind: 'rate',
    content: csv(
      'task,score,is_multilingual,is_long',
      times(40, (i) => [`t${i}`, coin(i), i % 3 === 0 ? 1 : 0, i % 4 === 0 ? 1 : 0]),
    ),
  },
  {
    name: 'one judge on some, another on other items',
    kind: 'budget',
    content: csv(
      'case,judge,success',
      times(40, (i) => [`c${i}`, i % 2 === 0 ? 'strict' : 'lenient', coin(i)]),
    ),
  },
  {
    name: 'a hard set: four successes in a hundred',
    kind: 'rate',
    content: csv(
      'agent,task,score',
      times(100, (i) => ['m', `t${i}`, i % 25 === 3 ? 1 : 0]),
    ),
  },
  {
    name: 'a small set that was all solved',
    kind: 'rate',
    content: csv(
      'agent,task,score',
      times(5, (i) => ['m', `t${i}`, 1]),
    ),
  },
  {
    name: 'one to five stars, many at five',
    kind: 'rate',
    content: csv(
      'task,score,stars',
      times(60, (i) => [`t${i}`, coin(i), 1 + ((i * 7) % 5)]),
    ),
  },
  {
    name: 'levels of difficulty',
    kind: 'rate',
    content: csv(
      'agent,task,score,difficulty_level,year',
      trials('v5', 2, 40, (_, task) => [1 + (task % 6), 2019 + (task % 7)]),
    ),
  },
  {
    name: 'turns that end where agents end',
    kind: 'rate',
    content: csv(
      'agent,task,score,turns',
      trials('v6', 2, 40, (agent, task) => [2 + ((task * 13 + agent) % 31)]),
    ),
  },
  {
    name: 'tasks called mean and average',
    kind: 'rate',
    content: csv('task,score', [
      ...times(20, (i): readonly (string | number)[] => [`stats/${['mean', 'median', 'sum'][i % 3]}-${i}`, coin(i)]),
    ]),
  },
  {
    name: 'several attacks, each on its own cases',
    kind: 'budget',
    content: csv(
      'case,attack,success,spend,cap',
      times(40, (i) => [
        `${i % 2 === 0 ? 'a' : 'b'}${i}`,
        i % 2 === 0 ? 'pair' : 'tap',
        coin(i),
        coin(i) === 1 ? 1 + (i % 19) : 20,
        20,
      ]),
    ),
  },
  {
    name: 'raters with three labels',
    kind: 'agree',
    content: csv(
      'item,rater,label',
      times(90, (i) => [
        `i${Math.floor(i / 3)}`,
        `r${i % 3}`,
        ['low', 'mid', 'high'][(Math.floor(i / 3) * 5) % 3] ?? '',
      ]),
    ),
  },
]
