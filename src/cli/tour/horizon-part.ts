import type { ClaimSpec } from '../../brief/index.ts'
import { MODEL, SET_AT, tourRun, type TourPart } from './part.ts'

const HAZARD = {
  study: 'horizon',
  quantity: 'hazard per step(success)',
  where: { agent: MODEL, template: 'completion', examples: 'two' },
  unit: 'proportion',
  setAt: SET_AT,
} as const

const claims: readonly ClaimSpec[] = [
  {
    text: 'Shown two worked examples, a language model of 135 million parameters fails at more than one step in six, so it finishes fewer than half of the tasks of four steps.',
    // A hazard of 1 − 0.5^(1/4) leaves half of the tasks of four steps.
    test: { ...HAZARD, direction: 'above', threshold: 0.1591 },
    takeaway: true,
    sections: ['How-Far-An-Agent-Gets'],
  },
  {
    text: 'The same model can be left alone with work of eight steps: it finishes half of such tasks, so it fails at fewer than one step in twelve.',
    test: { ...HAZARD, direction: 'below', threshold: 0.083 },
    sections: ['How-Far-An-Agent-Gets'],
  },
]

export const horizonPart: TourPart = {
  title: 'How long a task can it finish?',
  intro:
    'Tasks in a folder of files whose shortest solution is known, here of one step and of two: follow a card to the next, write a receipt. ' +
    'Scripted controls with known horizons and the same language model do them; the model gets two worked examples of other tasks.',
  seconds: 45,
  claims,
  run: (context) =>
    tourRun(context, 'horizon', {
      set: { family: ['references'], length: ['1', '2'], template: ['completion'], examples: ['two'] },
      repeats: 8,
      sampling: { temperature: 0, maxOutputTokens: 64 },
    }),
  lesson: {
    planted:
      'Only controls ran, and the study found the horizons that they are made to have. With the real weights, the same study measures a model.',
    real:
      'What this is: the share of steps at which the model fails, with an interval that says how little sixteen tasks fix it. ' +
      'What it is not: a horizon in minutes, since it was not measured how long people need for these tasks, or a horizon at other work.',
  },
}
