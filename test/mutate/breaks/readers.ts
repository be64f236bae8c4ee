import { breaksOf, type Break } from '../break.ts'

const corpus = (as: string) => ({ corpus: `test/foreign/${as}.jsonl`, as })
const marked = { study: 'marked questions' } as const
const asked = 'studies/cases/asked-task.ts'

/** Of what reads words, caught by its labelled examples, and of what asks a judge or a function for a mark. */
export const readerBreaks: readonly Break[] = [
  ...breaksOf('check', 'grade/reports/read.ts', corpus('reports'), [
    [
      'a report is false where it is confirmed',
      "claims.some(({ held }) => held === 'contradicted')",
      "claims.some(({ held }) => held === 'confirmed')",
    ],
    ['what is said in doubt counts as said', "if (mood === 'said')", "if (mood !== 'unreal')"],
  ]),
  ...breaksOf('check', 'grade/reports/rules/index.ts', corpus('reports'), [
    ['another number is no contradiction', "  ['another number', measured],\n", ''],
  ]),
  ...breaksOf('check', 'grade/diffs/read.ts', corpus('diffs'), [
    [
      'an unclear sign is taken for a clear one',
      'signs.some(({ isUnclear }) => isUnclear !== true)',
      'signs.length > 0',
    ],
    ['edited tests are no sign', '  testEdits,\n', ''],
  ]),
  ...breaksOf('check', 'grade/verdicts/read.ts', corpus('verdicts'), [
    ['a pass is a fail', 'pass: passIn(output, format) }', 'pass: passIn(output, format) === false }'],
    ['no score is read', 'score: scoreIn(output, format) }', 'score: null }'],
  ]),
  ...breaksOf('grader', asked, marked, [
    ['a verdict is turned round', 'pass: read !== not,', 'pass: read === not,'],
    ["a function's mark is turned round", 'pass: pass !== check.not, why }', 'pass: pass === check.not, why }'],
    ['one check that passes is enough', 'if (!mark.pass) return { ...mark,', 'if (mark.pass) return { ...mark,'],
    [
      'what another check refuses passes',
      "return { type: 'marked', pass: false, why",
      "return { type: 'marked', pass: true, why",
    ],
  ]),
  ...breaksOf('measure', asked, marked, [
    ['what is marked right is wrong', 'correct: seen.pass ? 1 : 0', 'correct: seen.pass ? 0 : 1'],
  ]),
  ...breaksOf('grader', 'grade/rubric.ts', marked, [
    ['every verdict is a pass', "read.type === 'pass' ? read.pass : null", "read.type === 'pass' ? true : null"],
    ['a judge is not shown the answer', '${unmarked(answer)}', '${unmarked(prompt)}'],
  ]),
  ...breaksOf('analysis', 'findings/agent-pairs.ts', { study: 'questions', models: 2 }, [
    [
      'two agents are compared the other way round',
      'armsOf(before ?? [], after ?? [], measure, cluster)',
      'armsOf(after ?? [], before ?? [], measure, cluster)',
    ],
  ]),
  ...breaksOf('factor', 'studies/layers/stack.ts', { study: 'layers', set: { classifier: ['trained'] } }, [
    [
      'the trained classifier is a second filter of keywords',
      'layer.name === trainedLayer.name ? trainedLayer : layer',
      "layer.name === 'keywords' ? trainedLayer : layer",
    ],
    [
      'the model is asked where a trained classifier should be',
      'layer.name === trainedLayer.name ? trainedLayer : layer',
      'layer.name === trainedLayer.name ? layer : layer',
    ],
  ]),
]
