import { splitThoughts } from '../../model/index.ts'

/** Marks that no server is known to leave in the text, but that prompts ask for. */
const NAMED = /<(think|thinking|thought|thoughts|reasoning|scratchpad|analysis)>/gi
const UNCLOSED = /<(?:think|thinking|thought|thoughts|reasoning|scratchpad|analysis)>[\s\S]*$/i

export interface WithoutThought {
  readonly answer: string
  /** Whether something was cut off: it is said beside the mark. */
  readonly cut: boolean
}

/** The answer without the thought that is in its text; a thought that never ends leaves no answer. */
export function withoutThought(text: string): WithoutThought {
  const said = splitThoughts([{ type: 'text', text }])
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('')
  const answer = withoutNamed(said).replace(UNCLOSED, '')
  return { answer, cut: answer !== text }
}

/** A mark that is never closed is looked for once: one pattern over both marks would search to the end from each. */
function withoutNamed(text: string): string {
  const unclosed = new Set<string>()
  let kept = ''
  let from = 0
  for (const { 0: open, 1: name = '', index } of text.matchAll(NAMED)) {
    if (index < from || unclosed.has(name.toLowerCase())) continue
    const close = new RegExp(`</${name}>`, 'gi')
    close.lastIndex = index + open.length
    if (close.exec(text) === null) {
      unclosed.add(name.toLowerCase())
      continue
    }
    kept += `${text.slice(from, index)} `
    from = close.lastIndex
  }
  return kept + text.slice(from)
}
