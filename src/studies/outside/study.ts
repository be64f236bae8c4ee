import { AssayError } from '../../assay-error.ts'
import { plainScaffold } from '../../agent/index.ts'
import { contentHash, hashOf } from '../../record/index.ts'
import { below, defineStudy, exactly, levels, type Control, type Study } from '../../study/index.ts'
import { mean, proportion, exact } from '../../findings/index.ts'
import {
  bubblewrap,
  DEFAULT_LIMITS,
  docker,
  SHELL,
  sizeOf,
  workspaceWorld,
  type SandboxKind,
  type Snapshot,
  type World,
} from '../../world/index.ts'
import { runCheck } from './check.ts'
import type { OutsideTask } from './task.ts'

/** Model calls, where neither the task nor the user says. */
const TURNS = 200

type SandboxLevel = 'bubblewrap' | 'docker' | 'just-bash'

const scaffold = {
  ...plainScaffold,
  nudge: { text: 'Go on with your tools, or hand the work in with submit.', times: 2 },
}

/**
 * Tasks of somebody else's as a study: each is done in a sandbox and graded by its own check.
 *
 * @param name how the study is called in runs: the folder's or file's name
 * @throws AssayError `outside/too-large` when a task's files do not fit on its disk
 */
export function outsideStudy(name: string, tasks: readonly OutsideTask[]): Study {
  for (const task of tasks) assertFits(task)
  const whole = {
    sandbox: levels('bubblewrap', 'docker', 'just-bash').default(
      tasks.every(({ image }) => image !== undefined) ? 'docker' : 'bubblewrap',
      ...(tasks.some(({ image }) => image !== undefined) && tasks.some(({ image }) => image === undefined)
        ? (['docker'] as const)
        : []),
    ),
  }
  const outcome = { score: proportion(), passed: proportion() }
  const solutions = new Map(tasks.map(({ id, solution }) => [id, solution]))
  const solves: Control<typeof whole, typeof outcome> = {
    property: 'does what the task’s author did',
    policy: {
      madeFor({ task }) {
        const command = solutions.get(task.id) ?? ''
        return (messages) =>
          messages.some(({ role }) => role === 'tool')
            ? [{ type: 'tool-call', id: 'submit', name: 'submit', arguments: '{}' }]
            : [{ type: 'tool-call', id: 'solve', name: SHELL, arguments: JSON.stringify({ command }) }]
      },
    },
    reads: { passed: () => exactly(1), score: () => exactly(1) },
  }
  const idle: Control<typeof whole, typeof outcome> = {
    property: 'hands the files in as they were',
    policy: () => [{ type: 'tool-call', id: 'submit', name: 'submit', arguments: '{}' }],
    reads: { passed: () => exactly(0), score: () => below(1) },
  }
  const solvable =
    [...solutions.values()].every((solution) => solution !== undefined) && solutions.size === tasks.length
  return defineStudy({
    name,
    question: `What share of ${tasks.length === 1 ? 'the one task' : `the ${tasks.length} tasks`} does the agent do, by their own checks?`,
    factors: whole,
    tasks: ({ sandbox }) =>
      tasks.flatMap((task) => {
        const world = worldOf(task, sandbox)
        if (world === undefined) return []
        return [
          {
            id: task.id,
            prompt: task.instruction,
            world,
            scaffold,
            limits: { turns: TURNS, ...(task.ms !== undefined && { wallMs: task.ms }) },
            key: { files: hashOfFiles(task.files), check: checkHash(task) },
            measure: ({ checked }) => {
              const score = checked?.score ?? 0
              return { score, passed: score === 1 ? 1 : 0 }
            },
          },
        ]
      }),
    outcome,
    checks: exact("the end of the task's own tests"),
    controls: { idle, ...(solvable && { solves }) },
    findings: [
      mean('passed', { by: ['agent'], cluster: 'task', title: 'share of tasks passed' }),
      mean('score', { by: ['agent'], cluster: 'task', title: 'mean score' }),
    ],
    repeats: 1,
  })
}

const FILES = DEFAULT_LIMITS.files * 5

function diskOf({ diskBytes }: OutsideTask): number {
  return diskBytes ?? DEFAULT_LIMITS.diskBytes * 4
}

/** Said before the run: in it, every trial of such a task would be invalid, and the run unreadable. */
function assertFits(task: OutsideTask): void {
  const disk = diskOf(task)
  const bytes = [...task.files.values()].reduce((sum, { content }) => sum + sizeOf(content), 0)
  if (bytes <= disk && task.files.size <= FILES) return
  const what =
    bytes > disk
      ? `${bytes.toLocaleString('en-US')} bytes, more than the ${disk.toLocaleString('en-US')} of its disk`
      : `${task.files.size.toLocaleString('en-US')} files, more than ${FILES.toLocaleString('en-US')}`
  throw new AssayError(
    'outside/too-large',
    `The files of the task ${JSON.stringify(task.id)} are ${what}: it could not be begun.`,
  )
}

const worlds = new WeakMap<OutsideTask, Map<SandboxLevel, World>>()

/** The task's world in a sandbox, or undefined where that sandbox cannot hold it. */
function worldOf(task: OutsideTask, level: SandboxLevel): World | undefined {
  if (task.image !== undefined && level !== 'docker') return undefined
  let made = worlds.get(task)
  if (made === undefined) worlds.set(task, (made = new Map()))
  let world = made.get(level)
  if (world === undefined) {
    const limits = {
      ms: Math.max(task.check.ms, 60_000),
      memoryBytes: task.memoryBytes ?? 2 ** 30,
      diskBytes: diskOf(task),
      files: FILES,
      processes: 256,
    }
    world = workspaceWorld(task, {
      sandbox: kindOf(task, level),
      limits,
      ...(task.alias !== undefined && { alias: task.alias }),
      ...(task.env !== undefined && { env: task.env }),
      check: (sandbox) => runCheck(task, sandbox),
    })
    made.set(level, world)
  }
  return world
}

/** Runs of the simulated shell can still be read; none is begun or resumed. */
const GONE: SandboxKind = {
  name: 'just-bash',
  workspaceOnly: true,
  ready: () => ({ type: 'unavailable', why: 'it was a simulated shell, and is gone. Take --set sandbox=bubblewrap.' }),
  open: () => Promise.reject(new AssayError('sandbox/unavailable', 'The simulated shell just-bash is gone.')),
}

function kindOf({ image }: OutsideTask, level: SandboxLevel): SandboxKind {
  if (level === 'docker') return image === undefined ? docker() : docker({ image })
  return level === 'bubblewrap' ? bubblewrap : GONE
}

/** A run cannot be graded by one check before a break and by another after it. */
function checkHash({ check }: OutsideTask): string {
  return hashOf({
    command: check.command,
    beside: Object.fromEntries([...check.beside].map(([at, files]) => [at, hashOfFiles(files)])),
    over: check.over === undefined ? '' : hashOfFiles(check.over),
  })
}

function hashOfFiles(files: Snapshot): string {
  return hashOf([...files].map(([at, { kind, content }]) => `${at} ${kind} ${contentHash(content)}`).toSorted())
}
