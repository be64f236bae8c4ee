import { z } from 'zod'
import { shellSandbox, DEFAULT_LIMITS, type Entry, type Ran, type SandboxKind } from '../world/index.ts'
import { AssayError } from '../assay-error.ts'
import { corpusLines } from './corpus.ts'

/** What a command gives: all of it that a corpus records. */
export interface CommandGave {
  readonly stdout: string
  readonly exit: number
  /** Files changed or made, and those that are gone. */
  readonly after: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

interface Line extends CommandGave {
  readonly id: string
  /** Programs that it is about. */
  readonly tools: readonly string[]
  readonly files: Readonly<Record<string, string>>
  readonly command: string
}

const texts = z.record(z.string(), z.string())
const line: z.ZodType<Line> = z.object({
  id: z.string().min(1),
  tools: z.array(z.string()),
  files: texts,
  command: z.string(),
  stdout: z.string(),
  exit: z.int(),
  after: texts.default({}),
  removed: z.array(z.string()).default([]),
})
const fields = ['id', 'tools', 'files', 'command', 'stdout', 'exit', 'after', 'removed']

/** A line that the sandbox does not do as real bash did. */
export interface ShellDifference {
  readonly id: string
  readonly command: string
  /** Refused: a program is not installed, and the agent reads so. */
  readonly how: 'refused' | 'different'
  readonly truth: CommandGave
  readonly gave: CommandGave
  readonly stderr: string
}

/** How a sandbox's shell compares with real bash on a corpus of commands. */
export interface ShellValidation {
  readonly check: 'shell'
  /** With its version. */
  readonly sandbox: string
  readonly lines: number
  readonly same: number
  readonly refused: number
  readonly different: number
  /** Lines by the programs that they are about; a line counts for each. */
  readonly byTool: readonly { readonly tool: string; readonly lines: number; readonly same: number }[]
  readonly differences: readonly ShellDifference[]
}

/** As where the truth was taken. */
const ENV = { LC_ALL: 'C.UTF-8', TZ: 'UTC' }

/**
 * Runs each command of a corpus in a sandbox, among its files, and compares output, exit code and files with what real bash printed and
 * left.
 *
 * @param text JSON lines
 * @param file its name, for messages
 * @param onLine is called with the number of lines done
 * @throws AssayError `grade/not-a-corpus` with the line, `sandbox/unavailable`
 */
export async function validateShell(
  text: string,
  file = 'corpus',
  kind: SandboxKind = shellSandbox(),
  onLine: (done: number, of: number) => void = () => undefined,
): Promise<ShellValidation> {
  const ready = kind.ready()
  if (ready.type === 'unavailable') throw new AssayError('sandbox/unavailable', `No shell to try: ${ready.why}`)
  const lines = corpusLines({ fields, line }, (json) => line.parse(json), text, file)
  const found: (ShellDifference | undefined)[] = []
  for (const each of lines) {
    found.push(await differenceOf(each, kind))
    onLine(found.length, lines.length)
  }
  const differences = found.filter((each) => each !== undefined)
  const count = (how: ShellDifference['how']): number => differences.filter((each) => each.how === how).length
  const wrong = new Set(differences.map(({ id }) => id))
  const tools = Map.groupBy(
    lines.flatMap(({ id, tools: own }) => own.map((tool) => ({ tool, id }))),
    ({ tool }) => tool,
  )
  return {
    check: 'shell',
    sandbox: `${kind.name} ${kind.version?.() ?? ''}`.trim(),
    lines: lines.length,
    same: lines.length - differences.length,
    refused: count('refused'),
    different: count('different'),
    byTool: [...tools]
      .map(([tool, own]) => ({ tool, lines: own.length, same: own.filter(({ id }) => !wrong.has(id)).length }))
      .toSorted((a, b) => a.tool.localeCompare(b.tool)),
    differences,
  }
}

async function differenceOf(truth: Line, kind: SandboxKind): Promise<ShellDifference | undefined> {
  const { id, command, files } = truth
  const start = new Map(Object.entries(files).map(([at, content]): [string, Entry] => [at, { kind: 'file', content }]))
  const sandbox = await kind.open({ files: start, limits: DEFAULT_LIMITS, env: ENV })
  try {
    const ran = await sandbox.exec(command)
    const changed = sandbox.changes()
    const after = changed.flatMap(({ path, after: now }) =>
      now === undefined || now.kind === 'folder' || now.kind === 'link' || typeof now.content !== 'string'
        ? []
        : [[path, now.content] as const],
    )
    const gave: CommandGave = {
      stdout: ran.stdout,
      exit: ran.exitCode,
      after: Object.fromEntries(after),
      removed: changed.flatMap(({ path, before, after: now }) =>
        now === undefined && before?.kind !== 'folder' ? [path] : [],
      ),
    }
    if (isSame(truth, gave)) return undefined
    return { id, command, how: isRefusal(ran) ? 'refused' : 'different', truth: bare(truth), gave, stderr: ran.stderr }
  } finally {
    await sandbox.close()
  }
}

function bare({ stdout, exit, after, removed }: CommandGave): CommandGave {
  return { stdout, exit, after, removed }
}

function isSame(a: CommandGave, b: CommandGave): boolean {
  const plain = ({ stdout, exit, after, removed }: CommandGave): string =>
    JSON.stringify([stdout, exit, Object.entries(after).toSorted(([x], [y]) => (x < y ? -1 : 1)), removed.toSorted()])
  return plain(a) === plain(b)
}

/** The agent can see that the shell, and not its command, is at fault. */
function isRefusal({ stderr, cut }: Ran): boolean {
  return cut !== undefined || /: (command not found|No such file or directory: '?\w+'?)$/m.test(stderr)
}
