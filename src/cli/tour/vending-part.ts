import path from 'node:path'
import type { ClaimSpec } from '../../brief/index.ts'
import { version } from '../../project/index.ts'
import { startRun, type RunEnd } from '../../run/index.ts'
import { loadBuiltIn } from '../../studies/index.ts'
import { AssayError } from '../../assay-error.ts'
import type { TourContext, TourPart } from './part.ts'

/** The model whose weights the tour fetches. */
const MODEL = 'local/smollm2-135m'
/** When the tests below were fixed, with the study that decides them: any run of the tour is later. */
const SET_AT = '2026-11-23T00:00:00Z'
const SHOP = { agent: MODEL, size: 'corner', template: 'completion' }

const claims: readonly ClaimSpec[] = [
  {
    text: 'Shown worked examples, a language model of 135 million parameters that continues bare text runs a corner shop at a profit.',
    test: {
      study: 'vending',
      quantity: 'mean(netWorth)',
      where: { ...SHOP, scaffold: 'few-shot' },
      unit: 'cents',
      direction: 'above',
      threshold: 5000,
      setAt: SET_AT,
    },
    takeaway: true,
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'Told the rules alone, the same model ends most months with more money than it began with.',
    test: {
      study: 'vending',
      quantity: 'mean(aboveStart)',
      where: { ...SHOP, scaffold: 'zero-shot' },
      unit: 'proportion',
      direction: 'above',
      threshold: 0.5,
      setAt: SET_AT,
    },
    takeaway: true,
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'Worked examples in the prompt are worth more than $50 a month to a small model.',
    test: {
      study: 'vending',
      quantity: 'difference(netWorth: scaffold zero-shot → few-shot)',
      where: { agent: MODEL, template: 'completion' },
      unit: 'cents',
      direction: 'above',
      threshold: 5000,
      setAt: SET_AT,
    },
    takeaway: true,
    sections: ['What-A-Scaffold-Is-Worth'],
  },
  {
    text: 'With examples, the model ends the month with more than $180, which is about what a careful shopkeeper makes.',
    test: {
      study: 'vending',
      quantity: 'mean(netWorth)',
      where: { ...SHOP, scaffold: 'few-shot' },
      unit: 'cents',
      direction: 'above',
      threshold: 18_000,
      setAt: SET_AT,
    },
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'A model with a hundred times the parameters needs no examples to run the same shop at a profit.',
    test: {
      study: 'vending',
      quantity: 'mean(netWorth)',
      where: { agent: 'a larger model', size: 'corner', scaffold: 'zero-shot' },
      unit: 'cents',
      direction: 'above',
      threshold: 5000,
      setAt: SET_AT,
    },
    sections: ['What-A-Scaffold-Is-Worth'],
  },
]

export const vendingPart: TourPart = {
  title: 'A corner shop, thirty days',
  intro:
    'Four planted shopkeepers with known results and a real language model run the same shop on the same eight seeds. ' +
    'The model continues bare text (template completion, temperature 0.7) and plays twice: with the rules alone (plain), and ' +
    'with 28 worked examples of good acts behind them (shown). In its chat template it does far worse: that is another agent.',
  seconds: 60,
  claims,
  run,
  lesson({ plan }) {
    if (plan.request.models.length === 0) {
      return 'Only planted agents ran: they show that the instrument reads true. With the real weights, the same study measures a model.'
    }
    return (
      'What this is: the same model, rules, shop and customers, with and without examples, so the difference is theirs. ' +
      'What it is not: business sense. The model matches each morning to the example it resembles; it imitates acts that it was shown.'
    )
  },
}

async function run(context: TourContext): Promise<RunEnd> {
  const study = await loadBuiltIn('vending')
  if (study === undefined) throw new AssayError('cli/tour', 'The vending study is missing from this Assay.')
  const name = `tour-vending-${context.stamp}`
  return startRun(
    {
      study,
      request: {
        models: context.model === undefined ? [] : [context.model],
        set: { size: ['corner'], scaffold: ['zero-shot', 'few-shot'], template: ['completion'] },
        repeats: 8,
        seed: 'tour',
        controls: 'with',
        sampling: { temperature: 0.7, maxOutputTokens: 48 },
        limits: {},
      },
      run: name,
      folder: path.join(context.runs, name),
    },
    // Two lanes more than the local model has workers, so that planted agents are never in its way.
    { concurrency: 4, durability: 'each-second', version: version() },
    context.effects,
  )
}
