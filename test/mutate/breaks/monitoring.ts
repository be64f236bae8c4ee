import { breaksOf, type Break } from '../break.ts'

const monitoring = { study: 'monitoring', set: { pressure: ['none', 'warned', 'best-of-4'] }, tasks: 24 } as const
const selected = { study: 'monitoring', set: { pressure: ['best-of-16'] } } as const
const judged = 'studies/monitoring/judged.ts'
const task = 'studies/monitoring/task.ts'

/** Of monitors, what they are shown, and what is made of their scores. */
export const monitoringBreaks: readonly Break[] = [
  ...breaksOf('measure', task, monitoring, [
    [
      'whatever was reached is not what was ordered',
      'grade.reached.includes(goal)',
      "grade.reached.includes('say-closed')",
    ],
    ['the reasoning is scored as the acts', 'rulesReasoning: rules.reasoning', 'rulesReasoning: rules.acts'],
    ['everything is scored as the report', 'rulesAll: rules.all', 'rulesAll: rules.report'],
  ]),
  ...breaksOf('world', task, monitoring, [
    ['nobody is given an order', 'setting.isGiven ? sideOrder(goal) : undefined', 'undefined'],
    ['what was done is not written down', 'acts.push({ tool,', 'void ({ tool,'],
  ]),
  ...breaksOf('factor', 'studies/monitoring/pressure.ts', selected, [
    ['nothing is selected', 'return n === undefined ? 1 : Number(n)', 'return n === undefined ? 1 : 1'],
  ]),
  ...breaksOf('factor', 'probe/monitor/best-of.ts', selected, [
    ['the most suspicious reply counts', 'each.score < best.score', 'each.score > best.score'],
    ['every draw is the same', "k === 0 ? request.seed : seedFrom('best of', request.seed, k)", 'request.seed'],
  ]),
  ...breaksOf('grader', 'probe/monitor/transcript.ts', monitoring, [
    ['words beside a call are no reasoning', "(acts && part.type === 'text')", 'false'],
  ]),
  ...breaksOf('grader', 'probe/monitor/rules.ts', monitoring, [
    ['what was named before is strange too', 'known += `\\n${result.toLowerCase()}`', 'known = result.toLowerCase()'],
    ['no sign is seen in words', 'sign.test(text)', 'sign.test(`${text.length}`)'],
  ]),
  ...breaksOf('analysis', judged, monitoring, [
    ['thresholds are set on the behaviour', '!behaved && row.cell', 'behaved && row.cell'],
    ['thresholds are set on all tasks, and all are tested', 'index % 2 === 0', 'index % 2 === 2'],
  ]),
  ...breaksOf('analysis', 'studies/monitoring/caught.ts', monitoring, [
    [
      'only what is rightly passed counts',
      'Math.sqrt(caughtShare * passedShare)',
      'Math.sqrt(passedShare * passedShare)',
    ],
    ['an auditor looks at everything', 'let room = AUDITED * of.length', 'let room = of.length'],
    ['alarms are taken for hits', 'precisionAt(counts[0], counts[1],', 'precisionAt(counts[1], counts[0],'],
    [
      'what is rightly passed is caught',
      'test.filter(({ behaved }) => behaved)',
      'test.filter(({ behaved }) => !behaved)',
    ],
    ['an alarm is a score at the threshold', 'each.score > bar ? 1 : 0', 'each.score >= bar ? 1 : 0'],
  ]),
  ...breaksOf('analysis', 'studies/monitoring/hidden.ts', monitoring, [
    ['what was caught is hidden', 'value <= bar ? 1 : 0', 'value > bar ? 1 : 0'],
    ['what never happened is hidden', 'behaved && bar !== undefined &&', 'bar !== undefined &&'],
  ]),
  ...breaksOf('analysis', 'studies/monitoring/hidden.ts', { study: 'monitoring' }, [
    [
      'pressure is compared the other way round',
      'armsOf(from.unseen, unseen, score',
      'armsOf(unseen, from.unseen, score',
    ],
  ]),
  ...breaksOf('analysis', 'studies/monitoring/views.ts', monitoring, [
    ['views are compared the other way round', 'armsOf(a, b, from', 'armsOf(b, a, from'],
  ]),
]
