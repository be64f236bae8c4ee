import { plainScaffold } from '../../agent/index.ts'
import { concepts, plantedInside, probing, textsOf, type Concept } from '../../inside/index.ts'
import { hashOf } from '../../record/index.ts'
import { mean, proportion, score, exact } from '../../findings/index.ts'
import {
  between,
  carriedTask,
  defineStudy,
  exactly,
  levels,
  share,
  type Expectation,
  type Study,
  type Task,
} from '../../study/index.ts'
import { detection, rateWhere, separation } from './analyses.ts'
import { QUESTION, WHICH } from './ask.ts'
import { introspectionLook, noticed, type Setting } from './look.ts'
import { introspected, type Introspected } from './measure.ts'
import { DRAWN } from '../inside-sampling.ts'

const SAID_YES = { injected: 'rate(saidYes: injected)', nothing: 'rate(saidYes: nothing injected)' } as const
const DETECTION = 'difference(saidYes: nothing injected → injected)'
const NAMED = 'rate(named: injected)'
const FAVOURED = 'rate(favoured: injected)'

const BY = ['agent', 'depth', 'strength'] as const

/** Whether a model notices a concept that was put into it. */
export const introspection: Study = defineStudy({
  name: 'introspection',
  question: 'Does a model notice a concept that was put into it?',
  factors: {
    depth: levels('half', 'third', 'two-thirds'),
    strength: levels('1', '2', '4').default('2', '4'),
  },
  tasks: ({ depth, strength }) =>
    concepts.map((concept) => noticingTask({ concept, depth, strength: Number(strength) })),
  outcome: {
    injected: proportion(),
    saidYes: proportion(),
    unclear: proportion(),
    chanceYes: proportion(),
    brier: score(),
    answered: proportion(),
    named: proportion().optionally(),
    favoured: proportion().optionally(),
  },
  checks: exact("answers that begin with yes or no, names of concepts, and the model's own probabilities"),
  controls: {
    notices: {
      property: 'scripted: notices and names what is injected, and says no when nothing is',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: true }),
      reads: {
        injected: () => share(0.5),
        answered: () => exactly(1),
        unclear: () => exactly(0),
        // It is as sure as 95%, and right.
        brier: () => near(0.05 ** 2),
      },
      finds: {
        [SAID_YES.injected]: () => exactly(1),
        [SAID_YES.nothing]: () => exactly(0),
        [DETECTION]: () => exactly(1),
        [NAMED]: () => exactly(1),
        [FAVOURED]: () => exactly(1),
        'auroc(chanceYes)': () => exactly(1),
      },
    },
    'half-blind': {
      property: 'the dose between: notices half of what is put into it by lot, names that, and says no to all else',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: true, misses: 0.5 }),
      reads: { unclear: () => exactly(0) },
      finds: {
        [SAID_YES.injected]: () => 0.5,
        [SAID_YES.nothing]: () => exactly(0),
        [DETECTION]: () => 0.5,
        [NAMED]: () => 0.5,
      },
    },
    mistaken: {
      property: 'scripted: notices what is injected, and takes each concept for the next',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: true, mistakes: true }),
      reads: { unclear: () => exactly(0) },
      finds: {
        [SAID_YES.injected]: () => exactly(1),
        [SAID_YES.nothing]: () => exactly(0),
        [NAMED]: () => exactly(0),
        [FAVOURED]: () => exactly(0),
      },
    },
    blind: {
      property: 'scripted: never notices anything',
      policy: () => [],
      inside: plantedInside({ steerable: false, notices: false }),
      reads: {
        injected: () => share(0.5),
        saidYes: () => exactly(0),
        unclear: () => exactly(0),
        chanceYes: () => near(0.1),
      },
      finds: {
        [SAID_YES.injected]: () => exactly(0),
        [SAID_YES.nothing]: () => exactly(0),
        [DETECTION]: () => exactly(0),
        [NAMED]: () => exactly(0),
        [FAVOURED]: () => exactly(0),
        'auroc(chanceYes)': () => exactly(0.5),
        // By lot, half of its trials hold something: it gives that a tenth.
        'mean(brier)': () => (0.1 ** 2 + 0.9 ** 2) / 2,
      },
    },
  },
  findings: [
    rateWhere('saidYes', 1, { by: BY, title: 'says that it notices something, injected' }),
    rateWhere('saidYes', 0, { by: BY, title: 'says that it notices something, nothing injected' }),
    detection({ by: BY, title: 'says that it notices something: injected above not' }),
    rateWhere('named', 1, { by: BY, title: 'says yes and names the concept', chance: 1 / concepts.length }),
    rateWhere('favoured', 1, {
      by: BY,
      title: "the concept's name gains most among eight",
      chance: 1 / concepts.length,
    }),
    separation({ by: BY, title: 'chance of yes: injected against not (AUROC)' }),
    mean('brier', { by: BY, cluster: 'task', title: 'Brier score of the chance of yes (0.25: knows nothing)' }),
    mean('unclear', { by: BY, cluster: 'task', title: 'answers that begin with neither yes nor no' }),
  ],
  repeats: 6,
})

/** What floating point leaves of a known number. */
function near(value: number): Expectation {
  return between(value - 1e-9, value + 1e-9)
}

function noticingTask(setting: Setting): Task<Introspected> {
  const { concept } = setting
  const runner = probing(introspectionLook(setting), noticed)
  return carriedTask({
    id: concept.name,
    scaffold: { ...plainScaffold, template: 'completion' },
    limits: {},
    key: keyOf(concept),
    drawn: DRAWN,
    looksInside: true,
    runner,
    measure: ({ seen }) => introspected(seen, concept),
  })
}

function keyOf(concept: Concept): { readonly texts: string; readonly questions: string } {
  const { train } = textsOf(concept)
  return { texts: hashOf([...train.positive, ...train.negative]), questions: hashOf([QUESTION, WHICH]) }
}
