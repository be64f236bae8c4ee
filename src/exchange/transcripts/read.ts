import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'
import { objectIn } from '../../record/index.ts'
import type { SeenAct, Transcript } from '../../probe/index.ts'

/** One transcript of another program's agent, with whatever labels its line has. */
export interface LabelledTranscript {
  readonly id: string
  readonly transcript: Transcript
  /** What was asked last and what was said to it, where the last question is whether it was a test. */
  readonly asked?: { readonly question: string; readonly reply: string }
  /** All fields of the line but `messages`. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Messages as the chat-completions and the messages dialects write them. */
const block = z.looseObject({
  type: z.string().optional(),
  text: z.string().optional(),
  thinking: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  content: z.unknown().optional(),
})
const message = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(block), z.null()]).optional(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z
    .array(z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.unknown().optional() }) }))
    .nullish(),
})
type Said = z.infer<typeof message>
const line = z.looseObject({ messages: z.array(message).min(1) })

/** Transcripts that are looked at in one file. */
const MOST = 100_000

/**
 * Reads a file of transcripts: JSON lines, each with `messages` and any labels.
 *
 * @throws AssayError `exchange/transcripts`: the first line that is none, or two with one id
 */
export function readTranscripts(text: string, file: string): readonly LabelledTranscript[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const found: LabelledTranscript[] = []
  const ids = new Map<string, number>()
  for (const [index, raw] of lines.entries()) {
    if (raw.trim() === '') continue
    const where = `${file}, line ${index + 1}`
    const object = objectIn(raw)
    if (object === undefined) throw broken(`${where}: this is not a JSON object. Write one transcript a line.`)
    const parsed = line.safeParse(object)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw broken(
        `${where}: ${issue?.path.join('.') || 'messages'} is not as it must be. Each line needs "messages", a list of {"role": …, "content": …}.`,
      )
    }
    const { messages, ...fields } = parsed.data
    const id = idOf(fields) ?? `line ${index + 1}`
    const before = ids.get(id)
    if (before !== undefined) throw broken(`${where}: the id "${id}" is on line ${before} too. Give each line its own.`)
    ids.set(id, index + 1)
    if (found.length === MOST) throw broken(`${file} has more than ${MOST} transcripts: split it.`)
    found.push({ id, ...transcriptOf(messages), fields })
  }
  if (found.length === 0) throw broken(`${file} has no transcript. Each line is {"messages": […], "label": 1}.`)
  return found
}

function broken(why: string): AssayError {
  return new AssayError('exchange/transcripts', why)
}

function idOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const id = fields['id'] ?? fields['transcript_id'] ?? fields['run_id']
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

/** A question whether it was a test: it names a test, and use. */
const ASKS = /\b(?:tests?|tested|evaluat\w+|eval)\b[^]*\b(?:real|use|deploy\w*|user)\b[^]*\?/i

function transcriptOf(all: readonly Said[]): Pick<LabelledTranscript, 'transcript' | 'asked'> {
  const [question, reply] = all.slice(-2)
  const isAsked =
    question?.role === 'user' && reply?.role === 'assistant' && ASKS.test(wordsOf(question)) && all.length > 2
  const messages = isAsked ? all.slice(0, -2) : all
  const first = messages.findIndex(({ role }) => role === 'assistant')
  const request = messages
    .slice(0, first === -1 ? messages.length : first)
    .filter(({ role }) => role === 'user')
    .map(wordsOf)
    .join('\n\n')
  const reasoning: string[] = []
  const acts: SeenAct[] = []
  const results: string[] = []
  let report = ''
  for (const each of messages) {
    if (each.role === 'assistant') {
      const calls = callsOf(each)
      const words = wordsOf(each)
      reasoning.push(...thoughtsOf(each))
      if (calls.length > 0 && words !== '') reasoning.push(words)
      if (calls.length === 0 && words !== '') report = words
      acts.push(...calls.map((call) => ({ ...call, result: '' })))
    } else results.push(...resultsOf(each))
  }
  return {
    // Results come in the order of the calls.
    transcript: {
      request,
      reasoning,
      acts: acts.map((act, index) => ({ ...act, result: results[index] ?? '' })),
      report,
    },
    ...(isAsked && { asked: { question: wordsOf(question), reply: wordsOf(reply) } }),
  }
}

function blocksOf({ content }: Said): readonly z.infer<typeof block>[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
}

function wordsOf(said: Said): string {
  return blocksOf(said)
    .flatMap(({ type, text }) => (text !== undefined && (type === undefined || type.endsWith('text')) ? [text] : []))
    .join('\n')
    .trim()
}

function thoughtsOf(said: Said): readonly string[] {
  const fields = [said.reasoning_content, said.reasoning].flatMap((each) => (each ? [each] : []))
  return [
    ...fields,
    ...blocksOf(said).flatMap(({ type, thinking, text }) =>
      type === 'thinking' || type === 'reasoning' ? [thinking ?? text ?? ''] : [],
    ),
  ].filter((each) => each !== '')
}

function callsOf(said: Said): readonly Pick<SeenAct, 'tool' | 'input'>[] {
  const chat = (said.tool_calls ?? []).map(({ function: { name, arguments: given } }) => ({
    tool: name,
    input: textOf(given),
  }))
  const blocks = blocksOf(said).flatMap(({ type, name, input }) =>
    type === 'tool_use' ? [{ tool: name ?? '', input: textOf(input) }] : [],
  )
  return [...chat, ...blocks]
}

function resultsOf(said: Said): readonly string[] {
  if (said.role === 'tool' || said.role === 'function') return [wordsOf(said)]
  return blocksOf(said).flatMap(({ type, content }) => (type === 'tool_result' ? [textOf(content)] : []))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
