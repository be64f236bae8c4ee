import { plainScaffold } from '../../agent/index.ts'
import { conceptNamed, concepts, plantedInside, probing, textsOf } from '../../inside/index.ts'
import { hashOf } from '../../record/index.ts'
import { count, mean, pairedDifference, proportion, score, exact } from '../../findings/index.ts'
import { above, below, carriedTask, defineStudy, exactly, levels, type Study } from '../../study/index.ts'
import { armDifference, bestStrength } from './arms.ts'
import { DRAWN } from '../inside-sampling.ts'
import { drawSteering } from './figure.ts'
import { arms, steeringLook } from './look.ts'
import { steered } from './measure.ts'
import { CHOICES, PROMPTS } from './texts.ts'
import { wordShare } from './word-share.ts'

const BY = ['agent', 'concept', 'kind', 'depth', 'strength'] as const

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
      property:
        'scripted, with concepts at known directions: a concept turned up makes it write its words, and nothing else changes',
      policy: () => [],
      inside: plantedInside({ steerable: true, notices: false }),
      reads: {
        share: ({ strength }) => (Number(strength) >= 1 ? above(0.03) : strength === '0' ? exactly(0) : undefined),
        plainShare: () => exactly(0),
        randomShare: () => below(0.03),
        shuffledShare: () => below(0.03),
        residue: () => exactly(0),
      },
    },
    deaf: {
      property: 'scripted, with the same directions: reacts to none of them',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: false }),
      reads: { share: () => exactly(0), plainShare: () => exactly(0), residue: () => exactly(0) },
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
  repeats: 10,
  draw: drawSteering,
})
