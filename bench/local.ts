import { AssayError } from '../src/assay-error.ts'
import { toolSchema } from '../src/agent/index.ts'
import { openLocal, pullModel, type Model, type Reply, type Request } from '../src/model/index.ts'
import { vendingRules, vendingWorld, workedExamples } from '../src/world/index.ts'
import type { Figure, Measured } from './table.ts'

const signal = new AbortController().signal
const ACTS = 24

/** What the local model reads, writes and acts a second, on one worker and on two. */
export async function local(): Promise<Measured> {
  try {
    await pullModel('smollm2-135m')
  } catch (cause) {
    if (cause instanceof AssayError) return { type: 'skipped', why: cause.message }
    throw cause
  }
  const figures: Figure[] = []
  for (const workers of [1, 2]) {
    const model = await openLocal('local/smollm2-135m', { workers, contextSize: 2048 })
    try {
      await together(model, workers, (lane) => story(`warm up ${lane}`, 4))
      figures.push(...(await text(model, workers)), await acts(model, workers))
    } finally {
      await model.close?.()
    }
  }
  return { type: 'figures', figures }
}

function manyWords(lane: number): string {
  return Array.from({ length: 500 }, (_, word) => `word${lane}${word % 7}`).join(' ')
}

async function text(model: Model, workers: number): Promise<readonly Figure[]> {
  const read = await together(model, workers, (lane) => story(manyWords(lane), 1))
  const written = await together(model, workers, (lane) => story(`Once upon a time, ${lane}`, 128))
  const suffix = `${workers} ${workers === 1 ? 'worker' : 'workers'}`
  return [
    { name: `local: tokens read, ${suffix}`, value: (1000 * sum(read.replies, 'input')) / read.ms, unit: 'tokens/s' },
    {
      name: `local: tokens written, ${suffix}`,
      value: (1000 * sum(written.replies, 'output')) / written.ms,
      unit: 'tokens/s',
    },
  ]
}

/** Acts in the corner shop with 28 worked examples, which are read once and then known. */
async function acts(model: Model, workers: number): Promise<Figure> {
  const examples = workedExamples(28, 'bench').map(
    ({ observation, act }) => `${observation} ${JSON.stringify({ tool: act.tool, ...act.input })}\n`,
  )
  const tools = vendingWorld({ size: 'corner' }).tools.map((tool) =>
    toolSchema(tool.name, tool.description, tool.input),
  )
  const request = (lane: number): Request => ({
    messages: [
      { role: 'system', text: `${vendingRules('corner')}\n\n${examples.join('')}` },
      { role: 'user', text: `${10 + lane} left for happy customers` },
    ],
    tools,
    toolChoice: 'required',
    template: 'completion',
    sampling: { temperature: 0, maxOutputTokens: 48 },
    seed: 2_654_435_769,
  })
  await together(model, workers, request)
  const started = performance.now()
  await together(model, ACTS, request)
  return {
    name: `local: seconds an act with 28 examples, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    value: (performance.now() - started) / 1000 / ACTS,
    unit: 's',
  }
}

function story(words: string, maxOutputTokens: number): Request {
  return {
    messages: [{ role: 'user', text: words }],
    tools: [],
    toolChoice: 'none',
    template: 'completion',
    sampling: { temperature: 0, maxOutputTokens },
    seed: 2_654_435_769,
  }
}

async function together(
  model: Model,
  lanes: number,
  request: (lane: number) => Request,
): Promise<{ readonly replies: readonly Reply[]; readonly ms: number }> {
  const started = performance.now()
  const answers = await Promise.all(Array.from({ length: lanes }, (_, lane) => model.ask(request(lane), { signal })))
  const ms = performance.now() - started
  return { replies: answers.filter((answer) => answer.type === 'reply'), ms }
}

function sum(replies: readonly Reply[], side: 'input' | 'output'): number {
  return replies.reduce((total, { usage }) => total + (usage[side] ?? 0), 0)
}
