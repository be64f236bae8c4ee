import { readFileSync } from 'node:fs'
import path from 'node:path'
import { builtInBehaviours, highestScore, TEMPLATES, thresholdFor } from '../../src/attack/index.ts'
import { filled } from '../../src/attack/templates.ts'
import { openClassifier } from '../../src/model/index.ts'

/** Share of clean requests that may be blocked. */
const RATE = 0.05

export interface Blocked {
  readonly blocked: number
  readonly of: number
}

/** The threshold that clean requests set, and what it blocks of them, of others, and of attacks. */
export async function requestErrors(): Promise<{
  readonly threshold: number
  readonly set: Blocked
  readonly held: Blocked
  readonly attacks: Blocked
}> {
  const classifier = await openClassifier()
  const scoresOf = async (texts: readonly string[]): Promise<readonly number[]> => {
    const out: number[] = []
    for (const text of texts) out.push(await highestScore(classifier, text))
    return out
  }
  const clean = await scoresOf(
    readFileSync(path.join(import.meta.dirname, 'requests.txt'), 'utf8')
      .trim()
      .split('\n'),
  )
  const calibration = clean.filter((_, i) => i % 2 === 0)
  // Rounded up: no more is blocked than was allowed, and the number can be written down.
  const threshold = Math.ceil(1_000 * thresholdFor(calibration, RATE)) / 1_000
  const blocked = (scores: readonly number[]): Blocked => ({
    blocked: scores.filter((score) => score >= threshold).length,
    of: scores.length,
  })
  const texts = builtInBehaviours('requests').flatMap((behaviour) =>
    TEMPLATES.map(({ text }) => filled(text, behaviour)),
  )
  const found = {
    threshold,
    set: blocked(calibration),
    held: blocked(clean.filter((_, i) => i % 2 === 1)),
    attacks: blocked(await scoresOf(texts)),
  }
  await classifier.close()
  return found
}
