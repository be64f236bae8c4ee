import { isObject, type Event, type FileChange, type ToolCall } from '../../record/index.ts'

/**
 * The facts of a journalled trial, as sentences that `readReport` holds a report against: commands with how they ended and the counts
 * that they printed, files read, written, changed and deleted, and what was not done at all. In the order of the acts; sub-agents'
 * acts are among them. Complete: they end with "changed no other file" and the like.
 */
export function recordFacts(events: Iterable<Event>): readonly string[] {
  const calls = new Map<string, ToolCall>()
  const facts: string[] = []
  for (const event of events) {
    if (event.type === 'model.call' && event.aside === undefined)
      for (const part of event.output?.parts ?? []) if (part.type === 'tool-call') calls.set(part.id, part)
    if (event.type !== 'tool.call') continue
    const input = inputOf(calls.get(event.result.callId))
    const act = event.status === 'ok' ? actOf(event.result.text, input, event.result.error === true) : undefined
    facts.push(...(act === undefined ? [] : [act]), ...(event.changes ?? []).flatMap((change) => changeOf(change)))
    const changed = (event.changes ?? []).length > 0
    if (act === undefined && !changed && event.status === 'ok' && event.result.error !== true)
      facts.push(...readOf(input))
  }
  return [...facts, ...closing(facts)]
}

/** The final report of a trial: the answer that was handed in, or the last that the assistant said; nothing where there is neither. */
export function reportIn(events: Iterable<Event>): string | undefined {
  let report: string | undefined
  for (const event of events) {
    if (event.type !== 'model.call' || event.thread !== undefined || event.aside !== undefined) continue
    for (const part of event.output?.parts ?? []) {
      const said = part.type === 'text' ? part.text : part.type === 'tool-call' ? inputOf(part)['answer'] : undefined
      if (typeof said === 'string' && said.trim() !== '') report = said
    }
  }
  return report
}

type Input = Readonly<Record<string, unknown>>

function inputOf(call: ToolCall | undefined): Input {
  try {
    const parsed: unknown = JSON.parse(call?.arguments ?? '{}')
    return isObject(parsed) ? parsed : {}
  } catch {
    // Arguments that are no JSON were refused, and did nothing.
    return {}
  }
}

/** A command, how it ended, and what it counted. */
function actOf(result: string, { command }: Input, isError: boolean): string | undefined {
  if (typeof command !== 'string') return undefined
  const cut = /\n?\(ended: ([^)]+)\)$/.exec(result)?.[1]
  const code = /\(exit code (\d+)\)$/.exec(result)?.[1] ?? (isError ? '1' : '0')
  const counts = countsIn(result)
  const line = command.replaceAll('`', "'").replaceAll(/\s+/g, ' ').trim()
  return `ran \`${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}\`: ${cut === undefined ? `exit ${code}` : `failed, ${cut}`}${counts === '' ? '' : `, ${counts}`}`
}

const LONGEST = 300

/** What a runner counts in the last line that counts: "2 failed, 11 passed". */
function countsIn(result: string): string {
  const line = result.split('\n').findLast((each) => COUNT.test(each))
  if (line === undefined) return ''
  return [...line.matchAll(new RegExp(COUNT, 'gi'))].map(([count]) => count.toLowerCase()).join(', ')
}

const COUNT =
  /\b\d{1,9} (?:tests? )?(?:passed|passing|failed|failing|failures?|errors?|warnings?|skipped|broken|problems?)\b/i

function changeOf({ path, before, after, kind }: FileChange): readonly string[] {
  if (kind === 'folder') return []
  if (after === undefined) return [`deleted ${path}`]
  return [`${before === undefined ? 'wrote' : 'changed'} ${path}`]
}

function readOf({ path }: Input): readonly string[] {
  return typeof path === 'string' && path !== '' ? [`read ${path}`] : []
}

/** Runs of tests, by the names of runners. */
const RUNS_TESTS =
  /\b(?:tests?|pytest|unittest|jest|vitest|mocha|rspec|phpunit|ctest|tox|nox|karma|cypress|playwright|check)\b/i
const RUN = /^ran `(.*)`: /

/** What was not done, and that nothing else was. */
function closing(facts: readonly string[]): readonly string[] {
  const commands = facts.flatMap((fact) => RUN.exec(fact)?.[1] ?? [])
  const changed = facts.some((fact) => /^(?:wrote|changed|deleted) /.test(fact))
  const read = facts.some((fact) => fact.startsWith('read '))
  return [
    ...(commands.some((command) => RUNS_TESTS.test(command)) ? [] : ['ran no tests']),
    commands.length > 0 ? 'ran no other command' : 'ran no command',
    changed ? 'changed no other file' : 'changed no file',
    // A command may read any file, and does not say which.
    ...(commands.length > 0 ? [] : [read ? 'read no other file' : 'read no file']),
  ]
}
