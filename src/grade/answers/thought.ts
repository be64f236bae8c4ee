import { splitThoughts } from '../../model/index.ts'

/** Marks that no server is known to leave in the text, but that prompts ask for. */
const NAMED = /<(think|thinking|thought|thoughts|reasoning|scratchpad|analysis)>[\s\S]*?<\/\1>/gi
const UNCLOSED = /<(?:think|thinking|thought|thoughts|reasoning|scratchpad|analysis)>[\s\S]*$/i

export interface WithoutThought {
  readonly answer: string
  /** Whether something was cut off: it is said beside the mark. */
  readonly cut: boolean
}

/** The answer without the thought that is in its text; a thought that never ends leaves no answer. */
export function withoutThought(text: string): WithoutThought {
  const answer = splitThoughts([{ type: 'text', text }])
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('')
    .replaceAll(NAMED, ' ')
    .replace(UNCLOSED, '')
  return { answer, cut: answer !== text }
}
