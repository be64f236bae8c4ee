import { NOTES_TOOL, RECALL_REQUEST, SAVE_REQUEST, SUMMARY_REQUEST } from '../../../src/agent/index.ts'
import type { Fact, WorkspaceTask } from '../../../src/world/index.ts'
import type { Asked, Call, Said } from '../../model/endpoint.ts'

/**
 * A competent but forgetful agent behind an endpoint. It understands all that it reads, and knows nothing but what stands
 * in the messages it is sent: papers, or its own short notes of them. What it has lost, it does as somebody does who has.
 *
 * @param tasks among which it finds its own, by what it was asked and by the label in its own words
 */
export function reader(tasks: readonly WorkspaceTask[]): (asked: Asked) => Said {
  return (asked) => {
    const { messages } = asked
    const all = messages.flatMap(({ text, calls }) => [text, ...calls.map(({ input }) => JSON.stringify(input))])
    const last = messages.at(-1)?.text ?? ''
    const task = ownTask(tasks, all)
    const knows = (fact: Fact): boolean => all.some((text) => text.includes(fact.text) || text.includes(short(fact)))
    if (last.startsWith(RECALL_REQUEST)) {
      const fact = task.facts.find(({ question }) => last.includes(question))
      return { text: fact !== undefined && knows(fact) ? fact.answer : 'I do not know.' }
    }
    const at = actsDone(all)
    if (last.startsWith(SUMMARY_REQUEST)) return { text: [label(task, at), ...kept(task, at, knows)].join('\n') }
    const act = task.solution[at]
    const saves: readonly Call[] = last.startsWith(SAVE_REQUEST)
      ? [{ name: NOTES_TOOL, input: { text: kept(task, at, knows).join('\n') } }]
      : []
    if (act === undefined) return { calls: [{ name: 'submit', input: {} }] }
    const known = (act.needs ?? []).every((id) => task.facts.some((fact) => fact.id === id && knows(fact)))
    const input = known ? act.input : (act.forgotten ?? act.input)
    return { text: label(task, at + 1), calls: [...saves, { name: act.tool, input }] }
  }
}

function ownTask(tasks: readonly WorkspaceTask[], all: readonly string[]): WorkspaceTask {
  const asked = tasks.filter(({ instruction }) => all.includes(instruction))
  const [some] = asked
  if (some === undefined) throw new Error('asked for a task that is not among these')
  // Before anything is read, tasks with one instruction begin with the same act.
  const found = asked.find((task) => all.some((text) => text.includes(`of ${task.id}.`)))
  const read = asked.find(({ facts }) => facts.some(({ text }) => all.some((each) => each.includes(text))))
  return read ?? found ?? some
}

function label({ id }: WorkspaceTask, acts: number): string {
  return `Act ${acts} of ${id}.`
}

function actsDone(all: readonly string[]): number {
  const done = all.flatMap((text) => [...text.matchAll(/Act (\d+) of /g)].map(([, acts]) => Number(acts)))
  return Math.max(0, ...done)
}

/** A fact in its own few words. */
function short({ id, answer }: Fact): string {
  return `${id}: ${answer}`
}

/** What it knows and acts to come will need. */
function kept({ solution, facts }: WorkspaceTask, at: number, knows: (fact: Fact) => boolean): readonly string[] {
  const needed = new Set(solution.slice(at).flatMap(({ needs = [] }) => needs))
  return facts.filter((fact) => needed.has(fact.id) && knows(fact)).map(short)
}
