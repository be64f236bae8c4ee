import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import type { ClaimSpec } from '../../brief/index.ts'
import { version } from '../../project/index.ts'
import { startRun, type RunEnd } from '../../run/index.ts'
import { loadBuiltIn } from '../../studies/index.ts'
import type { TourContext, TourPart } from './part.ts'

const MODEL = 'local/smollm2-135m'
const SET_AT = '2026-11-23T00:00:00Z'
const SHOWN = { agent: MODEL, template: 'completion', examples: 'two' }

const claims: readonly ClaimSpec[] = [
  {
    text: 'Shown two worked examples, a language model of 135 million parameters finishes half of the tasks of some length, and that length is below four steps.',
    test: {
      study: 'horizon',
      quantity: 'h50(success by steps)',
      where: SHOWN,
      unit: 'count',
      direction: 'below',
      threshold: 4,
      setAt: SET_AT,
    },
    takeaway: true,
    sections: ['How-Far-An-Agent-Gets'],
  },
  {
    text: 'The same model can be left alone with work of eight steps: it finishes half of such tasks.',
    test: {
      study: 'horizon',
      quantity: 'h50(success by steps)',
      where: SHOWN,
      unit: 'count',
      direction: 'above',
      threshold: 8,
      setAt: SET_AT,
    },
    sections: ['How-Far-An-Agent-Gets'],
  },
]

export const horizonPart: TourPart = {
  title: 'How long a task can it finish?',
  intro:
    'Tasks in a folder of files whose shortest solution is known, here of one step and of two: follow a card to the next, write a receipt. ' +
    'Scripted controls with known horizons and the same language model do them; the model gets two worked examples of other tasks.',
  seconds: 30,
  claims,
  run,
  lesson({ plan }) {
    if (plan.request.models.length === 0) {
      return 'Only controls ran, and the study found the horizons that they are made to have. With the real weights, the same study measures a model.'
    }
    return (
      'What this is: the length of task that the model finishes half of the time, with an interval that says how little eight tasks fix it. ' +
      'What it is not: a horizon in minutes, since it was not measured how long people need for these tasks, or a horizon at other work.'
    )
  },
}

async function run(context: TourContext): Promise<RunEnd> {
  const study = await loadBuiltIn('horizon')
  if (study === undefined) throw new AssayError('cli/tour', 'The horizon study is missing from this Assay.')
  const name = `tour-horizon-${context.stamp}`
  return startRun(
    {
      study,
      request: {
        models: context.model === undefined ? [] : [context.model],
        set: { family: ['references'], length: ['1', '2'], template: ['completion'], examples: ['two'] },
        repeats: 4,
        seed: 'tour',
        controls: 'with',
        sampling: { temperature: 0, maxOutputTokens: 64 },
        limits: {},
      },
      run: name,
      folder: path.join(context.runs, name),
    },
    { concurrency: 4, durability: 'each-second', version: version() },
    context.effects,
  )
}
