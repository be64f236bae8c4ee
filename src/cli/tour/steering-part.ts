import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import type { ClaimSpec } from '../../brief/index.ts'
import type { Model } from '../../model/index.ts'
import { conceptNamed, countWords, directionFrom, layerAt, learnedOf } from '../../inside/index.ts'
import { seedFrom, writeFile } from '../../record/index.ts'
import type { RunEffects, RunEnd } from '../../run/index.ts'
import { steeredColumns, steeredLine } from '../steered-columns.ts'
import { MODEL, SET_AT, tourRun, type TourContext, type TourPart } from './part.ts'

const TURNED_UP = {
  study: 'steering',
  where: { agent: MODEL, concept: 'sea', kind: 'contrast', depth: 'half', strength: '3' },
  direction: 'above',
  setAt: SET_AT,
} as const
const STRENGTHS = [0, 1, 2, 3]
const PROMPT = 'I went for a walk and'

const claims: readonly ClaimSpec[] = [
  {
    text: 'A direction found from 128 sentences makes a language model talk of the sea, where a random vector of equal length does not.',
    test: {
      ...TURNED_UP,
      quantity: 'difference(randomShare → share)',
      unit: 'proportion',
      threshold: 0.01,
    },
    takeaway: true,
    sections: ['Inside-A-Model'],
  },
  {
    text: 'At that strength the text costs the model as it ships more than half a nat a token above what it writes by itself.',
    test: {
      ...TURNED_UP,
      quantity: 'difference(plainNats → nats)',
      unit: 'score',
      threshold: 0.5,
    },
    sections: ['Inside-A-Model'],
  },
]

export const steeringPart: TourPart = {
  title: 'A concept inside the model, turned up',
  intro:
    'The same model goes on with one beginning at four strengths of a direction that was read from sentences about the sea and ' +
    'everyday ones. Then the study writes on six beginnings with three seeds, at strength 3, without the vector, and with two ' +
    'vectors of equal length that mean nothing.',
  seconds: 30,
  claims,
  run,
  lesson: {
    planted:
      'Only controls ran: they show that the study sees a concept that is turned up, and sees nothing where there is nothing.',
    real:
      'What this is: one vector, added after one block, and the model writes of the sea. What it is not: understanding. ' +
      'The more the vector adds, the less the text makes sense to the model itself; that is the cost of the effect.',
  },
}

async function run(context: TourContext): Promise<RunEnd> {
  const { effects, terminal, runs } = context
  const model = await opened(context)
  // The demonstration has opened it, and the run closes what it is given.
  const open: RunEffects['open'] = async (asked, onLimit) => model ?? effects.open(asked, onLimit)
  const end = await tourRun(
    { ...context, model: model === undefined ? undefined : MODEL, effects: { ...effects, open } },
    'steering',
    { set: { strength: ['0', '3'] }, repeats: 3, sampling: {} },
    3,
  )
  const figure = path.join(runs, end.run, 'steering.svg')
  const { draw } = end.plan.study
  if (model !== undefined && draw !== undefined) {
    writeFile(figure, await draw(end.reading.findings))
    terminal.print(`Strength against effect and cost, as a figure: ${path.relative('.', figure)}`)
  }
  return end
}

/** Opens the model and shows what the vector does; undefined where its inside cannot be had, which is said in one line. */
async function opened({ model: name, effects, terminal }: TourContext): Promise<Model | undefined> {
  if (name === undefined) return undefined
  const model = await effects.open(name, () => undefined)
  try {
    await demonstrate(model, terminal)
    return model
  } catch (cause) {
    await model.close?.()
    if (!(cause instanceof AssayError)) throw cause
    terminal.print(`${cause.message.replace(/\.?$/, '.')} This part goes on with controls only.`)
    return undefined
  }
}

async function demonstrate(model: Model, terminal: TourContext['terminal']): Promise<void> {
  const inside = await model.inside?.()
  if (inside === undefined) throw new AssayError('cli/tour', `${model.name} cannot be looked into.`)
  const sea = conceptNamed('sea')
  const layer = layerAt('half', inside.facts.layers)
  const { contrast } = await learnedOf(inside, sea, layer)
  const vector = directionFrom('contrast', contrast, '')
  const texts = await Promise.all(
    STRENGTHS.map(async (strength) => {
      const [written] = await inside.write([PROMPT], {
        maxTokens: 40,
        seeds: [seedFrom('tour')],
        schedule: [{ at: 0, injections: [{ vector, from: layer, to: layer, strength }] }],
      })
      return written?.text ?? ''
    }),
  )
  const scores = await inside.score(texts.map((text) => ({ prompt: PROMPT, continuation: text || ' ' })))
  const rows = texts.map((text, i) => {
    const { own, all } = countWords(text, sea)
    const { logprob = 0, tokens = 1 } = scores[i] ?? {}
    return {
      strength: STRENGTHS[i] ?? 0,
      text,
      conceptWords: own / Math.max(1, all),
      natsPerToken: -logprob / Math.max(1, tokens),
    }
  })
  terminal.print(`\n“${PROMPT} …”\n${steeredColumns(terminal, rows)}\n${rows.map(steeredLine).join('\n')}`)
}
