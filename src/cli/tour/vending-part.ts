import type { ClaimSpec } from '../../brief/index.ts'
import { MODEL, SET_AT, tourRun, type TourPart } from './part.ts'

const ABOVE = { study: 'vending', direction: 'above', setAt: SET_AT } as const
const SHOP = { agent: MODEL, size: 'corner', template: 'completion' }

const claims: readonly ClaimSpec[] = [
  {
    text: 'A language model of 135 million parameters that was shown 28 mornings with the act for each imitates them on new mornings: its corner shop ends the month above its start. This does not show planning or judgement.',
    test: {
      ...ABOVE,
      quantity: 'mean(netWorth)',
      where: { ...SHOP, scaffold: 'few-shot' },
      unit: 'cents',
      threshold: 5000,
    },
    takeaway: true,
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'With the rules alone (zero-shot), the same model ends most months with more money than it began with.',
    test: {
      ...ABOVE,
      quantity: 'mean(aboveStart)',
      where: { ...SHOP, scaffold: 'zero-shot' },
      unit: 'proportion',
      threshold: 0.5,
    },
    takeaway: true,
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'Worked examples in the prompt are worth more than $50 a month to a small model.',
    test: {
      ...ABOVE,
      quantity: 'difference(netWorth: scaffold zero-shot → few-shot)',
      where: { agent: MODEL, template: 'completion' },
      unit: 'cents',
      threshold: 5000,
    },
    takeaway: true,
    sections: ['What-A-Scaffold-Is-Worth'],
  },
  {
    text: 'With examples (few-shot), the model ends the month with more than $180, which is about what the careful control makes.',
    test: {
      ...ABOVE,
      quantity: 'mean(netWorth)',
      where: { ...SHOP, scaffold: 'few-shot' },
      unit: 'cents',
      threshold: 18_000,
    },
    sections: ['Small-Models-In-Business'],
  },
  {
    text: 'A model with a hundred times the parameters needs no examples to run the same shop at a profit.',
    test: {
      ...ABOVE,
      quantity: 'mean(netWorth)',
      where: { agent: 'a larger model', size: 'corner', scaffold: 'zero-shot' },
      unit: 'cents',
      threshold: 5000,
    },
    sections: ['What-A-Scaffold-Is-Worth'],
  },
]

export const vendingPart: TourPart = {
  title: 'A corner shop, thirty days',
  intro:
    'Four scripted controls, whose results we know in advance, and a real language model run the same shop on the same eight seeds. ' +
    'The model continues raw text (template completion, temperature 0.7) and plays twice: with the rules only (zero-shot), and ' +
    'with the rules and 28 worked examples (few-shot). In its chat template it does far worse: that is a different condition.',
  seconds: 60,
  claims,
  run: (context) =>
    tourRun(context, 'vending', {
      set: { size: ['corner'], scaffold: ['zero-shot', 'few-shot'], template: ['completion'] },
      repeats: 8,
      sampling: { temperature: 0.7, maxOutputTokens: 48 },
    }),
  lesson: {
    planted:
      'Only controls ran: they show that the measurement works. With the real weights, the same study measures a model.',
    real:
      'What this is: the same model, rules, shop and customers, with and without examples, so the difference is theirs. ' +
      'What it is not: business sense. The model matches each morning to the example it resembles; it imitates acts that it was shown.',
  },
}
