import { matchesGlob } from 'node:path'
import { AssayError } from '../assay-error.ts'
import { assertCompaction, type Limits, type Scaffold } from '../agent/index.ts'
import { agentPairs, type Analysis } from '../findings/index.ts'
import type { Model, Sampling } from '../model/index.ts'
import { TEST_OR_USE } from '../probe/index.ts'
import {
  agentOfControl,
  canonical,
  hashOf,
  jsonObject,
  keyed,
  keyedCell,
  randomFrom,
  seedFrom,
  shuffled,
  trialId,
  type Json,
  type JsonObject,
  type Outcome,
} from '../record/index.ts'
import { assertAble, assertLikelihood, assertNative, assertPartners } from './able.ts'
import type { Study } from './study.ts'
import type { Task } from './task.ts'
import { tasksOf } from './task-finder.ts'
import type { Wordings } from './wordings.ts'
import type { World } from '../world/index.ts'

/** How a run is asked for: what a user may choose. Kept in `run.json`, so that resume builds the same plan. */
export interface PlanRequest {
  readonly models: readonly string[]
  /** Models beside the agents by their role (`attacker`, `judge`); they are part of the design. */
  readonly partners?: Readonly<Record<string, string>>
  readonly set: Readonly<Record<string, readonly string[]>>
  /** A number of tasks, a glob over their ids, or the ids. */
  readonly tasks?: number | string | readonly string[]
  /** How questions in a table are put. */
  readonly wordings?: Wordings
  /** The run whose failed cases alone are run: what comes of it is exploratory. */
  readonly failedIn?: string
  readonly repeats?: number
  readonly seed: string
  readonly controls: 'with' | 'only' | 'off'
  readonly sampling: Sampling
  readonly limits: Limits
  readonly maxDollars?: number
  readonly maxTokens?: number
  /** Agents under test are asked in a fork of each finished trial whether it was a test, and findings say what they answer. */
  readonly awareness?: true
}

/** A trial before it is run: what its outcome row will say of it too. */
export interface PlannedTrial extends Pick<Outcome, 'agent' | 'control' | 'cell' | 'task' | 'repeat' | 'seed'> {
  readonly id: string
}

/** What a run will do, in the order in which it will do it. `design` is all that the hash covers. */
export interface Plan {
  readonly study: Study
  readonly request: PlanRequest
  readonly cells: readonly Readonly<Record<string, string>>[]
  readonly varied: readonly string[]
  readonly trials: readonly PlannedTrial[]
  /** One for each name. */
  readonly worlds: readonly World[]
  /** Cells in which the agent has a shell. */
  readonly shells: readonly Readonly<Record<string, string>>[]
  /** What the agents' tasks ask this machine for: {@link assertHere} does. */
  readonly needs: readonly (() => string | undefined)[]
  readonly design: JsonObject
  readonly hash: string
}

/** Share of a cell's trials that may be invalid before the run is unreadable. */
export const INVALID_LIMIT = 0.05

/**
 * @param models opened models by name, for their identity and templates
 * @throws AssayError `study/unknown-factor`, `study/unknown-level`, `study/no-tasks`, `study/no-agents`, `study/template`,
 * `study/broken-tasks`, `study/twin-trials`, `study/no-native`, `study/no-inside`, `agent/compaction`, `study/no-partner`, `study/judges-itself`,
 * `study/no-likelihood`,
 * `study/no-call`
 */
