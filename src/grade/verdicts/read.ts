import { pairVerdict } from './pair.ts'
import { passIn } from './pass.ts'
import { scoreIn } from './score.ts'
import type { Asked, ReadVerdict } from './verdict.ts'

/**
 * What a judge decided, as a careful person reads its words, fair or not. Pure.
 *
 * @param format what it was asked to answer with: its range and words are read from it
 *
 * @example readVerdict('Both are close. [[B]]', { asked: 'pair', format: '[[A]] or [[B]]' }) // { type: 'pair', verdict: 'B' }
 */
export function readVerdict(
  output: string,
  { asked, format }: { readonly asked: Asked; readonly format: string },
): ReadVerdict {
  if (asked === 'pair') return { type: 'pair', verdict: pairVerdict(output, format) }
  const isPass = asked === 'binary' || (asked === 'rubric' && /\b(?:PASS|yes or no|true)\b/i.test(format))
  return isPass ? { type: 'pass', pass: passIn(output, format) } : { type: 'score', score: scoreIn(output, format) }
}
