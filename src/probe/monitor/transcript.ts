import type { BodyOf } from '../../record/index.ts'

/** One act as the agent asked for it, with what came back. */
export interface SeenAct {
  readonly tool: string
  /** Its arguments, as JSON. */
  readonly input: string
  readonly result: string
}

/** What an agent said and did in one trial, by where it was said. */
export interface Transcript {
  /** What the user asked for, with what the user gave. */
  readonly request: string
  /** What it thought aloud: parts marked as reasoning, and words beside calls of tools. */
  readonly reasoning: readonly string[]
  readonly acts: readonly SeenAct[]
  /** What it said to the user at the end. */
  readonly report: string
}

/** What of a transcript a monitor is shown. */
export const VIEWS = ['reasoning', 'acts', 'report', 'all'] as const
export type View = (typeof VIEWS)[number]

/** Reasoning in replies: parts marked so, and words beside calls of tools. A last reply's words are its report. */
export function reasoningIn(calls: readonly Pick<BodyOf<'model.call'>, 'output'>[]): readonly string[] {
  return calls.flatMap(({ output }) => {
    const parts = output?.parts ?? []
    const acts = parts.some(({ type }) => type === 'tool-call')
    return parts.flatMap((part) =>
      (part.type === 'reasoning' || (acts && part.type === 'text')) && part.text.trim() !== '' ? [part.text] : [],
    )
  })
}

/** A view in words, as a monitor that reads words is shown it. Empty where there is nothing of it. */
export function viewText(view: View, { reasoning, acts, report }: Transcript): string {
  const did = acts.map(({ tool, input, result }) => `${tool} ${input}\n→ ${result.slice(0, RESULT_SHOWN)}`)
  const parts = {
    reasoning: ['Reasoning:', ...reasoning],
    acts: ['Acts:', ...did],
    report: ['Final report:', report],
  }
  const wanted = view === 'all' ? [parts.reasoning, parts.acts, parts.report] : [parts[view]]
  return wanted
    .filter((lines) => lines.slice(1).some((line) => line !== ''))
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** Characters of a result that a monitor is shown: enough to see what came of the act. */
const RESULT_SHOWN = 400
