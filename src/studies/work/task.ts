import { AssayError } from '../../assay-error.ts'
import type { Ending, Limits, Scaffold } from '../../agent/index.ts'
import { cents, count, proportion, score, type Measure } from '../../findings/index.ts'
import { levels, type Factor, type Task } from '../../study/index.ts'
import { workspaceFamilies } from '../../tasks/index.ts'
import { SHELL, shellSandbox, withTools, workspaceWorld, type World, type WorkspaceTask } from '../../world/index.ts'
import { withHelper } from './scaffold.ts'

/** The families of tasks by name, in the order in which they are documented. */
export const FAMILIES = ['references', 'ledgers', 'configurations', 'logs', 'repairs', 'form'] as const
export type FamilyName = (typeof FAMILIES)[number]

/** The factor; the chain of failing checks is not a default level, since it needs a shell. */
export const family: Factor<FamilyName> = levels(...FAMILIES).default(
  'references',
  'ledgers',
  'configurations',
  'logs',
  'form',
)

/**
 * What an agent works with: the tools that read and write one file an act, for which a task's length is exact; or these, a search and
 * a shell, in which one script may do many steps.
 */
export const tools: Factor<ToolsLevel> = levels('files', 'shell').default('files')
export type ToolsLevel = 'files' | 'shell'

/** With these no act does more than one step. */
const FILE_ACTS = ['list', 'read', 'write', 'edit', 'submit']

/** What every study of such work measures. */
export const WORK_MEASURES: WorkMeasures = {
  success: proportion(),
  score: score(),
  steps: count(),
  minutes: { unit: 'minutes', optional: true },
  price: cents(),
  tokensPerSecond: count().optionally(),
}

type WorkMeasures = {
  readonly [K in keyof WorkValues]-?: Measure<undefined extends WorkValues[K] ? true : false>
}

export interface WorkValues {
  readonly success: number
  readonly score: number
  readonly steps: number
  readonly minutes?: number | undefined
  readonly price: number
  readonly tokensPerSecond?: number | undefined
}

/** How an agent is put to a piece of work. */
export interface WorkSetting {
  readonly tools: ToolsLevel
  readonly scaffold: Scaffold
  /** Beside the limit on turns. */
  readonly limits?: Limits
  readonly tokensPerSecond?: number
}

/** Turns that an agent may take: room to look round, and to do each step three times. */
const TURNS = 10
const TURNS_PER_STEP = 3

/** Made once for all the cells that ask for it: cells differ in what stands round the task, not in the task. */
const made = new Map<string, WorkspaceTask>()
const KEPT = 512

/** The task of a family with so many steps; the same seed gives the same task in every cell. */
export function workOf(family: FamilyName, steps: number, seed: string): WorkspaceTask {
  const key = `${family}\u0000${steps}\u0000${seed}`
  const known = made.get(key)
  if (known !== undefined) return known
  const maker = workspaceFamilies.find(({ name }) => name === family)
  if (maker === undefined) throw new Error(`There is no family of tasks called ${family}.`)
  const task = maker.make(steps, seed)
  if (made.size >= KEPT) made.delete(made.keys().next().value ?? '')
  made.set(key, task)
  return task
}

/** What a planted worker may know: the workspace task behind a study's task. */
const behind = new WeakMap<object, WorkspaceTask>()

export function workBehind(task: object): WorkspaceTask {
  const work = behind.get(task)
  if (work === undefined) throw new Error('A worker was made for a task that is not a piece of work.')
  return work
}

const worlds = { files: new WeakMap<WorkspaceTask, World>(), shell: new WeakMap<WorkspaceTask, World>() }

function worldOf(work: WorkspaceTask, tools: ToolsLevel): World {
  const known = worlds[tools].get(work) ?? withHelper(madeWorld(work, tools))
  worlds[tools].set(work, known)
  return known
}

function madeWorld(work: WorkspaceTask, tools: ToolsLevel): World {
  if (tools === 'shell') return workspaceWorld(work, { sandbox: shellSandbox() })
  if (work.solution.some(({ tool }) => tool === SHELL))
    throw new AssayError(
      'work/needs-shell',
      `The tasks of ${work.family} are done with commands. Add --set tools=shell, or choose another --set family.`,
    )
  return withTools(workspaceWorld(work), FILE_ACTS)
}

/**
 * A piece of work as a study's task: graded by the files as the agent left them, handed in or not.
 *
 * @throws AssayError `work/needs-shell` for work that is done with commands, where there is none
 */
export function workTask(
  work: WorkspaceTask,
  { tools, scaffold, limits, tokensPerSecond }: WorkSetting,
): Task<WorkValues> {
  const task: Task<WorkValues> = {
    id: work.id,
    // A model that continues bare text begins its act on a line of its own.
    prompt: scaffold.template === 'completion' ? `${work.instruction}\n` : work.instruction,
    world: worldOf(work, tools),
    scaffold,
    limits: { turns: TURNS + TURNS_PER_STEP * work.steps, ...limits },
    facts: work.facts,
    ...(tokensPerSecond !== undefined && { tokensPerSecond }),
    measure: (ending) => measured(work, ending),
    points: ({ recall }) => {
      const asked = recall.flatMap(({ sinceShown, sinceContext, recalled }) =>
        recalled === undefined ? [] : [{ sinceShown, sinceContext, recalled: recalled ? 1 : 0 }],
      )
      return asked.length === 0
        ? {}
        : {
            recallByAge: asked.map((each) => [each.sinceShown, each.recalled] as const),
            recallGone: asked.map((each) => [each.sinceContext, each.recalled] as const),
          }
    },
  }
  behind.set(task, work)
  return task
}

/** Of the time that calls took, this process may have been at work for so much: a speed that other trials slowed down is not reported. */
const MOST_BUSY = 0.1

function measured(work: WorkspaceTask, { files, meters }: Ending): WorkValues {
  const checked = work.check(files ?? work.files)
  // Of its calls: what commands take is not the model's.
  const seconds = meters.callMs / 1_000
  return {
    success: checked.score === 1 ? 1 : 0,
    score: checked.score,
    steps: work.steps,
    ...(work.humanMinutes !== undefined && { minutes: work.humanMinutes.minutes }),
    price: work.price ?? 0,
    ...(seconds > 0 &&
      meters.unknownUsage === 0 &&
      meters.busyMs <= MOST_BUSY * meters.callMs && { tokensPerSecond: meters.outputTokens / seconds }),
  }
}
