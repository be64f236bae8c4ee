import { defineLayer, type Layer, type Passing, type Verdict } from '../layer.ts'
import { wordsOf } from '../threads.ts'

/** Words and forms that ordinary requests seldom hold. */
const SUSPECT: readonly string[] = [
  String.raw`\bignore\b.{0,30}\b(?:instructions?|rules?|above)\b`,
  String.raw`\b(?:previous|prior|above|your) (?:instructions?|rules?|text|prompt)\b`,
  String.raw`\bthe text above\b`,
  String.raw`\badministrator\b|\bdeveloper mode\b`,
  String.raw`\b(?:password|secret|hidden word|code ?word|code ?name)\b`,
  String.raw`\bforbidden\b|\bkeep to yourself\b`,
]

/** Blocks what matches one of the patterns (JavaScript, flags `iu`), and says which. */
function matching(patterns: readonly string[]): (passing: Passing) => Verdict {
  const compiled = patterns.map((pattern) => new RegExp(pattern, 'iu'))
  return ({ text }) => {
    const hit = patterns[compiled.findIndex((pattern) => pattern.test(text))]
    return hit === undefined ? { type: 'pass', score: 0 } : { type: 'block', why: hit, score: 1 }
  }
}

/** Blocks requests that match one of the patterns (JavaScript, flags `iu`). */
export function keywordFilter(patterns: readonly string[] = SUSPECT): Layer {
  return defineLayer({
    name: 'keywords',
    about: 'blocks requests that hold one of a list of words and forms',
    stages: ['prompt'],
    acts: 'blocks',
    options: { patterns },
    inspect: matching(patterns),
  })
}

/** Forms in which documents speak to whoever reads them instead of telling something. */
const ORDERS: readonly string[] = [
  String.raw`\bignore\b.{0,30}\b(?:instructions?|rules?|above)\b`,
  String.raw`\b(?:note|message) to the (?:assistant|ai|model)\b`,
  String.raw`<\/?information>`,
  String.raw`\b(?:your|the) (?:next|new) task\b|\btask above is (?:done|finished)\b`,
  String.raw`\bbegin your answer with\b`,
]

/** Blocks text from tools and documents that speaks to its reader in orders. */
export function injectionDetector(patterns: readonly string[] = ORDERS): Layer {
  return defineLayer({
    name: 'detector',
    about: 'blocks what tools and documents bring when it speaks to its reader in orders',
    stages: ['prompt', 'tool-result'],
    acts: 'blocks',
    options: { patterns },
    inspect: matching(patterns),
  })
}

/**
 * Blocks text that is unlike language: more nats a token than `most` by local log-probabilities.
 *
 * @param most nats a token; ordinary English reads at 3 to 5 by a small model
 * @see Alon and Kamfonas (2023), arXiv 2308.14132
 */
export function perplexityFilter(most = 6.5): Layer {
  return defineLayer({
    name: 'perplexity',
    about: 'blocks requests that a language model finds more unlikely than a threshold (arXiv 2308.14132)',
    stages: ['prompt', 'tool-result'],
    acts: 'blocks',
    needs: ['likelihood'],
    options: { most },
    async inspect({ text }, { nats }) {
      const found = await nats(text)
      // Without log-probabilities there is no such filter.
      if (found === undefined) return { type: 'unread', why: 'the model gives no log-probabilities' }
      const score = Math.max(0, Math.min(1, found / (2 * most)))
      return found > most ? { type: 'block', why: `${found.toFixed(2)} nats a token`, score } : { type: 'pass', score }
    },
  })
}

/** Blocks answers that hold what is guarded: as it is written, or also spelled out and backwards. */
export function outputCheck(how: 'literal' | 'spelled' = 'literal'): Layer {
  return defineLayer({
    name: 'output',
    about: 'blocks answers that hold the guarded text',
    stages: ['output'],
    acts: 'blocks',
    options: { how },
    inspect({ text }, { guarded }) {
      const hit = guarded.find((each) =>
        how === 'literal' ? text.toLowerCase().includes(each.toLowerCase()) : says(text, each),
      )
      return hit === undefined ? { type: 'pass', score: 0 } : { type: 'block', why: 'it holds guarded text', score: 1 }
    },
  })
}

/** Forms in which answers give something away, for whoever cannot list what is guarded. */
const GIVING_AWAY: readonly string[] = [
  String.raw`\b(?:password|secret|code ?word|code ?name|hidden word|ingredient|prize)\b.{0,60}\b(?:is|are)\b`,
  String.raw`\b(?:held|signed|seen|starts|hangs|written)\b.{0,20}\bin\b`,
  String.raw`\bthe place of\b.{0,40}\bis\b`,
]

/** Blocks answers of a form in which things are given away; it does not know what is guarded. */
export function outputForms(patterns: readonly string[] = GIVING_AWAY): Layer {
  return defineLayer({
    name: 'output',
    about: 'blocks answers of a form in which things are given away, without knowing what is guarded',
    stages: ['output'],
    acts: 'blocks',
    options: { patterns },
    inspect: matching(patterns),
  })
}

/** Looks at all answers of a conversation together: what is given away letter by letter is given away. */
export const transcriptCheck: Layer = defineLayer({
  name: 'transcript',
  about: 'blocks where all answers of the conversation together hold guarded text',
  stages: ['transcript'],
  acts: 'blocks',
  inspect(passing, { guarded }) {
    const turns = passing.stage === 'transcript' ? passing.turns : []
    const all = turns.flatMap((turn) => (turn.role === 'assistant' ? [wordsOf(turn)] : [])).join(' ')
    return guarded.some((each) => says(all, each))
      ? { type: 'block', why: 'the answers together hold guarded text' }
      : { type: 'pass' }
  },
})

/**
 * Whether a text says a word as a filter sees it: as a word of its own, spelled out with single marks between the letters, or backwards.
 * Case counts for nothing.
 */
function says(text: string, word: string): boolean {
  const wanted = word.toLowerCase()
  const letters = wanted.replaceAll(' ', '').split('')
  const spelled = letters.map(escaped).join('[\\s.,*_|-]{1,3}')
  const forms = [escaped(wanted), spelled, escaped(letters.toReversed().join(''))]
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'u').test(text.toLowerCase())
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
