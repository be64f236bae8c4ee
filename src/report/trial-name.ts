import { variedIn } from '../findings/index.ts'
import type { Outcome } from '../record/index.ts'
import { plain } from './plain.ts'

/** What a trial is named by. */
export type NamedTrial = Pick<Outcome, 'trial' | 'agent' | 'control' | 'cell' | 'task' | 'repeat'>

/**
 * Names of the trials of one run, by their ids: `france · openai/gpt-5, length=short, seed 2`. Levels are those of factors
 * that vary among these trials; the seed is given where trials repeat, and the first is 1.
 */
export function trialNames(trials: readonly NamedTrial[]): ReadonlyMap<string, string> {
  const varied = variedIn(trials)
  const repeats = trials.some(({ repeat }) => repeat > 0)
  return new Map(
    trials.map(({ trial, task, agent, cell, repeat }) => {
      const levels = varied.map((name) => `${plain(name)}=${plain(cell[name] ?? '')}`)
      const parts = [`${plain(task)} · ${plain(agent)}`, ...levels, ...(repeats ? [`seed ${repeat + 1}`] : [])]
      return [trial, parts.join(', ')]
    }),
  )
}

/**
 * Trials that a person may mean by a part of a name, in their order: of the words of the part, all are whole words of the
 * name, or else all are in it; or it is the beginning of an id. Case does not count. Where it fits trials of agents and of
 * controls, the agents' are meant; where it is a task as it is written, that task's.
 *
 * @returns none, the one that is meant, or the several that it may be
 */
export function trialsMeant(part: string, trials: readonly NamedTrial[]): readonly NamedTrial[] {
  const names = trialNames(trials)
  const wanted = wordsOf(part)
  const fits = (test: (trial: NamedTrial, name: string) => boolean): readonly NamedTrial[] =>
    trials.filter((each) => test(each, names.get(each.trial) ?? ''))
  const rules: readonly ((trial: NamedTrial, name: string) => boolean)[] = [
    ({ trial }, name) => trial === part || name === part,
    ({ task }) => task === part,
    (_, name) => wanted.length > 0 && wanted.every((word) => wordsOf(name).includes(word)),
    ({ trial }) => part.length >= SHORTEST_ID && trial.startsWith(part),
    (_, name) => wanted.length > 0 && wanted.every((word) => name.toLowerCase().includes(word)),
  ]
  const found = rules.map((rule) => fits(rule)).find((each) => each.length > 0) ?? []
  const ofAgents = found.filter(({ control }) => !control)
  return ofAgents.length > 0 ? ofAgents : found
}

/** Shorter beginnings of an id say too little to be meant as one. */
const SHORTEST_ID = 4

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s,·]+/)
    .filter((word) => word !== '')
}

/**
 * A name as one word of a shell's command line. Names come from files of others: in single quotes nothing of them is run.
 *
 * @example `assay show monday ${shellWord('france · openai/gpt-5')}`
 */
export function shellWord(name: string): string {
  if (/^[\w./:@%+=-]+$/.test(name)) return name
  return /^[\w./:@%+=#?&;()[\] ·,-]+$/.test(name) ? `"${name}"` : `'${name.replaceAll("'", "'\\''")}'`
}
