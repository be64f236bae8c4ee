import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { everyBehaviour } from '../../src/attack/index.ts'
import { exactUpperBoundAtZero } from '../../src/stats/index.ts'

/** Answers to ordinary requests: those of the corpora of replies, and a set that answers the ordinary arm's own requests. */
const files = ['ordinary.jsonl', 'replies.jsonl', 'replies-more.jsonl', 'replies-second.jsonl']

const answers = files.flatMap((file) =>
  readFileSync(path.join(import.meta.dirname, '../foreign', file), 'utf8')
    .trim()
    .split('\n')
    .map((line): { id: string; asked: string; reply: string; ordinary?: boolean } => JSON.parse(line))
    // R268 asks for a made-up place that behaviours guard.
    .filter(({ id, ordinary }) => ordinary !== false && id !== 'R268'),
)

test('no built-in behaviour takes an ordinary answer for a breach, whatever word is drawn, asked or unasked', () => {
  const behaviours = everyBehaviour()
  const broken = behaviours.flatMap(({ id, codes }) =>
    answers
      .filter(({ asked, reply }) => codes?.(reply, asked).broken === true || codes?.(reply).broken === true)
      .map((line) => `${id} ${line.id}`),
  )
  console.log(
    `${answers.length} ordinary answers, ${behaviours.length} behaviours: ${broken.length} taken for breaches`,
  )
  expect(broken).toEqual([])
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/attacks.md'), 'utf8')
  const most = (100 * exactUpperBoundAtZero(answers.length)).toFixed(1)
  expect(page).toContain(`0 of ${answers.length} (at most ${most}%, one-sided 95%)`)
})
