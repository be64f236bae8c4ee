import { z } from 'zod'
import { chunk, fakeProvider, sse } from './fake-server.ts'

/** What a scripted agent is sent, and all that it knows. */
export interface Asked {
  readonly messages: readonly AskedMessage[]
  /** Names of the tools it may call. */
  readonly tools: readonly string[]
}

export interface AskedMessage {
  readonly role: string
  readonly text: string
  readonly calls: readonly Call[]
}

export interface Call {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What it answers: words, calls, or both. */
export interface Said {
  readonly text?: string
  readonly calls?: readonly Call[]
}

export interface Endpoint {
  /** As `--model` takes it. */
  readonly model: string
  /** Questions so far. */
  readonly asked: () => number
  readonly close: () => Promise<void>
}

const body = z.object({
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.string().nullish(),
      tool_calls: z.array(z.object({ function: z.object({ name: z.string(), arguments: z.string() }) })).optional(),
    }),
  ),
  tools: z.array(z.object({ function: z.looseObject({ name: z.string() }) })).optional(),
})
type Message = z.infer<typeof body>['messages'][number]

function tokensOf({ content, tool_calls = [] }: Message): number {
  const calls = tool_calls.map(({ function: { name, arguments: written } }) => `${name}${written}`)
  return 4 + Math.ceil(`${content ?? ''}${calls.join('')}`.length / 4)
}

const input = z.record(z.string(), z.unknown())

/**
 * A provider of chat completions on this machine behind which a scripted agent answers from nothing but what it is sent.
 * Tokens are counted as Assay counts those of scripted agents, four characters each, so that what fits can be worked out.
 */
export async function endpoint(answer: (asked: Asked) => Said): Promise<Endpoint> {
  const server = await fakeProvider(({ body: text, response }) => {
    const { messages, tools = [] } = body.parse(JSON.parse(text))
    const said = answer({
      messages: messages.map(({ role, content, tool_calls = [] }) => ({
        role,
        text: content ?? '',
        calls: tool_calls.map(({ function: { name, arguments: written } }) => ({
          name,
          input: input.parse(JSON.parse(written === '' ? '{}' : written)),
        })),
      })),
      tools: tools.map(({ function: { name } }) => name),
    })
    const calls = (said.calls ?? []).map(({ name, input }, index) => ({
      index,
      id: `call-${server.calls.length}-${index}`,
      type: 'function' as const,
      function: { name, arguments: JSON.stringify(input) },
    }))
    const functions = tools.map((tool) => tool.function)
    const prompt =
      (functions.length === 0 ? 0 : Math.ceil(JSON.stringify(functions).length / 4)) +
      messages.reduce((sum, message) => sum + tokensOf(message), 0)
    const completion = Math.ceil(JSON.stringify(said).length / 4)
    const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(
        sse(
          chunk({ role: 'assistant', content: said.text ?? '', ...(calls.length > 0 && { tool_calls: calls }) }),
          chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
          { ...chunk({}), choices: [], usage },
          '[DONE]',
        ),
      )
  })
  return { model: `${server.url}#scripted`, asked: () => server.calls.length, close: () => server.close() }
}