export function makePlan(study: Study, request: PlanRequest, models: ReadonlyMap<string, Model>): Plan {
  const chosen = chosenLevels(study, request)
  const cells = product(chosen)
  const repeats = request.repeats ?? study.repeats
  const controls = request.controls === 'off' ? [] : Object.keys(study.controls)
  const agents = request.controls === 'only' ? [] : request.models
  if (agents.length + controls.length === 0) {
    throw new AssayError(
      'study/no-agents',
      `No agent to run: name one with --model, or leave the controls on. Models: assay models`,
    )
  }

  const trials: PlannedTrial[] = []
  const taskIds = new Set<string>()
  const prompts = new Set<string>()
  const worlds = new Map<string, World>()
  const shells = new Set<Readonly<Record<string, string>>>()
  const needs = new Set<() => string | undefined>()
  const keys = new Set<string>()
  const facts = new Set<string>()
  const drawn = new Set<JsonObject>()
  const forks = new Set<string>()
  const scaffolds = new Map<Scaffold, JsonObject>()
  const taskLimits = new Map<Limits, JsonObject>()
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = `${request.seed}/${repeat}`
    const block: PlannedTrial[] = []
    for (const cell of cells) {
      const tasks = chosenTasks(tasksOf(study, cell, seed), request)
      for (const task of tasks) {
        assertPartners(study, task, request)
        taskIds.add(task.id)
        prompts.add(task.prompt ?? '')
        if (task.world !== undefined) worlds.set(task.world.name, task.world)
        if (task.world?.sandbox !== undefined) shells.add(cell)
        if (task.runner !== undefined && task.missing !== undefined && agents.length > 0) needs.add(task.missing)
        if (task.key !== undefined) keys.add(`${task.id}: ${canonical(task.key)}`)
        if (task.drawn !== undefined) drawn.add(task.drawn)
        if (task.fork !== undefined) forks.add(task.fork)
        if (task.runner === undefined && task.facts !== undefined)
          facts.add(hashOf(task.facts.map((fact) => ({ ...fact }))))
        if (!scaffolds.has(task.scaffold)) scaffolds.set(task.scaffold, scaffoldIdentity(task.scaffold))
        if (!taskLimits.has(task.limits)) taskLimits.set(task.limits, { ...task.limits })
        for (const agent of agents) {
          assertAble(models.get(agent), task, request)
          assertLikelihood(models.get(request.partners?.['guard'] ?? agent), task)
          block.push(planned(study, { agent, control: false, cell, task: task.id, repeat, seed }))
        }
        for (const control of controls) {
          if (isFirst(study, control, cell, chosen)) {
            assertNative(task, agentOfControl(control), study.controls[control]?.compact !== undefined)
            block.push(
              planned(study, { agent: agentOfControl(control), control: true, cell, task: task.id, repeat, seed }),
            )
          }
        }
      }
    }
    // Drift over time hits all cells of a block alike.
    trials.push(...shuffled(block, randomFrom('order', seedFrom(request.seed), repeat)))
  }
  if (trials.length === 0) {
    throw new AssayError(
      'study/no-tasks',
      request.tasks === undefined
        ? `${study.name} has no task in any of the cells asked for (${cells.map(cellText).join('; ')}). See: assay studies ${study.name}`
        : `No task of ${study.name} matches ${String(request.tasks)}. See: assay studies ${study.name}`,
    )
  }
  assertDistinct(trials, request)

  const pairs = pairsOf(study, request)
  const design: JsonObject = {
    study: study.name,
    question: study.question,
    factors: Object.fromEntries([...chosen].map(([name, names]) => [name, names])),
    agents: agents.map((name) => ({
      name,
      identity: models.get(name)?.identity ?? {},
      sampling: { ...request.sampling },
    })),
    ...(request.partners !== undefined && { partners: partnerIdentities(request.partners, models) }),
    controls: controls.map((name) => controlIdentity(study, name, cells, trials)),
    scaffolds: distinct(scaffolds.values()),
    taskLimits: distinct(taskLimits.values()),
    tasks: [...taskIds].toSorted(),
    // A hash, since prompts are long: half a run with one wording and half with another would be two designs.
    prompts: hashOf([...prompts]),
    worlds: [...worlds.keys()].toSorted(),
    ...(keys.size > 0 && { keys: hashOf([...keys]) }),
    ...(facts.size > 0 && { facts: hashOf([...facts]) }),
    ...(drawn.size > 0 && { drawn: distinct(drawn) }),
    ...(forks.size > 0 && { forks: hashOf([...forks]) }),
    ...(request.awareness === true && { awareness: hashOf(TEST_OR_USE) }),
    repeats,
    seed: request.seed,
    limits: { ...request.limits },
    invalidLimit: INVALID_LIMIT,
    measures: Object.fromEntries(
      Object.entries(study.outcome).map(([name, { unit, optional }]) => [name, { unit, optional }]),
    ),
    findings: study.findings.map(({ name, options }) => ({ name, options: { ...options } })),
    ...(pairs !== undefined && { comparisons: { name: pairs.name, options: { ...pairs.options } } }),
    trials: trials.length,
  }
  // A factor at a level that is not its standard one is a condition too: nobody may take the finding for the usual case.
  const unusual = (name: string, names: readonly string[]): boolean => names[0] !== study.factors[name]?.standard[0]
  const varied = [...chosen].filter(([name, names]) => names.length > 1 || unusual(name, names)).map(([name]) => name)
  return {
    study,
    request,
    cells,
    varied,
    trials,
    worlds: [...worlds.values()],
    shells: [...shells],
    needs: [...needs],
    design,
    hash: hashOf(keyed(study.name, design)),
  }
}

