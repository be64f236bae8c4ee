import { AssayError, didYouMean } from '../assay-error.ts'
import type { Limits } from '../agent/index.ts'
import { measuredOf } from './echoed.ts'
import type { Control, Study } from './study.ts'
import type { AgentWork, CarriedTask } from './task.ts'
import { tasksOf } from './task-finder.ts'

type Names = readonly string[]

/** The fields of a type, all of them: one that is missing here, or that is not there, does not compile. */
function fieldsOf<Fields>(fields: Readonly<Record<keyof Fields & string, true>>): Names {
  return Object.keys(fields)
}

const STUDY = fieldsOf<Study>({
  name: true,
  question: true,
  factors: true,
  tasks: true,
  outcome: true,
  controls: true,
  findings: true,
  repeats: true,
  figures: true,
  draw: true,
  headline: true,
  rows: true,
  checks: true,
  expected: true,
  families: true,
  simulated: true,
})
const CONTROL = fieldsOf<Control>({
  property: true,
  policy: true,
  tokens: true,
  compact: true,
  inside: true,
  varies: true,
  reads: true,
  finds: true,
})
const TASK = fieldsOf<Record<keyof AgentWork | keyof CarriedTask, unknown>>({
  drawn: true,
  fork: true,
  id: true,
  prompt: true,
  world: true,
  scaffold: true,
  limits: true,
  key: true,
  measure: true,
  explain: true,
  series: true,
  facts: true,
  points: true,
  tokensPerSecond: true,
  runner: true,
  looksInside: true,
  partners: true,
  apart: true,
  asks: true,
  besideTurn: true,
  missing: true,
  likelihood: true,
})
const LIMITS = fieldsOf<Limits>({
  turns: true,
  messages: true,
  inputTokens: true,
  outputTokens: true,
  tokens: true,
  dollars: true,
  workingMs: true,
  wallMs: true,
  days: true,
})

/**
 * Checks the names in a study before anything is run, as the compiler would: measures, factors and levels that findings and
 * controls name, fields that nobody reads, and factors that `tasks` and `reads` take from a cell.
 *
 * @throws AssayError `study/broken`: the first that is wrong, with the nearest name that is there
 */
export function checkStudy(study: Study): void {
  only('The study', study, STUDY)
  checkFactors(study)
  const measures = Object.keys(study.outcome)
  if (!Number.isInteger(study.repeats) || study.repeats < 1)
    throw broken(`repeats must be a whole number, 1 or more. It is ${String(study.repeats)}.`)
  for (const { name, measure, factors, levels, options } of study.findings) {
    known(`The finding ${name} reads the measure`, measure, measures, 'Measures')
    for (const factor of [...factors, ...listed(options['by'])])
      known(`The finding ${name} names the factor`, factor, ['agent', ...Object.keys(study.factors)], 'Factors')
    for (const level of levels) known(`The finding ${name} names the level`, level, levelRefs(study), 'Levels')
    for (const option of ['cluster', 'pair']) {
      const said = options[option]
      if (typeof said === 'string')
        known(
          `The finding ${name} has the ${option}`,
          said,
          ['seed', 'task', ...Object.keys(study.factors)],
          'It may be',
        )
    }
  }
  for (const [name, control] of Object.entries(study.controls)) {
    const who = `The control ${name}`
    only(who, control, CONTROL)
    for (const measure of Object.keys(control.reads)) known(`${who} reads the measure`, measure, measures, 'Measures')
    for (const factor of control.varies ?? [])
      known(`${who} varies with`, factor, Object.keys(study.factors), 'Factors')
    checkFinds(study, who, Object.keys(control.finds ?? {}))
    for (const [what, reads] of Object.entries(control.reads)) checkCellUse(study, `${who}, reads.${what}`, reads)
  }
  checkKnown(study, measures)
  checkTasks(study, measures)
}

/** What is said of measures and levels before a run: how they are checked, what is expected, what power is simulated for. */
function checkKnown({ factors, checks, expected = [], simulated = [] }: Study, measures: Names): void {
  if (checks !== undefined && typeof checks['type'] !== 'string')
    for (const measure of Object.keys(checks)) known('checks names the measure', measure, measures, 'Measures')
  for (const { measure } of expected) known('expected names the measure', measure, measures, 'Measures')
  const sets = [
    ...expected.map(({ where = {} }) => ['expected', where] as const),
    ...simulated.map(({ set = {} }) => ['simulated', set] as const),
  ]
  for (const [who, set] of sets)
    for (const [factor, chosen] of Object.entries(set)) {
      known(`${who} names the factor`, factor, Object.keys(factors), 'Factors')
      for (const level of [chosen].flat())
        known(`${who} names the level`, level, factors[factor]?.levels ?? [], 'Levels')
    }
}

