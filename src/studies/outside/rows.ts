import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AssayError, reasonOf } from '../../assay-error.ts'
import { readText } from '../../record/index.ts'
import type { Entry, Snapshot } from '../../world/index.ts'
import { snapshotOf } from './files.ts'
import type { OutsideTask } from './task.ts'

const texts = z.record(z.string(), z.string())
const seconds = z.number().positive().exactOptional()

/** A row: what SWE-bench calls `instance_id` and `problem_statement` goes by these names too. */
const row = z
  .object({
    id: z.string().min(1).exactOptional(),
    instance_id: z.string().min(1).exactOptional(),
    instruction: z.string().min(1).exactOptional(),
    problem_statement: z.string().min(1).exactOptional(),
    files: texts.exactOptional(),
    folder: z.string().exactOptional(),
    check: z.string().min(1),
    tests: texts.exactOptional(),
    image: z.string().exactOptional(),
    workdir: z.string().startsWith('/').exactOptional(),
    solution: z.string().exactOptional(),
    timeout_sec: seconds,
    check_timeout_sec: seconds,
  })
  .refine((each) => (each.id ?? each.instance_id) !== undefined, 'no id and no instance_id')
  .refine(
    (each) => (each.instruction ?? each.problem_statement) !== undefined,
    'no instruction and no problem_statement',
  )

/**
 * Tasks from JSONL whose check is a command: a row has `id`, `instruction`, `files` (texts by path) or `folder` (beside the file), `check`, and if
 * wanted `tests` (texts put over the agent's before the check), `image`, `workdir`, `solution`, `timeout_sec`, `check_timeout_sec`.
 *
 * @throws AssayError `outside/broken-row`, `outside/twin`, `outside/no-tasks`
 */
export function readTaskRows(file: string): readonly OutsideTask[] {
  const seen = new Set<string>()
  const tasks = readText(file)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [taskOf(file, line, index + 1)]))
  for (const { id } of tasks) {
    if (seen.has(id)) throw new AssayError('outside/twin', `${file}: the id "${id}" is there twice.`)
    seen.add(id)
  }
  if (tasks.length === 0) throw new AssayError('outside/no-tasks', `${file} has no rows.`)
  return tasks
}

function taskOf(file: string, line: string, number: number): OutsideTask {
  const broken = (why: string): AssayError =>
    new AssayError('outside/broken-row', `${file}, line ${number}: ${why}. See docs/worlds/workspace.md.`)
  let data: unknown
  try {
    data = JSON.parse(line)
  } catch (cause) {
    throw broken(reasonOf(cause))
  }
  const parsed = row.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw broken([issue?.path.join('.'), issue?.message].filter((part) => part !== '').join(': '))
  }
  const each = parsed.data
  const folder = each.folder === undefined ? undefined : path.resolve(path.dirname(file), each.folder)
  if (folder !== undefined && !fs.existsSync(folder)) throw broken(`there is no folder ${each.folder ?? ''}`)
  return {
    id: each.id ?? each.instance_id ?? '',
    instruction: each.instruction ?? each.problem_statement ?? '',
    files: new Map([...(folder === undefined ? [] : snapshotOf(folder)), ...entriesOf(each.files ?? {}, broken)]),
    check: {
      command: each.check,
      beside: new Map(),
      ...(each.tests !== undefined && { over: entriesOf(each.tests, broken) }),
      ms: (each.check_timeout_sec ?? 180) * 1000,
    },
    ...(each.image !== undefined && { image: each.image }),
    ...(each.workdir !== undefined && { alias: each.workdir }),
    ...(each.solution !== undefined && { solution: each.solution }),
    ...(each.timeout_sec !== undefined && { ms: each.timeout_sec * 1000 }),
  }
}

function entriesOf(files: Readonly<Record<string, string>>, broken: (why: string) => AssayError): Snapshot {
  return new Map(
    Object.entries(files).map(([at, content]): [string, Entry] => {
      if (at.startsWith('/') || path.posix.normalize(at) !== at || at.startsWith('..'))
        throw broken(`the path ${JSON.stringify(at)} is not relative to the workspace`)
      return [at, { kind: 'file', content }]
    }),
  )
}
