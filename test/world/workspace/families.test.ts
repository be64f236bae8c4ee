import { describe, expect, test } from 'vitest'
import { rehearse, workspaceFamilies } from '../../../src/tasks/index.ts'
import {
  bubblewrap,
  workspaceWorld,
  type Files,
  type TaskFamily,
  type WorkspaceTask,
} from '../../../src/world/index.ts'
import { plainWorkplace } from './plain-workplace.ts'

const SEEDS = ['a', 'b']
const ofFiles = workspaceFamilies.filter(({ shortest }) => !shortest.tools.includes('bash'))

function named(name: string): TaskFamily {
  const family = workspaceFamilies.find((family) => family.name === name)
  if (family === undefined) throw new Error(`no family ${name}`)
  return family
}

async function done(task: WorkspaceTask): Promise<Files> {
  return (await rehearse(task, plainWorkplace(task.files))).files
}

function wrong(task: WorkspaceTask, files: Files): readonly string[] {
  const { parts } = task.check(files)
  return Object.keys(parts).filter((part) => parts[part] !== true)
}

describe.each(ofFiles)('the family $name', (family) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 64])('%i steps are solved on files alone', async (steps) => {
    const task = family.make(steps, 'alone')
    expect(wrong(task, await done(task))).toEqual([])
  })

  test('no two acts of a solution touch one file in the same way, and no act is outside the tools it is shortest with', () => {
    for (const seed of SEEDS) {
      const { solution } = family.make(64, seed)
      expect(new Set(solution.map(({ tool, input }) => `${tool} ${String(input['path'])}`)).size).toBe(64)
      for (const { tool } of solution) expect(family.shortest.tools).toContain(tool)
    }
  })

  test('each file that is read shows a fact that stands in no other file', () => {
    for (const seed of SEEDS) {
      const { files, facts, solution } = family.make(64, seed)
      const texts = Object.entries(files)
      const places = facts.map(({ text }) => texts.filter(([, held]) => held.includes(text)).map(([path]) => path))
      for (const place of places) expect(place).toHaveLength(1)
      const telling = new Set(places.flat())
      for (const { tool, input } of solution) if (tool === 'read') expect(telling).toContain(input['path'])
    }
  })

  test('what is lost where a report is written is lost in that file and nowhere else', async () => {
    const task = family.make(22, 'lost')
    for (const [act, { tool, input, forgotten }] of task.solution.entries()) {
      if (tool !== 'write' || forgotten === undefined) continue
      const { files } = await rehearse(task, plainWorkplace(task.files), { act, how: 'forgotten' })
      const lost = wrong(task, files)
      expect(lost).not.toEqual([])
      expect(lost.filter((part) => !part.startsWith(`${String(input['path'])}: `))).toEqual([])
    }
  })

  test('an answer in other order, case and spacing is right, and two answers to one question are none', async () => {
    const task = family.make(7, 'two')
    const files = await done(task)
    const path = Object.keys(files).find((path) => !Object.hasOwn(task.files, path) || files[path] !== task.files[path])
    if (path === undefined) throw new Error('nothing was written')
    const lines = (files[path] ?? '').trimEnd().split('\n')
    const loose = lines.toReversed().map((line) => line.toUpperCase().replace(': ', '  :   '))
    expect(wrong(task, { ...files, [path]: loose.join('\n\n') })).toEqual([])
    const [last = ''] = lines.slice(-1)
    expect(wrong(task, { ...files, [path]: `${lines.join('\n')}\n${last.split(':')[0]}: other\n` })).not.toEqual([])
  })
})

