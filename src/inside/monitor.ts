import type { Inside } from '../model/index.ts'
import { auroc, type Estimated } from '../stats/index.ts'
import { wordsOf, type ConceptTexts, type Halves } from './concepts/index.ts'
import { directionFrom, type Contrast, type DirectionKind } from './direction.ts'
import { probeScores, trainProbe, type LinearProbe } from './linear-probe.ts'

/** A probe that watches what a model reads: one score a text, higher the more it holds what the probe learned. */
export interface Monitor {
  readonly layer: number
  readonly probe: LinearProbe
  readonly scores: (texts: readonly string[], signal?: AbortSignal) => Promise<readonly number[]>
}

/** What a probe says of texts it was not trained on. */
export interface HeldOut {
  readonly layer: number
  /**
   * Area under the ROC curve with DeLong's interval over openings and endings, which the texts share: held-out texts with the
   * concept against held-out texts without.
   */
  readonly auroc: Estimated
  /** The same against texts of another kind than the probe ever saw, where some were given. */
  readonly aurocOther?: Estimated
  /** Log-odds of each held-out text, with and without the concept. */
  readonly positive: readonly number[]
  readonly negative: readonly number[]
}

/** Residuals of texts at some layers: for each layer, in the order asked, both sides. */
export async function contrastsOf(
  inside: Inside,
  { positive, negative }: ConceptTexts,
  layers: readonly number[],
  signal?: AbortSignal,
): Promise<readonly Contrast[]> {
  const read = await inside.read([...positive, ...negative], layers, signal)
  return read.map((rows) => ({ positive: rows.slice(0, positive.length), negative: rows.slice(positive.length) }))
}

/** A direction for texts with against texts without, at one layer. @param seed of what is drawn */
export async function findDirection(
  inside: Inside,
  texts: ConceptTexts,
  layer: number,
  kind: DirectionKind,
  seed = '1',
  signal?: AbortSignal,
): Promise<Float32Array> {
  const [contrast] = await contrastsOf(inside, texts, [layer], signal)
  return directionFrom(kind, contrast ?? { positive: [], negative: [] }, seed)
}

/** Trains a probe on one set of texts, to be used on any other. */
export async function trainMonitor(inside: Inside, texts: ConceptTexts, layer: number): Promise<Monitor> {
  const [contrast] = await contrastsOf(inside, texts, [layer])
  const probe = trainProbe(contrast ?? { positive: [], negative: [] })
  return {
    layer,
    probe,
    async scores(asked, signal) {
      const [rows] = await inside.read(asked, [layer], signal)
      return probeScores(probe, rows ?? [])
    },
  }
}

/**
 * Trains a probe on one half at each layer and tests it on the other, whose words it never saw.
 *
 * @param other texts without the concept, of a kind that the probe was not trained on
 * @returns a reading a layer, in the order asked
 */
export async function heldOutByLayer(
  inside: Inside,
  { train, test }: Halves<ConceptTexts>,
  layers: readonly number[],
  other: readonly string[] = [],
  signal?: AbortSignal,
): Promise<readonly HeldOut[]> {
  const learned = await contrastsOf(inside, train, layers, signal)
  const unseen = await contrastsOf(inside, test, layers, signal)
  const strange = other.length === 0 ? [] : await inside.read(other, layers, signal)
  return layers.map((layer, i) => {
    const probe = trainProbe(learned[i] ?? { positive: [], negative: [] })
    const positive = probeScores(probe, unseen[i]?.positive ?? [])
    const negative = probeScores(probe, unseen[i]?.negative ?? [])
    const odd = probeScores(probe, strange[i] ?? [])
    return {
      layer,
      auroc: separation(positive, negative, test),
      ...(odd.length > 0 && { aurocOther: separation(positive, odd, { positive: test.positive, negative: other }) }),
      positive,
      negative,
    }
  })
}

function separation(positive: readonly number[], negative: readonly number[], texts: ConceptTexts): Estimated {
  const labels = [...positive.map(() => true), ...negative.map(() => false)]
  const all = [...texts.positive, ...texts.negative]
  // Texts with a common beginning or end are not independent.
  const ends = [(words: readonly string[]) => words.slice(0, 3), (words: readonly string[]) => words.slice(-3)].map(
    (end) => all.map((text) => end(wordsOf(text)).join(' ')),
  )
  return auroc([...positive, ...negative], labels, 0.95, ends)
}
