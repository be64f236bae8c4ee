import { breaksOf, type Break } from '../break.ts'

const by = { study: 'earnings' } as const
/** Enough trials that what chance alone does is small. */
const lengths = { study: 'horizon', set: { family: ['references'] }, repeats: 40 } as const
/** Enough that the 99.99% interval of a hazard, at whatever seed, is narrower than from half of it to its double. */
const hazards = { ...lengths, repeats: 100 } as const

export const workBreaks: readonly Break[] = [
  ...breaksOf('grader', 'studies/work/task.ts', by, [
    [
      'work passes at 80% of its parts',
      'success: checked.score === 1 ? 1 : 0',
      'success: checked.score >= 0.8 ? 1 : 0',
    ],
    ['work passes at any part', 'success: checked.score === 1 ? 1 : 0', 'success: checked.score > 0 ? 1 : 0'],
    ['a score is halved', 'score: checked.score,', 'score: checked.score / 2,'],
    ['work is graded by the files it began with', 'work.check(files ?? work.files)', 'work.check(work.files)'],
  ]),
  ...breaksOf('measure', 'studies/work/task.ts', by, [
    ['prices are doubled', 'price: work.price ?? 0,', 'price: 2 * (work.price ?? 0),'],
    ['steps count the last one twice', 'steps: work.steps,\n    ...', 'steps: work.steps + 1,\n    ...'],
    [
      'speed counts what was read',
      'meters.outputTokens / seconds',
      '(meters.outputTokens + meters.inputTokens) / seconds',
    ],
  ]),
  ...breaksOf('grader', 'tasks/workspace/wanted.ts', by, [
    [
      'parts count by their square',
      'score: all.filter(Boolean).length / all.length',
      'score: (all.filter(Boolean).length / all.length) ** 2',
    ],
  ]),
  ...breaksOf('analysis', 'findings/pay/paid.ts', by, [
    ['dollars earned count what failed', 'CENTS * dollars(won)', 'CENTS * dollars(known)'],
    [
      'the share earned counts tasks, not dollars',
      'work.map(({ right, price = 0 }) => (right === true ? price : 0))',
      'work.map(({ right }) => (right === true ? 1 : 0))',
    ],
    [
      'work done counts what failed',
      'shareWhere(known, ({ right }) => right === true, level)',
      'shareWhere(known, ({ right }) => right !== undefined, level)',
    ],
    ['dollars on offer leave out what failed', 'const offered = dollars(work)', 'const offered = dollars(won)'],
    ['cost is doubled', '(sum, { cost = 0 }) => sum + cost, 0', '(sum, { cost = 0 }) => sum + 2 * cost, 0'],
  ]),
  ...breaksOf('analysis', 'findings/per-success.ts', by, [
    [
      'spend is divided by trials, not successes',
      'const value = total / successes',
      'const value = total / sum(tried)',
    ],
  ]),
  ...breaksOf('analysis', 'findings/length/cost-per-success.ts', by, [
    [
      'spend on failures is left out',
      '{ spent, won, tried:',
      '{ spent: spent.map((each, i) => each * (won[i] ?? 0)), won, tried:',
    ],
  ]),
  ...breaksOf('analysis', 'findings/length/spend.ts', lengths, [
    ['dollars are taken for cents', '100 * cost.dollars', 'cost.dollars'],
  ]),
  ...breaksOf('analysis', 'findings/length/horizon.ts', lengths, [
    ['lengths are doubled', 'length: Number(row.values[length]),', 'length: 2 * Number(row.values[length]),'],
    ['the 80% horizon is the 50% one', 'lengthHorizon(curve, rate, level)', 'lengthHorizon(curve, 0.5, level)'],
    [
      'success is taken for failure in a horizon',
      'score: Number(row.values[measure]),',
      'score: 1 - Number(row.values[measure]),',
    ],
  ]),
  ...breaksOf('analysis', 'findings/length/hazard-per-step.ts', hazards, [
    ['a half-life is a mean life', 'hazard <= 0 ? Infinity : Math.LN2 /', 'hazard <= 0 ? Infinity : 1 /'],
    [
      'a hazard a step is that of two',
      'length: Number(row.values[length]),',
      'length: Number(row.values[length]) / 2,',
    ],
  ]),
  ...breaksOf('analysis', 'findings/length/hazard-per-turn.ts', hazards, [
    [
      'a hazard a turn counts half of the turns',
      'trials.map(({ chances }) => chances),',
      'trials.map(({ chances }) => Math.ceil(chances / 2)),',
    ],
  ]),
  ...breaksOf('analysis', 'findings/length/success-within.ts', lengths, [
    ['half of the trials are a quarter', 'of(within(amount)) >= 0.5)', 'of(within(amount)) >= 0.25)'],
  ]),
  ...breaksOf(
    'analysis',
    'findings/length/paired-effects.ts',
    { study: 'horizon', set: { family: ['references'], budget: ['none', '128k'] } },
    [
      [
        'an effect is reversed',
        '[{ task: mine[0]?.task ?? key, from: a, to: b }]',
        '[{ task: mine[0]?.task ?? key, from: b, to: a }]',
      ],
    ],
  ),
  ...breaksOf(
    'budget',
    'agent/limits.ts',
    { study: 'horizon', set: { family: ['references'], budget: ['none', '128k'] } },
    [
      [
        'a token budget counts what was written alone',
        "['tokens', inputTokens + outputTokens, next.inputTokens + next.outputTokens]",
        "['tokens', 0, 0]",
      ],
    ],
  ),
  ...breaksOf(
    'budget',
    'studies/horizon/study.ts',
    { study: 'horizon', set: { family: ['references'], budget: ['none', '128k'] } },
    [['a token budget is not set', '...(tokens !== undefined && { tokens }),', '']],
  ),
  ...breaksOf(
    'budget',
    'studies/horizon/study.ts',
    { study: 'horizon', set: { family: ['references'], time: ['none', '10s'] } },
    [['a limit of time is not set', '...(workingMs !== undefined && { workingMs }),', '']],
  ),
  ...breaksOf(
    'factor',
    'studies/horizon/study.ts',
    { study: 'horizon', set: { family: ['references'], speed: ['model', '100'] } },
    [['speed is ignored', '...(perSecond !== undefined && { tokensPerSecond: perSecond }),', '']],
  ),
  ...breaksOf('interval', 'stats/cluster-mean.ts', lengths, [
    [
      'the variance of a mean is divided by 1,000',
      'const found = (groups.count / (groups.count - 1)) * (squares / (values.length * values.length))',
      'const found = (groups.count / (groups.count - 1)) * (squares / (1_000 * values.length * values.length))',
    ],
    [
      'a share counts each row a thousand times',
      'Math.min(trials, (value * (1 - value) * ratio) / variance)',
      '1_000 * trials',
    ],
    [
      'a rate has a thousandth of its variance',
      'const variance = ((g / (g - 1)) * squares) / (total * total)',
      'const variance = ((g / (g - 1)) * squares) / (1_000 * total * total)',
    ],
  ]),
]
