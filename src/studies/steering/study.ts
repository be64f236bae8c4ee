import { plainScaffold } from '../../agent/index.ts'
import { conceptNamed, concepts, plantedInside, probing, textsOf } from '../../inside/index.ts'
import { hashOf } from '../../record/index.ts'
import { count, mean, pairedDifference, proportion, score, exact } from '../../findings/index.ts'
import {
  above,
  below,
  between,
  carriedTask,
  defineStudy,
  exactly,
  levels,
  type Expectation,
  type Study,
} from '../../study/index.ts'
import { armDifference, bestStrength } from './arms.ts'
import { DRAWN } from '../inside-sampling.ts'
import { drawSteering } from './figure.ts'
import { arms, steeringLook } from './look.ts'
import { steered } from './measure.ts'
import { CHOICES, PROMPTS, STEERED } from './texts.ts'
import { wordShare } from './word-share.ts'

/** What the toys are: each strength brings so many of the concept's words, up to the most; a word costs so many nats. */
const GAIN = 0.1
const MOST = 0.4
const NATS = 1.5
const WORDS = PROMPTS.length * STEERED

/** A probe that finds no concept. */
const unlikely: Expectation = between(0, 0.1)

/** What no vector changes in the toys that stay themselves. */
const calm = {
  plainShare: () => exactly(0),
  afterShare: () => exactly(0),
  otherShare: () => exactly(0),
  plainOtherShare: () => exactly(0),
  plainProbed: () => unlikely,
  plainNats: () => near(NATS),
  randomNats: () => near(NATS),
  shuffledNats: () => near(NATS),
  repetition: () => exactly(0),
  plainRepetition: () => exactly(0),
  accuracy: () => exactly(0),
  plainAccuracy: () => exactly(0),
  words: () => exactly(WORDS),
  plainWords: () => exactly(WORDS),
  randomWords: () => exactly(WORDS),
  shuffledWords: () => exactly(WORDS),
  residue: () => exactly(0),
} as const

/** What floating point leaves of a known number. */
function near(value: number): Expectation {
  return between(value - 1e-9, value + 1e-9)
}

/** What the worn-out toy gives once it hears a concept, and before; between them nobody knows. */
function worn(strength: string, broken: number, whole: number): Expectation | undefined {
  if (Number(strength) <= 0) return near(whole)
  return Number(strength) >= 1 ? near(broken) : undefined
}

/** The share of words that the largest of these strengths brings, within a third: the vector is learned, and points nearly right. */
function doseOf(strengths: readonly number[]): Expectation | undefined {
  const strength = Math.max(...strengths)
  const dose = Math.min(MOST, GAIN * strength)
  return strength < 1 ? undefined : between((2 * dose) / 3, (4 * dose) / 3)
}

function strengthsOf(trials: readonly { readonly cell: { readonly strength: string } }[]): readonly number[] {
  return trials.map(({ cell }) => Number(cell.strength))
}

const BY = ['agent', 'concept', 'kind', 'depth', 'strength'] as const

/** Measures that say how far the concept was turned up; the others say what that cost. */
const WORD_SHARES: ReadonlySet<string> = new Set(['share', 'afterShare'])

