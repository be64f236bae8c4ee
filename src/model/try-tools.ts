import type { FailureKind, Model, Reply } from './model.ts'

/** What one question showed of a model: whether it answers, and whether it calls a tool as asked. */
export type ToolTrial =
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string }
  | {
      readonly type: 'answered'
      /** It called the tool that it was told to call. */
      readonly calls: boolean
      /** It called the tool with the word that was asked for. */
      readonly exact: boolean
      readonly asked: string
      /** The arguments of its call as it wrote them. */
      readonly wrote: string
      readonly reply: Reply
    }

const WORD = 'lantern'

/**
 * Asks a model for one tool call, which costs at most 200 tokens of output.
 *
 * @param signal default: two minutes
 */
export async function tryTools(model: Model, signal: AbortSignal = AbortSignal.timeout(120_000)): Promise<ToolTrial> {
  const answer = await model.ask(
    {
      messages: [{ role: 'user', text: `Call the tool named report with the word "${WORD}".` }],
      tools: [
        {
          name: 'report',
          description: 'Reports one word.',
          parameters: {
            type: 'object',
            properties: { word: { type: 'string', maxLength: 40 } },
            required: ['word'],
            additionalProperties: false,
          },
        },
      ],
      toolChoice: 'required',
      template: 'chat',
      sampling: { temperature: 0, maxOutputTokens: 200 },
      seed: 1,
    },
    { signal },
  )
  if (answer.type === 'failure') return { type: 'failed', kind: answer.kind, message: answer.message }
  const call = answer.parts.find((part) => part.type === 'tool-call')
  const calls = call?.name === 'report'
  const wrote = call?.arguments ?? ''
  return { type: 'answered', calls, exact: calls && wrote.includes(WORD), asked: WORD, wrote, reply: answer }
}
