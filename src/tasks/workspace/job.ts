import { AssayError } from '../../assay-error.ts'
import type { Fact, Files, SolutionAct, TaskFamily, WorkspaceTask } from '../../world/index.ts'
import { checkWanted, type Wanted } from './wanted.ts'

/** A piece of a task: the files it brings, what must be known for it, the acts that do it, what is then there. */
export interface Job {
  readonly files: Files
  readonly facts: readonly Fact[]
  readonly acts: readonly SolutionAct[]
  readonly wanted: readonly Wanted[]
}

/** A task that is some pieces of work in order, each with its own files and acts. */
export interface Draft {
  readonly instruction: string
  readonly jobs: readonly Job[]
  /** Folders in which a file that was not asked for counts as a part that is wrong. */
  readonly only?: readonly string[]
  /** Files that are to be left alone: one that is changed or gone counts as a part that is wrong. */
  readonly kept?: Files
}

/** Longer tasks are refused: words of six letters, no two the same, would run out. */
const MOST_STEPS = 10_000

/** The reading of one file. */
export function reads(path: string): SolutionAct {
  return { tool: 'read', input: { path } }
}

/** The writing of one file; as `forgotten` has it where what it needs is not known any more. */
export function writes(path: string, content: string, needs: readonly string[], forgotten: string): SolutionAct {
  const write = { tool: 'write', input: { path, content } }
  return needs.length === 0 ? write : { ...write, needs, forgotten: { path, content: forgotten } }
}

/** A family as its author writes it. */
export interface FamilySpec extends Pick<TaskFamily, 'name' | 'about' | 'shortest'> {
  /** What one step is worth, in whole cents. A rule, not a market price. Absent: the work is not paid. */
  readonly centsPerStep?: number
  /** How long people need for so many steps, with where that was measured. Absent: nobody has measured it. */
  readonly humanMinutes?: (steps: number) => { readonly minutes: number; readonly source: string }
  /** The task in pieces; together they have exactly `steps` acts. Everything drawn by lot comes from steps and seed. */
  readonly draft: (steps: number, seed: string) => Draft
}

/**
 * A family whose tasks are pieces of work, checked by the files they leave and paid by the step.
 *
 * @returns a family whose `make` throws AssayError `world/not-a-length` for steps that are no whole number from 1 to
 * 10,000, and `world/other-length` where the draft has another number of acts than it was asked for
 */
export function defineFamily({ name, about, shortest, centsPerStep, humanMinutes, draft }: FamilySpec): TaskFamily {
  return {
    name,
    about,
    shortest,
    make(steps, seed): WorkspaceTask {
      if (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS)
        throw new AssayError(
          'world/not-a-length',
          `A task of ${name} has a whole number of steps from 1 to ${MOST_STEPS}, not ${steps}.`,
        )
      const { instruction, jobs, only = [], kept = {} } = draft(steps, seed)
      const solution = jobs.flatMap((job) => job.acts)
      if (solution.length !== steps)
        throw new AssayError(
          'world/other-length',
          `The draft of ${name} has ${solution.length} acts where ${steps} were asked for.`,
        )
      return {
        id: `${name}-${steps}-${seed}`,
        family: name,
        steps,
        instruction,
        files: sorted(jobs.flatMap((job) => Object.entries(job.files))),
        facts: jobs.flatMap((job) => job.facts),
        solution,
        check: checkWanted(
          jobs.flatMap((job) => job.wanted),
          only,
          kept,
        ),
        ...(humanMinutes !== undefined && { humanMinutes: humanMinutes(steps) }),
        ...(centsPerStep !== undefined && { price: centsPerStep * steps }),
      }
    },
  }
}

/** By path, so that the order in which files were made tells nothing. */
function sorted(files: readonly (readonly [string, string])[]): Files {
  return Object.fromEntries(files.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
