import type { Part } from '../../record/index.ts'

/** Marks between which models think, with whose they are. */
const marks: readonly { readonly open: string; readonly close: string; readonly who: string }[] = [
  { open: '<think>', close: '</think>', who: 'DeepSeek, Qwen, GLM, MiniMax and most others' },
  { open: '[THINK]', close: '[/THINK]', who: 'Mistral' },
  { open: '◁think▷', close: '◁/think▷', who: 'Kimi' },
  { open: '<seed:think>', close: '</seed:think>', who: 'Seed' },
]

/**
 * Takes the thought that a server left in the text out of the answer: what stands between marks at its start, closed or
 * not, or all before a closing mark whose opening one was in the prompt.
 */
export function splitThoughts(parts: readonly Part[]): readonly Part[] {
  const at = parts.findIndex((part) => part.type === 'text')
  const part = parts[at]
  if (part?.type !== 'text') return parts
  // Where the server does send thoughts by themselves, a closing mark within the text is the answer's own.
  const { thought, answer } = split(part.text, !parts.some(({ type }) => type === 'reasoning'))
  if (answer === part.text) return parts
  const found: readonly Part[] = [
    ...(thought.trim() === '' ? [] : [{ type: 'reasoning', text: thought } as const]),
    ...(answer === '' ? [] : [{ type: 'text', text: answer } as const]),
  ]
  return parts.toSpliced(at, 1, ...found)
}

function split(text: string, unopened: boolean): { readonly thought: string; readonly answer: string } {
  let thought = ''
  let rest = text
  const first = unopened ? closedOnly(text) : undefined
  if (first !== undefined) [thought, rest] = first
  for (;;) {
    const start = rest.trimStart()
    const opened = marks.find(({ open }) => start.startsWith(open))
    if (opened !== undefined) {
      const from = opened.open.length
      const end = start.indexOf(opened.close, from)
      thought += start.slice(from, end === -1 ? undefined : end)
      rest = end === -1 ? '' : start.slice(end + opened.close.length)
      continue
    }
    const closed = marks.find(({ close }) => start.startsWith(close))
    if (closed === undefined) return rest === text ? { thought, answer: text } : { thought, answer: start }
    rest = start.slice(closed.close.length)
  }
}

/** A thought whose opening mark was in the prompt, and what follows it. */
function closedOnly(text: string): readonly [thought: string, rest: string] | undefined {
  for (const { open, close } of marks) {
    const end = text.indexOf(close)
    if (end !== -1 && !text.slice(0, end).includes(open)) return [text.slice(0, end), text.slice(end + close.length)]
  }
  return undefined
}
