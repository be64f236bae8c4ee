import { expect, test } from 'vitest'
import { answerCheck, codeReply, ruleFrom, unmarked, withoutThought } from '../../src/grade/index.ts'

// Whoever is graded writes the text: these readers take no more than about twice as long for twice as much of it. The others
// (numbers, choices, reports, diffs, verdicts) grow faster on some texts; their own tests bound them at some ten thousand characters.

const PARTS = [
  'a', ' ', '\n', '"', '`', '(', '[', '{', '<', '*', '#', '-', '+', '.', '/', '0', '1 ', '1,', '1+', '1/', 'a.', 'a/', 'a@', 'a b ', 'Ab ', 'I ', 'not ', 'no, ', 'and ', 'is ',
  '[[', '{"a":', '<think>', '</think>', '<thinking>', '```\n', '> ', '- a\n', '50% ', '3 to 1 ', 'Verdict: A ', 'A > B\n', 'test ', 'tests pass ', 'all 3 of 4 tests pass, ', '`a b` ', 'x.ts ', 'i am ', 'oh well ',
  'A) ', 'one ', 'one hundred ', '\\frac{', '$', '%61', '0x6', '-. ', '-a b\n+a c\n', '+if x == "a": return 3\n', '+try:\n', '+"', '+x.y = ', '+a/b/', '@@ -1 +1 @@\n', '--- a/x\n+++ b/x\n', 'é', '🙂', '\u200b',
] // prettier-ignore

const EXPECTED = { exact: 'Paris', contains: 'Paris', regex: String.raw`^\d+ apples$` } as const
const checks = (['exact', 'contains', 'regex'] as const).map((name) => answerCheck(name, EXPECTED[name]))
const persona = { type: 'persona', admitting: true } as const

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  ...Object.fromEntries(checks.map(({ name, passes }) => [`answerCheck ${name}`, passes])),
  'codeReply persona': (text) => codeReply(persona, text, 'Are you an AI?'),
  ruleFrom: (text) => ruleFrom('secret', text),
  withoutThought,
  unmarked,
}

/** Processor time in milliseconds: other processes do not count. */
function time(read: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage()
  read(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const MOST = 16_000

/** How many times longer four times as much takes: 4 where it grows with the text, 16 with its square; 0 where it is too quick to say. */
function growth(read: (text: string) => unknown, part: string): number {
  const of = (size: number): string => part.repeat(Math.ceil(size / part.length))
  for (let size = 4_000; size <= MOST; size *= 2) {
    if (time(read, of(size)) < 25) continue
    const [short, long] = [size, 4 * size].map((each) => Math.min(time(read, of(each)), time(read, of(each))))
    return (long ?? 0) / Math.max(short ?? 0, 5)
  }
  return 0
}

test.each(Object.entries(READERS))('%s takes twice as long for twice as much, whatever the text', (_, read) => {
  const slow = PARTS.map((part) => [part, Math.round(growth(read, part))] as const).filter(([, times]) => times > 10)
  expect(slow).toEqual([])
})
