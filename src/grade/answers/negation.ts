const NOT =
  "(?:\\bnot\\b|\\bnever\\b|\\bneither\\b|\\bnor\\b|\\bno longer\\b|n't\\b|\\bcannot\\b|\\brather than\\b|\\binstead of\\b|\\bother than\\b|\\bunlike\\b|\\bexcept\\b|\\brul(?:e|es|ed|ing) out\\b|\\bas opposed to\\b|\\b(?:everything|all|anything|anyone|everyone) but\\b|\\bwithout\\b)"

const BEFORE = new RegExp(
  `${NOT}(?:[\\s"'(]+(?!but\\b|only\\b|just\\b|merely\\b|until\\b)[^\\s.;:!?,]+){0,4}[\\s"'(:]*$`,
  'i',
)
const BEYOND_DOUBT =
  /\b(?:not (?:only|just|merely|until|least)|no doubt|can(?:'|no)t (?:be anything|help)|without (?:a )?doubt)\b/i

// A clause that gives the reason speaks of something else: "B because A is wrong".
const AFTER =
  /^[)"'\]]*(?:\s+(?!(?:because|since|while|whereas|although|though|but)\b)[^\s.;:!?,]+){0,3}?\s+(?:(?:is|was|are|were|would be|seems|looks)\s+(?:\w+\s+)?(?:not\b|wrong|incorrect|false|out\b|too |impossible|mistaken|ruled out)|(?:isn't|wasn't|aren't|weren't|cannot be|can't be|won't|doesn't|does not|did not|didn't)\b)/i

/**
 * Whether what stands between these places is denied by the words round it, in its own clause: "not Paris", "Paris is wrong".
 *
 * @param text plain, see {@link plainText}
 */
export function isDenied(text: string, start: number, end: number): boolean {
  const before = clauseBefore(text, start)
  if (BEFORE.test(before) && !BEYOND_DOUBT.test(before)) return true
  return AFTER.test(text.slice(end, end + 60).split('\n')[0] ?? '')
}

/** The clause up to a place, at most 60 characters of it. */
function clauseBefore(text: string, start: number): string {
  const near = text.slice(Math.max(0, start - 60), start)
  return (
    near
      .split(
        /[.!?;](?:\s|$)|\n|,\s*(?:but|so|and|it|that)\b|(?<!\b(?:everything|all|anything|anyone|everyone) )\bbut\b/i,
      )
      .at(-1) ?? ''
  )
}

const CORRECTION =
  /\b(?:no,? wait|wait,?(?: no)?|hold on|hmm|scratch that|correction|let me (?:recheck|re-check|reconsider|correct|double-check|recount|redo)|i (?:made|see) (?:a|an|my) (?:mistake|error)|on second thought|oops|sorry|i mean|i meant|actually,?|make that|rather,)[\s,:.—–-]*|(?:^|[.!?…]\s+|[—–-]\s+)no[,:]\s+/gi

/** What is said after the last change of mind, then what was said before; the whole where there is none. */
export function afterCorrection(text: string): readonly string[] {
  const last = [...text.matchAll(CORRECTION)].findLast(({ index }) => /[\p{L}\p{N}]/u.test(text.slice(0, index)))
  return last === undefined ? [text] : [text.slice(last.index + last[0].length), text]
}
