import { breaksOf, type Break } from '../break.ts'

const by = { study: 'breach' } as const
const layers = { study: 'layers' } as const
const task = 'studies/breach/task.ts'
const study = 'studies/breach/study.ts'

export const attackBreaks: readonly Break[] = [
  ...breaksOf('measure', study, by, [
    ['a breach is what held', 'broken: seen.broken > 0 ? 1 : 0', 'broken: seen.broken > 0 ? 0 : 1'],
    ['queries count one more', '    queries,\n    gaveUp', '    queries: queries + 1,\n    gaveUp'],
    ['attempts are doubled', '    attempts,\n    invalidAttempts', '    attempts: 2 * attempts,\n    invalidAttempts'],
    ['giving up means going on', 'gaveUp: seen.gaveUp ? 1 : 0', 'gaveUp: seen.gaveUp ? 0 : 1'],
    [
      'false refusals are halved',
      '(seen.refused + seen.blocked) / attempts',
      '(seen.refused + seen.blocked) / (2 * attempts)',
    ],
    [
      'hours of people are taken for minutes',
      'humanMinutes: 60 * attacker.humanHours.hours',
      'humanMinutes: attacker.humanHours.hours',
    ],
  ]),
  ...breaksOf('measure', study, { study: 'breach', set: { tools: ['read'], attacker: ['benign', 'injection'] } }, [
    ['an errand done is one left undone', 'seen.useful / errands', '1 - seen.useful / errands'],
  ]),
  ...breaksOf(
    'factor',
    'studies/breach/defences.ts',
    { study: 'breach', set: { defence: ['none', 'hardened', 'filtered', 'stacked'], attacker: ['benign', 'direct'] } },
    [
      [
        'blocks are ignored under one defence',
        "filtered: stackOf([keywordFilter(), outputCheck('literal')])",
        'filtered: stackOf([])',
      ],
      ['hardened rules are not said', 'hardened: stackOf([hardening])', 'hardened: stackOf([])'],
      [
        'a stack has no hardened rules',
        "stacked: stackOf([hardening, keywordFilter(), outputCheck('literal')])",
        "stacked: stackOf([keywordFilter(), outputCheck('literal')])",
      ],
    ],
  ),
  ...breaksOf('factor', task, { study: 'breach', set: { prefill: ['off', 'on'], attacker: ['direct'] } }, [
    [
      'a prefill is never sent',
      'const prefill = primed ? behaviour.opening : undefined',
      'const prefill = primed ? undefined : undefined',
    ],
  ]),
  ...breaksOf('budget', study, { study: 'breach', set: { budget: ['10', '1'], attacker: ['benign', 'direct'] } }, [
    ['every budget is ten queries', 'turns: Number(budget),', 'turns: 10,'],
  ]),
  ...breaksOf('analysis', 'findings/spend/curve.ts', by, [
    ['success by spend is what survives', 'value: beyond ? rate : 1 - value,', 'value: beyond ? rate : value,'],
    [
      'a median spend is doubled',
      'const times = spent.map((each, i) => (gaveUp(each) ? most : (spends[i] ?? 0)))',
      'const times = spent.map((each, i) => (gaveUp(each) ? most : 2 * (spends[i] ?? 0)))',
    ],
  ]),
  ...breaksOf('analysis', 'findings/spend/union.ts', by, [
    [
      'any attack means all of them',
      'return attacks.some(({ success }) => success === true)',
      'return attacks.every(({ success }) => success === true)',
    ],
  ]),
  ...breaksOf('analysis', 'findings/spend/fits.ts', by, [
    ['a fit counts each case as one try', '(sum, { spend = 1 }) => sum + spend, 0', '(sum) => sum + 1, 0'],
  ]),
  ...breaksOf('measure', 'studies/layers/study.ts', layers, [
    ['yielding means holding', 'yielded: flag(yielded),', 'yielded: 1 - flag(yielded),'],
    ['a breach of a stack counts what was stopped', 'broken: flag(broken),', 'broken: flag(yielded),'],
    ['a layer stops what it lets pass', '[stops, flag(fired[name])]', '[stops, 1 - flag(fired[name])]'],
    ['refusals are not counted', 'refused: flag(refused),', 'refused: 0,'],
  ]),
  ...breaksOf('analysis', 'findings/layers/stack-cases.ts', layers, [
    [
      'blocks are ignored in stacks',
      '!((stack >> layer) & 1) || met.stopped[at] !== true',
      '!((stack >> layer) & 1) || met.stopped[at] !== undefined',
    ],
    [
      'hardened rules are taken for plain ones',
      "switched.map((layer) => ((stack >> layer) & 1 ? '1' : '0'))",
      "switched.map((layer) => ((stack >> layer) & 1 ? '0' : '1'))",
    ],
  ]),
  ...breaksOf('analysis', 'findings/layers/worth.ts', layers, [
    [
      'a contribution is doubled',
      'orderShare(bits(stack), layers.length) * prevented',
      '2 * orderShare(bits(stack), layers.length) * prevented',
    ],
    ['a contribution is turned round', 'prevented(stack, row), 0),', '-prevented(stack, row), 0),'],
  ]),
  ...breaksOf('analysis', 'findings/layers/stack-price.ts', layers, [
    [
      'a stack costs nothing',
      'const lost = stopped || valueOf(row, refused) === 1',
      'const lost = valueOf(row, refused) === 1',
    ],
  ]),
  ...breaksOf('analysis', 'stats/joint-failure.ts', layers, [
    [
      'independence multiplies each rate twice',
      'product *= rate(rows, (row) => row[layer] === true)',
      'product *= rate(rows, (row) => row[layer] === true) ** 2',
    ],
    [
      'layers fail together when one does',
      'rate(rows, (row) => row.every(Boolean))',
      'rate(rows, (row) => row.some(Boolean))',
    ],
  ]),
]
