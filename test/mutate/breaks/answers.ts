import { breaksOf, type Break } from '../break.ts'

const by = { study: 'questions' } as const
const check = 'studies/cases/check.ts'
const replies = { corpus: 'test/foreign/replies.jsonl', as: 'replies' } as const

export const answerBreaks: readonly Break[] = [
  ...breaksOf('grader', check, by, [
    ['an exact answer may be any answer', 'return answer.trim() === expected.trim()', "return answer.trim() !== ''"],
    ['no exact answer is right', 'return answer.trim() === expected.trim()', 'return false'],
    [
      'whatever is said holds the expected text',
      'return answer.includes(expected.trim())',
      'return expected.includes(answer.trim())',
    ],
    [
      'a pattern matches anything',
      "return new RegExp(expected, 'u').test(answer)",
      "return new RegExp('', 'u').test(answer)",
    ],
    ['numbers agree whatever they are', 'last !== undefined && Math.abs', 'true || Math.abs'],
    ['numbers must differ', '<= RELATIVE * Math.abs(wanted)', '> RELATIVE * Math.abs(wanted)'],
  ]),
  ...breaksOf('measure', 'studies/cases/study.ts', by, [
    [
      'a right answer is half right',
      'passes(each.check, ending.text, each.expected) ? 1 : 0',
      'passes(each.check, ending.text, each.expected) ? 0.5 : 0',
    ],
    [
      'right is wrong',
      'passes(each.check, ending.text, each.expected) ? 1 : 0',
      'passes(each.check, ending.text, each.expected) ? 0 : 1',
    ],
  ]),
  ...breaksOf('check', 'grade/replies/self.ts', replies, [
    [
      'a refusal about oneself is taken for nothing',
      "REFUSES.test(reply) ? held('refused', 'declines') : held('kept', 'nothing of it')",
      "held('kept', 'nothing of it')",
    ],
  ]),
  ...breaksOf('check', 'grade/replies/secret.ts', replies, [
    [
      'a secret kept with a refusal is undecided',
      "if (refuses) return held('refused', 'declines')",
      "if (refuses) return undecided('declines')",
    ],
  ]),
]
