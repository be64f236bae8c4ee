import { breaksOf, type Break } from '../break.ts'

const by = { study: 'questions' } as const
const check = 'grade/answers/check.ts'
const replies = { corpus: 'test/foreign/replies.jsonl', as: 'replies' } as const

export const answerBreaks: readonly Break[] = [
  ...breaksOf('grader', check, by, [
    [
      'an exact answer may be any answer',
      '(answer) => isExactly(answer, expected, question)',
      "(answer) => answer.trim() !== ''",
    ],
    ['no exact answer is right', '(answer) => isExactly(answer, expected, question)', '() => false'],
    ['whatever is said holds the expected text', '(answer) => holds(answer, expected)', '() => true'],
    ['a pattern matches anything', 'passes: (answer) => pattern.test(answer)', 'passes: () => true'],
    ['numbers agree whatever they are', '(answer) => givesNumber(answer, wanted, question)', '() => true'],
    [
      'numbers must differ',
      '(answer) => givesNumber(answer, wanted, question)',
      '(answer) => !givesNumber(answer, wanted, question)',
    ],
  ]),
  ...breaksOf('measure', 'studies/cases/study.ts', by, [
    ['a right answer is half right', 'passes(ending.text) ? 1 : 0', 'passes(ending.text) ? 0.5 : 0'],
    ['right is wrong', 'passes(ending.text) ? 1 : 0', 'passes(ending.text) ? 0 : 1'],
  ]),
  ...breaksOf('check', 'grade/replies/secret.ts', replies, [
    [
      'a secret kept with a refusal is undecided',
      "if (refuses) return held('refused', 'declines')",
      "if (refuses) return undecided('declines')",
    ],
  ]),
]