function checkFactors({ factors }: Study): void {
  for (const [name, factor] of Object.entries(factors)) {
    if (!Array.isArray(factor.levels) || factor.levels.length === 0)
      throw broken(`The factor ${name} has no levels: write ${name}: levels('a', 'b').`)
    for (const level of factor.standard) known(`The factor ${name} has the default`, level, factor.levels, 'Levels')
  }
}

/** Quantities that are one finding's own name can be known; curves and the like name more than the study says. */
function checkFinds(study: Study, who: string, quantities: Names): void {
  if (study.findings.some(({ kind }) => kind === undefined)) return
  for (const quantity of quantities)
    known(
      `${who} finds the quantity`,
      quantity,
      study.findings.map(({ name }) => name),
      'Findings',
    )
}

/** Tasks of the first cell, made from a cell that knows its own factors alone; the first is measured on an agent that said nothing. */
function checkTasks(study: Study, measures: Names): void {
  const tasks = tasksOf(study, watched(study, 'tasks', firstCell(study)), '1/0')
  for (const task of tasks) {
    const who = `The task ${task.id}`
    // What carries a trial out in a way of its own may give it more.
    if (task.runner === undefined) only(who, task, TASK)
    only(`${who}, limits`, task.limits, LIMITS)
  }
  const [first] = tasks
  if (first === undefined || first.runner !== undefined) return
  const refused = (cause: unknown): void => {
    // What it is read from is not there yet, and it may throw for that; a check that does not exist never will.
    if (cause instanceof AssayError && cause.code === 'grade/check')
      throw broken(`The task ${first.id} measures with a check that cannot be: ${cause.message}`)
  }
  for (const name of Object.keys(measuredOf(first, '', refused) ?? {}))
    known(`The task ${first.id} measures`, name, measures, 'Measures')
}

function firstCell({ factors }: Study): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(factors).map(([name, { standard, levels }]) => [name, standard[0] ?? levels[0] ?? '']),
  )
}

/** A cell that says which factor was misspelt where its reader would get undefined. */
function watched(
  study: Study,
  where: string,
  cell: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = [...Object.keys(study.factors), 'agent']
  return new Proxy(cell, {
    get(target, name) {
      if (typeof name === 'string' && !(name in target) && !(name in Object.prototype) && name !== 'toJSON')
        known(`${where} takes the factor`, name, names, 'Factors')
      return typeof name === 'string' ? target[name] : undefined
    },
  })
}

/** Runs a function of a cell over the first one, and looks for levels that it compares with and that nobody has. */
function checkCellUse(
  study: Study,
  where: string,
  use: ((cell: Readonly<Record<string, string>>) => unknown) | undefined,
): void {
  if (use === undefined) return
  if (typeof use !== 'function') throw broken(`${where} must be a function of the cell, such as () => exactly(1).`)
  try {
    use(watched(study, where, firstCell(study)))
  } catch (cause) {
    // What else it may need is not there yet: only names are checked here.
    if (cause instanceof AssayError && cause.code === 'study/broken') throw cause
  }
  const all = Object.values(study.factors).flatMap(({ levels }) => levels)
  for (const [, literal = ''] of use.toString().matchAll(/[=!]==?\s*['"`]([^'"`$]+)['"`]/g)) {
    const near = didYouMean(literal, all)
    if (!all.includes(literal) && near !== '')
      throw broken(`${where} compares with "${literal}", which is not a level.${near}`)
  }
}

function levelRefs({ factors }: Study): Names {
  return Object.entries(factors).flatMap(([name, { levels }]) => levels.map((level) => `${name}=${level}`))
}

function listed(option: unknown): Names {
  return Array.isArray(option) ? option.filter((each): each is string => typeof each === 'string') : []
}

function only(who: string, what: object, names: Names): void {
  for (const name of Object.keys(what)) if (!names.includes(name)) known(`${who} has the field`, name, names, 'Fields')
}

function known(what: string, name: string, names: Names, title: string): void {
  if (names.includes(name)) return
  const list = names.join(', ')
  throw broken(
    `${what} "${name}", which is not there.${didYouMean(name, names)} ${title}: ${list.length > 120 ? `${list.slice(0, 117)}…` : list}.`,
  )
}

function broken(message: string): AssayError {
  return new AssayError('study/broken', message)
}
