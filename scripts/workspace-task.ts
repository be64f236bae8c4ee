// Prints the families of workspace tasks, or one task; docs/worlds/workspace-tasks.md shows what it prints.
//   npx node scripts/workspace-task.ts
//   npx node scripts/workspace-task.ts references 3 1
import { workspaceFamilies } from '../src/tasks/index.ts'
import type { SolutionAct, WorkspaceTask } from '../src/world/index.ts'

/** What the script prints for these arguments: none, or a family, a number of steps and a seed. */
export function printed([name, steps, seed = '1']: readonly string[]): string {
  if (name === undefined) return table()
  const family = workspaceFamilies.find((each) => each.name === name)
  if (family === undefined)
    throw new Error(`No family ${name}; there are ${workspaceFamilies.map((each) => each.name).join(', ')}.`)
  return taskText(family.make(Number(steps), seed))
}

function table(): string {
  const rows = workspaceFamilies.map((family) => {
    const [short, long] = [family.make(64, '1'), family.make(1000, '1')]
    return [
      family.name,
      ...[short, long].flatMap((task) => [count(Object.keys(task.files).length), count(characters(task))]),
      count(Math.max(...Object.values(long.files).map((text) => text.length))),
      count(long.facts.length),
      count(Object.keys(long.check(long.files).parts).length),
      count(long.price ?? 0),
    ]
  })
  const head = [
    '',
    'files at 64',
    'characters',
    'files at 1,000',
    'characters',
    'longest file',
    'facts',
    'parts',
    'cents',
  ]
  return aligned([head, ...rows])
}

function characters({ files }: WorkspaceTask): number {
  return Object.values(files).reduce((sum, text) => sum + text.length, 0)
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('')
}

function taskText(task: WorkspaceTask): string {
  const told = Object.entries(task.files).filter(([path]) =>
    task.solution.some(({ input }) => JSON.stringify(input).includes(path)),
  )
  const files = told.map(([path, text]) => `--- ${path}\n${text}`).join('')
  const others = Object.keys(task.files).length - told.length
  const acts = task.solution.map((act, number) => actText(act, number + 1)).join('')
  const parts = Object.keys(task.check(task.files).parts).map((part) => `${part}\n`)
  return `${task.instruction}
FILES that the solution touches (${others} more)
${files}
SOLUTION
${acts}
PARTS
${parts.join('')}`
}

function actText({ tool, input, needs = [] }: SolutionAct, number: number): string {
  const [path, content, command] = ['path', 'content', 'command'].map((key) => {
    const value = input[key]
    return typeof value === 'string' ? value : undefined
  })
  const lines =
    content
      ?.trimEnd()
      .split('\n')
      .map((line) => `     ${line}`.trimEnd()) ?? []
  const knowing = needs.length === 0 ? [] : [`     knowing ${needs.join(', ')}`]
  return [`${number}. ${tool} ${path ?? command ?? ''}`, ...lines, ...knowing, ''].join('\n')
}

if (import.meta.main) process.stdout.write(printed(process.argv.slice(2)))
