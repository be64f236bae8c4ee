import { AssayError } from '../../assay-error.ts'
import type { TextClassifier } from '../../model/index.ts'
import { defineLayer, type Layer } from '../layer.ts'

/** Texts that a window is taken of, at most: beyond, a layer would read for minutes. */
const MOST_WINDOWS = 400

/**
 * A layer that asks a trained classifier of texts, such as `openClassifier()` gives, and blocks what it takes for an injected
 * instruction: the highest score of any sentence, or of two that follow one another.
 *
 * @param threshold score in (0, 1) from which it blocks: set it by {@link thresholdFor} on clean texts like yours, since
 *   scores are no probabilities
 */
export function trainedClassifier(classifier: Pick<TextClassifier, 'identity' | 'score'>, threshold: number): Layer {
  return defineLayer({
    name: 'trained-classifier',
    about: 'blocks texts that a classifier trained on injections takes for one, by sentences and pairs of them',
    stages: ['prompt', 'tool-result'],
    acts: 'blocks',
    options: { threshold, ...classifier.identity },
    async inspect({ text }) {
      const score = await highestScore(classifier, text)
      return score >= threshold ? { type: 'block', why: `scored ${score.toFixed(2)}`, score } : { type: 'pass', score }
    },
  })
}

/** The highest score of any sentence of a text, or of two that follow one another, in [0, 1]; 0 of an empty text. */
export async function highestScore(classifier: Pick<TextClassifier, 'score'>, text: string): Promise<number> {
  const windows = windowsOf(text)
  return windows.length === 0 ? 0 : Math.max(...(await classifier.score(windows)))
}

/**
 * The lowest threshold that blocks at most a share of clean texts, from their scores.
 *
 * @param clean scores of texts that hold no injection, at least 1 / rate of them
 * @param rate share of clean texts that may be blocked, in (0, 1)
 * @throws AssayError `attack/too-few-clean` where so few texts cannot show so small a rate
 */
export function thresholdFor(clean: readonly number[], rate: number): number {
  if (!(rate > 0 && rate < 1) || clean.length * rate < 1)
    throw new AssayError(
      'attack/too-few-clean',
      `A rate of ${rate} needs at least ${Math.ceil(1 / rate)} clean texts. You gave ${clean.length}.`,
    )
  const falling = clean.toSorted((a, b) => b - a)
  const first = falling[Math.floor(clean.length * rate)] ?? 0
  // Just above the first clean text that must pass.
  return first + 1e-9
}

function windowsOf(text: string): readonly string[] {
  const sentences = text
    .split('\n')
    .flatMap((line) => [...SENTENCES.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => /\p{L}/u.test(sentence))
  const pairs = sentences.slice(1).map((sentence, i) => `${sentences[i] ?? ''} ${sentence}`)
  return [...sentences, ...pairs].slice(0, MOST_WINDOWS)
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
