import { toolSchema } from '../../../src/agent/index.ts'
import type { Strategy } from '../../../src/agent/index.ts'
import { withTools, workspaceWorld, type WorkspaceTask } from '../../../src/world/index.ts'

// An account of its own of what a worker sees who does one step a turn, from the task and the documented rules of each
// compaction (docs/compaction.md): no loop, no journal, no policy. It says whether every step that needs facts has them in view.

interface Shown {
  readonly tokens: number
  readonly text: string
  /** Results can be cleared, turns begin with what is no result. */
  readonly result: boolean
}

const AT = 0.9
const TO = 0.5

function sized(text: string, result = false): Shown {
  return { tokens: 4 + Math.ceil(text.length / 4), text, result }
}

/** Whether the worker that succeeds only while facts are in context finishes, under a compaction and window. */
export async function finishes(
  work: WorkspaceTask,
  system: string,
  strategy: Strategy,
  window: number,
): Promise<boolean> {
  const world = withTools(workspaceWorld(work), ['list', 'read', 'write', 'edit', 'submit'])
  const session = await world.open('account')
  const tools = JSON.stringify(world.tools.map((tool) => toolSchema(tool.name, tool.description, tool.input)))
  const before = Math.ceil(tools.length / 4) + sized(system).tokens + sized(work.instruction).tokens
  let shown: readonly Shown[] = []
  const size = (): number => before + shown.reduce((sum, { tokens }) => sum + tokens, 0)
  // Planted: what is put into notes and summaries holds all that is needed, so nothing is ever lost under these.
  if (strategy === 'summary' || strategy === 'notes') return true
  for (const [at, act] of work.solution.entries()) {
    if (size() > AT * window) {
      if (strategy === 'trim') shown = withoutOldest(shown, size() - TO * window)
      if (strategy === 'clear') shown = withCleared(shown, size() - TO * window)
      if (strategy === 'native') {
        const room = Math.floor(0.25 * TO * window)
        const rest = withoutOldest(shown, size() - (TO * window - room))
        const gone = shown.length - rest.length
        shown = [
          sized(`[${gone} earlier messages were dropped to make room. There is no summary in their place.]`),
          ...rest,
        ]
      }
    }
    if (size() > window) return false
    const texts = (act.needs ?? []).map((id) => work.facts.find((fact) => fact.id === id)?.text ?? id)
    if (!texts.every((text) => shown.some((each) => each.text.includes(text)))) return false
    const result = await session.act(act.tool, act.input)
    const said = `Step ${at + 1} of ${work.steps}.`
    shown = [...shown, sized(`${said}${act.tool}${JSON.stringify(act.input)}`), sized(result.text, true)]
  }
  return true
}

/** Whole turns go, oldest first, until so many tokens are gone; the last stays. */
function withoutOldest(shown: readonly Shown[], tokens: number): readonly Shown[] {
  const starts = shown.flatMap(({ result }, i) => (result ? [] : [i])).slice(1)
  let gone = 0
  let from = 0
  for (const start of starts) {
    if (gone >= tokens) break
    for (; from < start; from++) gone += shown[from]?.tokens ?? 0
  }
  return shown.slice(from)
}

/** Results of more than 100 characters become a mark, oldest first; the last turn's stay. */
function withCleared(shown: readonly Shown[], tokens: number): readonly Shown[] {
  const last = shown.findLastIndex(({ result }) => !result)
  let gone = 0
  return shown.map((each, i) => {
    if (gone >= tokens || i >= last || !each.result || each.text.length <= 100) return each
    const mark = sized(`[This result was cleared to save room: ${each.text.length} characters.]`, true)
    gone += each.tokens - mark.tokens
    return mark
  })
}