/** Each two of the agents asked for against each other; undefined where there is one, or nothing to compare them in. */
export function pairsOf(study: Study, { controls, models }: PlanRequest): Analysis | undefined {
  return controls === 'only' || models.length < 2 ? undefined : agentPairs(study.findings)
}

/**
 * A shell, or whatever else of this machine, that cannot be had is found out before the first trial, with what to type.
 *
 * @throws AssayError `study/no-sandbox`, `study/not-here`
 */
export function assertHere({ study, worlds, needs }: Pick<Plan, 'study' | 'worlds' | 'needs'>): void {
  for (const missing of needs) {
    const why = missing()
    if (why !== undefined) throw new AssayError('study/not-here', `${study.name} cannot run as planned: ${why}`)
  }
  for (const { sandbox } of worlds) {
    const ready = sandbox?.ready()
    if (sandbox !== undefined && ready?.type === 'unavailable')
      throw new AssayError(
        'study/no-sandbox',
        `${study.name} gives the agent a shell, which runs in ${sandbox.name}: ${ready.why}`,
      )
  }
}

function chosenLevels(study: Study, request: PlanRequest): ReadonlyMap<string, readonly string[]> {
  for (const name of Object.keys(request.set)) {
    if (study.factors[name] === undefined) {
      throw new AssayError(
        'study/unknown-factor',
        `${study.name} has no factor "${name}". Factors: ${Object.keys(study.factors).join(', ')}.`,
      )
    }
  }
  return new Map(
    Object.entries(study.factors).map(([name, factor]) => {
      const wanted = request.set[name] ?? factor.standard
      const unknown = wanted.find((level) => !factor.levels.includes(level))
      if (unknown !== undefined) {
        throw new AssayError(
          'study/unknown-level',
          `The factor ${name} of ${study.name} has no level "${unknown}".${again(study, unknown)} Levels: ${factor.levels.join(', ')}.`,
        )
      }
      return [name, [...new Set(wanted)]]
    }),
  )
}

/** What to type where a level is a factor and its level: commas separate levels of one factor. */
function again({ factors }: Study, level: string): string {
  const [name = ''] = level.split('=')
  return level.includes('=') && factors[name] !== undefined ? ` Repeat the option for each factor: --set ${level}.` : ''
}

function cellText(cell: Readonly<Record<string, string>>): string {
  return Object.entries(cell)
    .map(([name, level]) => `${name}=${level}`)
    .join(', ')
}

function product(chosen: ReadonlyMap<string, readonly string[]>): Record<string, string>[] {
  let cells: Record<string, string>[] = [{}]
  for (const [name, names] of chosen)
    cells = cells.flatMap((cell) => names.map((level) => ({ ...cell, [name]: level })))
  return cells
}

/** A control runs once for all cells that differ only in factors it does not respond to. */
function isFirst(
  study: Study,
  control: string,
  cell: Readonly<Record<string, string>>,
  chosen: ReadonlyMap<string, readonly string[]>,
): boolean {
  const varies = study.controls[control]?.varies
  if (varies === undefined) return true
  return [...chosen].every(([name, names]) => varies.includes(name) || cell[name] === names[0])
}

function planned(study: Study, trial: Omit<PlannedTrial, 'id'>): PlannedTrial {
  const { agent, cell, task, repeat, seed } = trial
  return {
    ...trial,
    id: trialId({ study: study.name, cell: keyedCell(study.name, { ...cell, agent }), task, repeat, seed }),
  }
}

