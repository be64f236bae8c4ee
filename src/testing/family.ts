import assert from 'node:assert/strict'
import { rehearse, type Rehearsal, type Slip, type Workplace } from '../tasks/index.ts'
import { SHELL, shellSandbox, workspaceWorld, type Files, type TaskFamily, type WorkspaceTask } from '../world/index.ts'
import type { ContractCase } from './contract-case.ts'

/** Tasks that a family's contract makes, and where their solutions are carried out. */
export interface FamilyContractOptions {
  /** Steps of the tasks. Default 1, 2, 3, 7, 64 and 1,000. */
  readonly lengths?: readonly number[]
  /** Default three. */
  readonly seeds?: readonly string[]
  /** Only tasks up to this length are carried out. Default 64. */
  readonly rehearsed?: number
  /** So many acts of a task are left out and forgotten in turn, evenly spread; every act of a shorter one. Default 7. */
  readonly slips?: number
  /** Default: the workspace world, with a shell for work that is done with commands. */
  readonly open?: (files: Files) => Workplace | Promise<Workplace>
}

/**
 * What every family of workspace tasks promises: the length asked for, a solution that is right and of which no act can
 * be spared, facts that are shown before they are needed, and a check that takes any files.
 */
export function familyContract(family: TaskFamily, options: FamilyContractOptions = {}): readonly ContractCase[] {
  const { lengths = [1, 2, 3, 7, 64, 1000], seeds = ['1', '2', '3'], rehearsed = 64, slips = 7 } = options
  const open = options.open ?? ((files: Files) => workspace(files, family))
  const all = (): readonly WorkspaceTask[] => lengths.flatMap((steps) => seeds.map((seed) => family.make(steps, seed)))
  let kept: readonly WorkspaceTask[] | undefined
  const made = (most = Infinity): readonly WorkspaceTask[] => (kept ??= all()).filter(({ steps }) => steps <= most)
  const carriedOut = async (task: WorkspaceTask, slip?: Slip): Promise<Rehearsal> => {
    const place = await open(task.files)
    try {
      return await rehearse(task, place, slip)
    } finally {
      await place.close?.()
    }
  }
  const rehearsals = new Map<WorkspaceTask, Promise<Rehearsal>>()
  const done = (task: WorkspaceTask): Promise<Rehearsal> => {
    const rehearsal = rehearsals.get(task) ?? carriedOut(task)
    rehearsals.set(task, rehearsal)
    return rehearsal
  }
  return [
    {
      name: 'the same seed makes the same task',
      run() {
        assert.deepEqual(all().map(plain), made().map(plain))
      },
    },
    {
      name: 'a task has the length that was asked for',
      run() {
        for (const steps of lengths) {
          const task = family.make(steps, 'length')
          assert.deepEqual([task.family, task.steps, task.solution.length], [family.name, steps, steps])
        }
      },
    },
    {
      name: 'a length that is none is refused',
      run() {
        for (const steps of [0, -1, 1.5, NaN, Infinity]) assert.throws(() => family.make(steps, '1'))
      },
    },
    {
      name: 'its own solution is right',
      async run() {
        for (const task of made(rehearsed)) {
          const { files, errors } = await done(task)
          assert.deepEqual([errors, wrongParts(task, files)], [[], []], task.id)
        }
      },
    },
    {
      name: 'work that was not begun is worth nothing',
      run() {
        for (const task of made()) assert.deepEqual([task.check(task.files).score, task.check({}).score], [0, 0])
      },
    },
    {
      name: 'no act can be left out, nor done without the facts it needs',
      async run() {
        for (const task of made(rehearsed))
          for (const slip of slipsOf(task, slips))
            assert.ok(
              task.check((await carriedOut(task, slip)).files).score < 1,
              `${task.id}: act ${slip.act} was ${slip.how}, and all is right`,
            )
      },
    },
    {
      name: 'a fact is one line that is in no instruction, and some act needs it',
      run: () => made().forEach(checkFacts),
    },
    {
      name: 'an act shows each fact before the first act that needs it',
      async run() {
        for (const task of made(rehearsed)) {
          const { shown } = await done(task)
          for (const [number, act] of task.solution.entries())
            for (const id of act.needs ?? [])
              assert.ok(
                (shown.get(id)?.[0] ?? Infinity) < number,
                `${task.id}: act ${number} needs ${id} before it is shown`,
              )
        }
      },
    },
    {
      name: 'a check takes whatever files there are',
      run() {
        for (const task of made())
          for (const files of hostile(task.files)) {
            const { score } = task.check(files)
            assert.ok(score >= 0 && score < 1, `${task.id} scores ${score}`)
          }
      },
    },
    {
      name: 'line ends of another system and spaces at the end of lines do not count',
      async run() {
        for (const task of made(rehearsed)) {
          const { files } = await done(task)
          for (const change of HARMLESS) assert.deepEqual(wrongParts(task, changed(files, change)), [], task.id)
        }
      },
    },
    {
      name: 'the answers of one seed are not those of another',
      async run() {
        for (const steps of lengths.filter((steps) => steps <= rehearsed)) {
          const [a, b] = [family.make(steps, 'one'), family.make(steps, 'other')]
          assert.ok(b.check((await done(a)).files).score < 0.5, `${a.id} answers ${b.id}`)
        }
      },
    },
    {
      name: 'a price is whole cents, and a human time has a source',
      run() {
        for (const { price = 1, humanMinutes } of made()) {
          assert.ok(Number.isInteger(price) && price > 0)
          if (humanMinutes !== undefined) assert.ok(humanMinutes.minutes > 0 && humanMinutes.source.length > 0)
        }
      },
    },
  ]
}

