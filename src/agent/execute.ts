import { AssayError, reasonOf } from '../assay-error.ts'
import type { BodyOf, ToolCall } from '../record/index.ts'
import { Interruption } from './interruption.ts'
import type { Tool, ToolOutcome } from './tool.ts'

/** A call that was run, refused as it was written, or that broke the tool. */
export type Executed = Pick<BodyOf<'tool.call'>, 'result' | 'status' | 'submits' | 'changes'>

/** Arguments longer than this are refused unread: no tool of ours needs them, and parsing them would stall every trial. */
const LONGEST_ARGUMENTS = 1 << 20
/** A result longer than this is cut, and says so. */
const LONGEST_RESULT = 200_000

/**
 * Runs one call. Whatever the model wrote, the answer is a value: an unknown tool, broken JSON and arguments that do
 * not fit are refused with a sentence that lets the model mend them; a tool that throws is the harness's fault.
 */
export function execute(call: ToolCall, tools: ReadonlyMap<string, Tool>): Executed | Promise<Executed> {
  const tool = tools.get(call.name)
  if (tool === undefined)
    return refused(call, `There is no tool "${shortened(call.name)}". Tools: ${[...tools.keys()].join(', ')}.`)
  try {
    const input = parsedArguments(call.arguments, tool)
    if (input.type === 'refused') return refused(call, input.why)
    const outcome = tool.run(input.value)
    return outcome instanceof Promise
      ? outcome.then(
          (done) => executed(call, done),
          (cause: unknown) => failed(call, cause),
        )
      : executed(call, outcome)
  } catch (cause) {
    return failed(call, cause)
  }
}

/** A call for which one reply had no room. */
export function refusedAct(call: ToolCall, most: number): Executed {
  const acts = most === 1 ? 'one act is' : `${most} acts are`
  return refused(call, `Only ${acts} carried out each turn. ${call.name} was not: call it in a turn of its own.`)
}

type Input =
  | { readonly type: 'ok'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly type: 'refused'; readonly why: string }

function parsedArguments(text: string, tool: Tool): Input {
  if (text.length > LONGEST_ARGUMENTS) {
    return {
      type: 'refused',
      why: `The arguments of ${tool.schema.name} are ${text.length} characters long; at most ${LONGEST_ARGUMENTS} are read.`,
    }
  }
  let data: unknown
  try {
    data = text.trim() === '' ? {} : JSON.parse(text)
  } catch (cause) {
    return { type: 'refused', why: `The arguments of ${tool.schema.name} are not JSON: ${shortened(reasonOf(cause))}` }
  }
  const unfit = (why: string): Input => ({
    type: 'refused',
    why: `The arguments of ${tool.schema.name} do not fit: ${shortened(why)}`,
  })
  try {
    const parsed = tool.input.safeParse(data)
    if (parsed.success) return { type: 'ok', value: parsed.data }
    const issues = parsed.error.issues.slice(0, MOST_ISSUES)
    return unfit(issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`).join('; '))
  } catch (cause) {
    // A schema that refers to itself overflows the stack on arguments nested a hundred thousand deep.
    if (cause instanceof RangeError) return unfit('they are nested too deep')
    throw cause
  }
}

/** More than these would be cut off anyway. */
const MOST_ISSUES = 8

function executed(call: ToolCall, outcome: ToolOutcome): Executed {
  const text =
    outcome.text.length > LONGEST_RESULT
      ? `${outcome.text.slice(0, LONGEST_RESULT)}\n[cut after ${LONGEST_RESULT} of ${outcome.text.length} characters]`
      : outcome.text
  return {
    result: { role: 'tool', callId: call.id, name: call.name, text, ...(outcome.error === true && { error: true }) },
    status: 'ok',
    ...(outcome.submits === true && { submits: true }),
    ...(outcome.changes !== undefined && outcome.changes.length > 0 && { changes: outcome.changes }),
  }
}

function refused(call: ToolCall, why: string): Executed {
  return { result: { role: 'tool', callId: call.id, name: call.name, text: why, error: true }, status: 'refused' }
}

function failed(call: ToolCall, cause: unknown): Executed {
  // A journal that cannot be written (a sub-agent's steps are inside its tool) is not the tool's failure.
  if (cause instanceof Interruption || cause instanceof AssayError) throw cause
  const text = `The tool broke: ${shortened(reasonOf(cause))}`
  return { result: { role: 'tool', callId: call.id, name: call.name, text, error: true }, status: 'failed' }
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