describe.each(workspaceFamilies)('the family $name', (family) => {
  test('no code that must be given stands in a file name or, but for what is quoted, in the instruction', () => {
    for (const seed of SEEDS) {
      const { files, facts, instruction } = family.make(64, seed)
      const told = `${Object.keys(files).join('\n')}\n${instruction}`
      for (const { answer } of facts) if (/^[A-Z]{2}-\d{5}$/.test(answer)) expect(told).not.toContain(answer)
    }
  })

  test('a length has answers of its own under the same seed', () => {
    const [a, b] = [family.make(7, '1'), family.make(8, '1')]
    const answers = new Set(a.facts.map(({ answer }) => answer).filter((answer) => /^[A-Z]{2}-\d{5}$/.test(answer)))
    expect(b.facts.filter(({ answer }) => answers.has(answer))).toEqual([])
  })
})

test('whoever leaves a card of the trail out loses every receipt from there on, and none before', async () => {
  const task = named('references').make(64, 'cascade')
  const receipts = task.solution.flatMap(({ tool, input }, act) =>
    tool === 'write' ? [{ act, path: String(input['path']) }] : [],
  )
  for (const left of [1, 20, 40]) {
    if (task.solution[left]?.tool !== 'read') continue
    const { files } = await rehearse(task, plainWorkplace(task.files), { act: left, how: 'left out' })
    const lost = new Set(wrong(task, files).map((part) => part.split(': ')[0]))
    expect([...lost]).toEqual(receipts.filter(({ act }) => act > left).map(({ path }) => path))
  }
})

test('a receipt for every card in the folder is worth less than the trail', () => {
  const task = named('references').make(64, 'all')
  const all = Object.entries(task.files).map(([path, text]): [string, string] => {
    const [number = ''] = /[A-Z]{2}-\d{5}/.exec(text) ?? []
    return [path.replace('cards/', 'receipts/'), `number: ${number}\n`]
  })
  const { score } = task.check({ ...task.files, ...Object.fromEntries(all) })
  expect(score).toBeLessThan(0.25)
  expect(score).toBeGreaterThan(0)
})

test('a check keeps its next message to itself until its part is right', async () => {
  const task = named('repairs').make(3, 'shut')
  const [first] = task.solution
  const session = await workspaceWorld(task, { sandbox: bubblewrap }).open('1')
  const name = /check\.sh (\w+)/.exec(String(first?.input['command']))?.[1] ?? ''
  const before = await session.act('bash', { command: `bash check.sh ${name}` })
  const [told] = task.facts
  const all = await session.act('bash', { command: 'cat check.sh checks/* parts/*' })
  const after = await session.act(first?.tool ?? '', first?.input ?? {})
  await session.close?.()
  expect(before.text).toContain('FAILED')
  expect([before, all, after].map(({ text }) => text.includes(told?.text ?? 'no fact'))).toEqual([false, false, true])
})

test('a page that lost what stood on it, and a part that was not to be mended, are not right', async () => {
  const form = named('form').make(3, 'head')
  const files = await done(form)
  const path = 'form/page-1.txt'
  const answers = (files[path] ?? '').split('\n').slice(3).join('\n')
  expect(wrong(form, { ...files, [path]: answers })).toEqual([`${path}: nothing else`])
  expect(wrong(form, { ...files, [path]: `${files[path]}note: none\n` })).toEqual([`${path}: nothing else`])

  const repairs = named('repairs').make(1, 'sound')
  const mended = repairs.solution[0]?.input['command']
  const sound = Object.keys(repairs.files).find((file) => file.startsWith('parts/') && !String(mended).includes(file))
  expect(wrong(repairs, { ...repairs.files, [sound ?? '']: 'limit = 1\n' })).toContain(`${sound}: changed`)
})

test('a task so long that words would run out is refused', () => {
  for (const { make } of workspaceFamilies) expect(() => make(10_001, '1')).toThrow('from 1 to 10000')
})

test('old lines that are left in a migrated file lose the file, not its other lines', async () => {
  const task = named('configurations').make(5, 'old')
  const files = await done(task)
  const path = 'services/service-1.conf'
  expect(wrong(task, { ...files, [path]: `${files[path]}port = 1\n` })).toEqual([`${path}: nothing else`])
})