/** Whether a concept inside a model can be found and turned up, and what that costs. */
export const steering: Study = defineStudy({
  name: 'steering',
  question: 'Can a concept inside a model be found and turned up, and what does that cost in quality?',
  factors: {
    concept: levels('sea', 'music', 'anger', 'french', 'numbers', 'formal', 'food', 'space'),
    kind: levels('contrast', 'pca', 'probe'),
    depth: levels('half', 'third', 'two-thirds'),
    strength: levels('0', '0.5', '1', '1.5', '2', '3', '-2').default('0', '1', '2', '3'),
  },
  tasks: ({ concept: name, kind, depth, strength }) => {
    const concept = conceptNamed(name)
    const runner = probing(steeringLook({ concept, kind, depth, strength: Number(strength) }), arms)
    return [
      carriedTask({
        id: 'beginnings',
        scaffold: { ...plainScaffold, template: 'completion' },
        limits: {},
        key: {
          texts: hashOf(
            Object.values(textsOf(concept)).flatMap(({ positive, negative }) => [...positive, ...negative]),
          ),
          lexicon: hashOf(concepts.map((each) => each.lexicon.map(String))),
          beginnings: hashOf([...PROMPTS]),
          choices: hashOf(CHOICES.map((each) => ({ ...each }))),
        },
        looksInside: true,
        drawn: DRAWN,
        runner,
        measure: ({ seen }) => ({ ...steered(seen, concept) }),
      }),
    ]
  },
  outcome: {
    share: proportion(),
    plainShare: proportion(),
    randomShare: proportion(),
    shuffledShare: proportion(),
    afterShare: proportion(),
    probed: proportion(),
    plainProbed: proportion(),
    otherShare: proportion(),
    plainOtherShare: proportion(),
    nats: score(),
    plainNats: score(),
    randomNats: score(),
    shuffledNats: score(),
    repetition: proportion(),
    plainRepetition: proportion(),
    accuracy: proportion(),
    plainAccuracy: proportion(),
    words: count(),
    plainWords: count(),
    randomWords: count(),
    shuffledWords: count(),
    residue: score(),
  },
  checks: exact("words of fixed lists, and the model's own probabilities"),
  controls: {
    steerable: {
      property: `scripted, with concepts at known directions: a concept turned up makes about ${GAIN} of its words per strength the concept's, up to ${MOST}, and nothing else changes`,
      policy: () => [],
      inside: plantedInside({ steerable: true, notices: false }),
      reads: {
        share: ({ strength }) => (Number(strength) >= 1 ? above(0.03) : Number(strength) <= 0 ? exactly(0) : undefined),
        randomShare: () => below(0.03),
        shuffledShare: () => below(0.03),
        nats: ({ strength }) => (Number(strength) <= 0 ? near(NATS) : between(NATS, NATS + MOST + 0.1)),
        probed: ({ strength }) =>
          Number(strength) <= 0 ? unlikely : Number(strength) >= 2 ? between(0.3, 1) : undefined,
        ...calm,
        // Words drawn by lot come again.
        repetition: ({ strength }) => (Number(strength) <= 0 ? exactly(0) : between(0, 0.1)),
      },
      finds: {
        'mean(share)': ({ strength }, trials) =>
          doseOf(strength === undefined ? strengthsOf(trials) : [Number(strength)]),
        // Its price is the words themselves, below a nat: the largest strength is the best.
        'difference(share at the best strength within 1 nats)': (_, trials) => doseOf(strengthsOf(trials)),
        ...Object.fromEntries(
          ['1', '2', '3'].map((strength) => [
            `difference(share: strength 0 → ${strength})`,
            (): Expectation | undefined => doseOf([Number(strength)]),
          ]),
        ),
      },
    },
    'worn-out': {
      property:
        'scripted: knows the right choices until a concept is turned up; then it alternates a word of that concept and one of the next, goes on when the vector is gone, and chooses wrongly',
      policy: () => [],
      inside: plantedInside({
        steerable: false,
        notices: false,
        breaks: true,
        knows: CHOICES.map(({ right }) => right.trim()),
      }),
      reads: {
        share: ({ strength }) => worn(strength, 0.5, 0),
        afterShare: ({ strength }) => worn(strength, 0.5, 0),
        otherShare: ({ strength }) => worn(strength, 0.5 / (concepts.length - 1), 0),
        repetition: ({ strength }) => worn(strength, (STEERED - 4) / (STEERED - 2), 0),
        accuracy: ({ strength }) => worn(strength, 0, 1),
        // Half of what it says is of the next concept: how far a probe is then above half is a matter of the two concepts.
        probed: ({ concept, strength }) =>
          Number(strength) >= 1
            ? between(concept === 'sea' ? 0.9 : 0.5, 1)
            : Number(strength) <= 0
              ? unlikely
              : undefined,
        plainProbed: () => unlikely,
        nats: ({ strength }) => worn(strength, NATS + 1, NATS),
        plainShare: () => exactly(0),
        plainOtherShare: () => exactly(0),
        plainRepetition: () => exactly(0),
        plainAccuracy: () => exactly(1),
        plainNats: () => near(NATS),
      },
    },
    deaf: {
      property: 'scripted, with the same directions: reacts to none of them',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: false }),
      reads: {
        share: () => exactly(0),
        randomShare: () => exactly(0),
        shuffledShare: () => exactly(0),
        nats: () => near(NATS),
        probed: () => unlikely,
        ...calm,
      },
    },
  },
  findings: [
    wordShare('share', 'words', { by: BY, title: 'share of concept words' }),
    wordShare('plainShare', 'plainWords', { by: BY, title: 'share of concept words with nothing added' }),
    wordShare('randomShare', 'randomWords', {
      by: BY,
      title: 'share of concept words under a random vector of equal norm',
    }),
    wordShare('shuffledShare', 'shuffledWords', {
      by: BY,
      title: 'share of concept words under a vector from shuffled labels',
    }),
    ...(['0.5', '1', '1.5', '2', '3', '-2'] as const).map((to) =>
      pairedDifference('share', {
        factor: 'strength',
        from: '0',
        to,
        pair: 'seed',
        title: `concept words at strength ${to} above strength 0`,
      }),
    ),
    armDifference('randomShare', 'share', { by: BY, title: 'concept words above a random vector of equal norm' }),
    armDifference('shuffledShare', 'share', { by: BY, title: 'concept words above a vector from shuffled labels' }),
    armDifference('plainProbed', 'probed', { by: BY, title: "the probe's chance of the concept, steered above plain" }),
    armDifference('plainNats', 'nats', {
      by: BY,
      title: 'nats a token for the model as it ships, steered above plain',
    }),
    armDifference('randomNats', 'nats', {
      by: BY,
      title: 'nats a token for the model as it ships, above a random vector of equal norm',
    }),
    armDifference('shuffledNats', 'nats', {
      by: BY,
      title: 'nats a token for the model as it ships, above a vector from shuffled labels',
    }),
    armDifference('plainRepetition', 'repetition', {
      by: BY,
      title: 'repeated three-word sequences, steered above plain',
    }),
    armDifference('plainAccuracy', 'accuracy', { by: BY, title: 'right choices of eight, steered above plain' }),
    armDifference('plainOtherShare', 'otherShare', {
      by: BY,
      title: 'words of the other concepts, steered above plain',
    }),
    armDifference('plainShare', 'afterShare', { by: BY, title: 'concept words once the vector is gone, above plain' }),
    mean('residue', { by: BY, cluster: 'seed', title: 'largest change of a logit once the vector is gone' }),
    bestStrength({ by: ['agent', 'concept', 'kind', 'depth'], mostNats: 1 }),
  ],
  families: [
    { name: 'concept words', has: ({ kind, measure }) => kind === 'change' && WORD_SHARES.has(measure ?? '') },
    { name: 'what steering costs', has: ({ kind, measure }) => kind === 'change' && !WORD_SHARES.has(measure ?? '') },
  ],
  repeats: 10,
  draw: drawSteering,
})
