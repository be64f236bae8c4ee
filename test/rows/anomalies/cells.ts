import { csv, HEAD, jsonl, type Line, type Odd, replaced, times, trials } from './made.ts'

/** Rows that repeat, cells that are blank or impossible, tables that are uneven, totals that do not add up. */
export const ODD_CELLS: readonly Odd[] = [
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
]