async function workspace(files: Files, { shortest }: TaskFamily): Promise<Workplace> {
  const options = shortest.tools.includes(SHELL) ? { sandbox: shellSandbox() } : {}
  const session = await workspaceWorld({ files }, options).open('rehearsal')
  return {
    act: (tool, input) => session.act(tool, input),
    files: () => session.files?.() ?? {},
    close: async () => session.close?.(),
  }
}

/** A task without its check, which is a function. */
function plain(task: WorkspaceTask): unknown {
  return JSON.parse(JSON.stringify(task))
}

function wrongParts(task: WorkspaceTask, files: Files): readonly string[] {
  const { score, parts } = task.check(files)
  const wrong = Object.keys(parts).filter((name) => parts[name] !== true)
  return score < 1 && wrong.length === 0 ? [`a score of ${score}`] : wrong
}

function slipsOf({ solution, steps }: WorkspaceTask, most: number): readonly Slip[] {
  const few = Math.min(steps, most)
  return Array.from({ length: few }, (_, place) => Math.floor((place * steps) / few)).flatMap((act): Slip[] => [
    { act, how: 'left out' },
    ...(solution[act]?.forgotten === undefined ? [] : [{ act, how: 'forgotten' as const }]),
  ])
}

function checkFacts({ id, facts, solution, instruction }: WorkspaceTask): void {
  const known = new Set(facts.map((fact) => fact.id))
  assert.equal(known.size, facts.length, `${id}: two facts have one id`)
  assert.equal(new Set(facts.map(({ text }) => text)).size, facts.length, `${id}: two facts have one text`)
  const needed = new Set(solution.flatMap(({ needs = [] }) => needs))
  for (const need of needed) assert.ok(known.has(need), `${id}: an act needs ${need}, which is not a fact`)
  for (const fact of facts) {
    assert.ok(needed.has(fact.id), `${id}: no act needs ${fact.id}`)
    // It is looked for in messages and in the JSON of tool calls, so it must read the same in both.
    assert.equal(JSON.stringify(fact.text), `"${fact.text}"`, `${id}: ${fact.id} reads otherwise in JSON`)
    assert.ok(fact.text.trim() === fact.text && fact.text !== '', `${id}: ${fact.id} begins or ends with a space`)
    assert.ok(!instruction.includes(fact.text), `${id}: the instruction tells ${fact.id}`)
    assert.ok(
      fact.question !== '' && fact.answer !== '' && !fact.question.includes(fact.answer),
      `${id}: ${fact.question}`,
    )
  }
  for (const [number, { input, needs = [], forgotten }] of solution.entries()) {
    assert.equal(
      needs.length > 0,
      forgotten !== undefined,
      `${id}: act ${number} has needs or what is done without, not both`,
    )
    if (forgotten !== undefined) assert.notDeepEqual(forgotten, input, `${id}: act ${number}`)
  }
}

function changed(files: Files, change: (text: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text)]))
}

const HARMLESS: readonly ((text: string) => string)[] = [
  (text) => text.trimEnd(),
  (text) => `${text}\n\n`,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('\n', ' \t\n'),
]

const RUBBISH = '\u0000\uFFFD\uD800:\u202E: :::\n'
const MANY_LINES = 'a: b\n'.repeat(400_000)
const MANY_SPACES = ' '.repeat(2_000_000)

/** Files that nobody hands in, and that a check must get through. */
function hostile(files: Files): readonly Files[] {
  return [
    {},
    changed(files, () => ''),
    changed(files, () => RUBBISH),
    changed(files, (text) => text.replaceAll('\n', '\r')),
    { ...files, ['__proto__']: RUBBISH, constructor: RUBBISH, '': RUBBISH, '../up': RUBBISH },
    Object.fromEntries(Array.from({ length: 2000 }, (_, number) => [`f/${number}`, RUBBISH])),
    changed(Object.fromEntries(Object.entries(files).slice(0, 3)), () => MANY_LINES),
    changed(Object.fromEntries(Object.entries(files).slice(0, 3)), () => MANY_SPACES),
  ]
}
