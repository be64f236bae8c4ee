import { z } from 'zod'
import { randomFrom, type Part } from '../../record/index.ts'
import type { Request } from '../model.ts'
import { defineControlModel, type ControlModel, type ControlOptions } from './define.ts'
import { hostileKinds, hostileParts } from './hostile.ts'
import { smallest } from './smallest.ts'

/** An empty text would count as 0. */
const probability = z
  .string()
  .regex(/^[-+.\deE]+$/, 'a number from 0 to 1')
  .pipe(z.coerce.number<string>('a number from 0 to 1').min(0).max(1))

/** Text with which a control says that it does not give the answer. */
export const noAnswer = 'I do not know.'

export const controlModels: readonly ControlModel[] = [
  defineControlModel({
    name: 'echo',
    property: 'repeats the text of the last user message, and says nothing where there is none',
    params: z.object({}),
    reply: (request) => says(lastUserText(request) ?? ''),
  }),
  defineControlModel({
    name: 'constant',
    property: 'says the same text to everything: text',
    params: z.object({ text: z.string() }),
    reply: (_, { text }) => says(text),
  }),
  defineControlModel({
    name: 'silent',
    property: 'says nothing: a reply without parts that stopped by itself',
    params: z.object({}),
    reply: () => [],
  }),
  defineControlModel({
    name: 'coin',
    property: 'says a with probability p and b otherwise, drawn from the seed of each request',
    params: z.object({ p: probability, a: z.string().default('yes'), b: z.string().default('no') }),
    reply: (request, { p, a, b }) => says(randomFrom(request.seed, 'coin')() < p ? a : b),
  }),
  defineControlModel({
    name: 'lookup',
    property: `gives the right answer to every question it was opened with, and says "${noAnswer}" to any other`,
    params: z.object({}),
    needsAnswers: true,
    reply: (request, _, options) => says(rightAnswer(request, options) ?? noAnswer),
  }),
  defineControlModel({
    name: 'correct',
    property: `gives the right answer with probability p, drawn from the seed of each request, and says "${noAnswer}" otherwise`,
    params: z.object({ p: probability }),
    needsAnswers: true,
    reply(request, { p }, options) {
      const right = randomFrom(request.seed, 'correct')() < p
      return says((right ? rightAnswer(request, options) : undefined) ?? noAnswer)
    },
  }),
  defineControlModel({
    name: 'tool-caller',
    property:
      'calls the first tool each turn with the smallest arguments its schema allows; without tools it says "done"',
    params: z.object({}),
    reply: (request) => [firstTool(request)],
  }),
  defineControlModel({
    name: 'compacting',
    property:
      'calls the first tool each turn like tool-caller, and has a compaction of its own: the last line of each tool result',
    params: z.object({}),
    reply: (request) => [firstTool(request)],
    compact: ({ messages }) =>
      messages.flatMap((message) => (message.role === 'tool' ? message.text.split('\n').slice(-1) : [])).join('\n'),
  }),
  defineControlModel({
    name: 'hostile',
    property: `does one thing that a harness must survive: kind is ${hostileKinds.join(', ')}`,
    params: z.object({ kind: z.enum(hostileKinds) }),
    reply: (request, { kind }) => hostileParts(kind, request),
  }),
]

function says(text: string): readonly Part[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

function firstTool({ tools, toolChoice, seed }: Request): Part {
  const tool = tools[0]
  if (tool === undefined || toolChoice === 'none') return { type: 'text', text: 'done' }
  return {
    type: 'tool-call',
    id: `call-${seed.toString(16)}`,
    name: tool.name,
    arguments: smallestText(tool.parameters),
  }
}

/** Looks from the end, where the last user message is in all but tool-calling trials. */
function lastUserText({ messages }: Request): string | undefined {
  const last = messages.findLast((message) => message.role === 'user')
  return last?.role === 'user' ? last.text : undefined
}

function rightAnswer(request: Request, { answers = {} }: ControlOptions): string | undefined {
  const question = lastUserText(request)
  return question !== undefined && Object.hasOwn(answers, question) ? answers[question] : undefined
}

const texts = new WeakMap<object, string>()

/** A tool's parameters are the same object turn after turn. */
function smallestText(parameters: Parameters<typeof smallest>[0]): string {
  const text = texts.get(parameters) ?? JSON.stringify(smallest(parameters))
  texts.set(parameters, text)
  return text
}