function chosenTasks(tasks: readonly Task[], { tasks: wanted }: PlanRequest): readonly Task[] {
  if (wanted === undefined) return tasks
  if (Array.isArray(wanted)) return tasks.filter((task) => wanted.includes(task.id))
  return typeof wanted === 'number'
    ? tasks.slice(0, wanted)
    : tasks.filter((task) => matchesGlob(task.id, String(wanted)))
}

/** What a control is known to read is part of the design: written after the run it would prove nothing. */
function controlIdentity(study: Study, name: string, cells: Plan['cells'], trials: Plan['trials']): JsonObject {
  const control = study.controls[name]
  const reads = Object.entries(control?.reads ?? {}).flatMap(([measure, known]) =>
    cells.flatMap((cell): JsonObject[] => {
      const expected = known?.(cell)
      if (expected === undefined) return []
      const seen = Object.entries(cell).filter(([factor]) => control?.varies?.includes(factor) ?? true)
      return [{ measure, cell: Object.fromEntries(seen), expected }]
    }),
  )
  const own = control?.finds === undefined ? [] : trials.filter(({ agent }) => agent === agentOfControl(name))
  const ofCell = [...Map.groupBy(own, ({ cell }) => cell)]
  const finds = Object.entries(control?.finds ?? {}).flatMap(([quantity, known]) =>
    ofCell.flatMap(([cell, inCell]): JsonObject[] => {
      const value = known(cell, inCell)
      return value === undefined ? [] : [{ quantity, value: typeof value === 'number' ? value : { ...value } }]
    }),
  )
  return {
    name,
    property: control?.property ?? '',
    reads: distinct(reads),
    ...(finds.length > 0 && { finds: distinct(finds) }),
    ...(control?.tokens !== undefined && { tokens: jsonObject.parse({ ...control.tokens }) }),
  }
}

/** Tasks made anew in every repeat are the same design. */
function distinct(values: Iterable<JsonObject>): readonly Json[] {
  return [...new Map([...values].map((value) => [hashOf(value), value])).values()]
}

function scaffoldIdentity(scaffold: Scaffold): JsonObject {
  const {
    name,
    template,
    context,
    compaction,
    toolChoice,
    delegation,
    subAgent,
    memory,
    window,
    nudge,
    follow,
    recall,
    actsPerTurn,
  } = scaffold
  assertCompaction(compaction)
  if (context === 'latest' && compaction.strategy !== 'none') {
    throw new AssayError(
      'agent/compaction',
      `The scaffold ${name} shows the latest observation only, so it has nothing to compact: ${compaction.strategy} would never be used. Take the compaction none, or the context all.`,
    )
  }
  return {
    name,
    system: hashOf(scaffold.system),
    template,
    context,
    compaction: { ...compaction },
    toolChoice,
    delegation,
    ...(subAgent !== undefined && { subAgent: { ...subAgent } }),
    memory,
    ...(window !== undefined && { window }),
    ...(actsPerTurn !== undefined && { actsPerTurn }),
    ...(nudge !== undefined && { nudge: { ...nudge } }),
    ...(follow !== undefined && { follow }),
    ...(recall !== undefined && { recall }),
  }
}

function partnerIdentities(partners: Readonly<Record<string, string>>, models: ReadonlyMap<string, Model>): JsonObject {
  return Object.fromEntries(
    Object.entries(partners).map(([role, name]) => [role, { name, identity: models.get(name)?.identity ?? {} }]),
  )
}

function assertDistinct(trials: readonly PlannedTrial[], { models }: PlanRequest): void {
  const seen = new Map<string, PlannedTrial>()
  for (const trial of trials) {
    const other = seen.get(trial.id)
    seen.set(trial.id, trial)
    if (other === undefined) continue
    const { agent, task } = trial
    const twice = models.filter((name) => name === agent).length > 1
    throw new AssayError(
      'study/twin-trials',
      twice
        ? `The model ${agent} is named twice: name each model once.`
        : other.control !== trial.control
          ? `${agent} runs with this study already: leave it out of --model, or add --controls off.`
          : `Two tasks of the study have the id "${task}": give each task an id of its own.`,
    )
  }
}
