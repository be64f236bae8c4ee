import { agentOfControl } from './control-name.ts'
import { describedNow, describedThen } from './descriptions.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

/** What a study's parts were called before, and what they are called now. Levels are under their factor's name of now. */
interface Renamed {
  readonly factors?: Names
  readonly levels?: Readonly<Record<string, Names>>
  readonly controls?: Names
  readonly quantities?: Names
  readonly measures?: Names
}

type Names = Readonly<Record<string, string>>

/**
 * Every name that changed, old to new, by study. Old names are read wherever they were once written (run folders, briefs,
 * policies, command lines) and written nowhere; ids, seeds and hashes are made of the old ones, so that no result moves
 * and old runs resume.
 */
const RENAMED: Readonly<Record<string, Renamed>> = {
  vending: {
    factors: { hands: 'delegation' },
    levels: { scaffold: { plain: 'zero-shot', shown: 'few-shot' }, delegation: { direct: 'none' } },
    controls: { promised: 'trusting', once: 'one-order', competent: 'careful' },
  },
  horizon: { levels: { window: { own: 'model' }, speed: { own: 'model' } } },
  breach: {
    factors: { opening: 'prefill' },
    levels: { prefill: { none: 'off', said: 'on' }, attacker: { ordinary: 'benign' } },
    measures: { voids: 'invalidAttempts' },
  },
  layers: {
    levels: { attack: { ordinary: 'benign', wordings: 'each-template' } },
    quantities: { worth: 'contribution' },
  },
}

/**
 * Factors that came later, by study, with the level that all runs before them had. Ids are made without the factor at that level,
 * so that an old run's trials are found.
 */
const LATER: Readonly<Record<string, Names>> = {
  vending: { messages: 'none' },
  breach: { tokens: 'none', dollars: 'none', warning: 'on' },
  horizon: { tools: 'shell' },
  earnings: { tools: 'shell' },
  layers: { classifier: 'asked' },
}
/** Those of them without which hashes are made too. */
const UNHASHED: Readonly<Record<string, Names>> = { layers: { classifier: 'asked' } }

/** Fields that changed their name in findings, whatever the study. */
const CHECK_FIELDS: Names = { observed: 'measured', true: 'passed' }
/** Fields of a scaffold in a design. */
const SCAFFOLD_FIELDS: Names = { hands: 'delegation', helper: 'subAgent' }
/** Fields of notes and attempts in a journal. */
const EVENT_FIELDS: Names = { sings: 'passes', mouth: 'prefill', void: 'invalid', lost: 'unanswered' }
/** A field of compactions and of recall notes. */
const WARNING: Names = { amiss: 'warning' }
/** Fields of the row of a trial. */
const ROW_FIELDS: Names = { lost: 'unanswered' }

/** What was written of a study at any time, in the names of now. What has them already stays as it is. */
export function renamed(study: string, value: Json): Json {
  return walk(forwards(study), value)
}

/** What is written of a study now, in the names that ids, seeds and hashes are made of. */
export function keyed(study: string, value: Json): Json {
  return walk(backwards(study), without(UNHASHED[study] ?? {}, value))
}

function without(later: Names, value: Json): Json {
  if (Array.isArray(value)) return value.map((each) => without(later, each))
  if (!isObject(value)) return value
  const isOld = (key: string, held: Json): boolean =>
    later[key] !== undefined && [held].flat().every((each) => each === later[key])
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => (isOld(key, held) ? [] : [[key, without(later, held)]])),
  )
}

/** The levels of a cell, or the conditions of a finding, in the names of now. */
export function renamedCell(study: string, cell: Names): Names {
  return cellIn(forwards(study), cell)
}

/** The same in the names that ids, seeds and hashes are made of. */
export function keyedCell(study: string, cell: Names): Names {
  const later = LATER[study] ?? {}
  const own = Object.entries(cell).filter(([factor, level]) => later[factor] !== level)
  return cellIn(backwards(study), Object.fromEntries(own))
}

/** The cell of a trial, with the levels of factors that came after it. */
export function wholeCell(study: string, cell: Names): Names {
  const later = Object.entries(LATER[study] ?? {}).filter(([factor]) => cell[factor] === undefined)
  return { ...renamedCell(study, cell), ...Object.fromEntries(later) }
}

/** A run's request and design, with the levels of factors that came after it. */
export function withLaterFactors(
  study: string,
  request: Json,
  design: Json,
): { readonly request: Json; readonly design: Json } {
  const { factors } = isObject(design) ? design : {}
  if (!isObject(design) || !isObject(request) || !isObject(factors)) return { request, design }
  const later = Object.entries(LATER[study] ?? {}).filter(([factor]) => factors[factor] === undefined)
  const levels = Object.fromEntries(later.map(([factor, level]) => [factor, [level]]))
  const { set } = request
  return {
    request: { ...request, set: { ...(isObject(set) && set), ...levels } },
    design: { ...design, factors: { ...factors, ...levels } },
  }
}

/** The name of an agent, such as `control/careful`. */
export function renamedAgent(study: string, agent: string): string {
  return agentIn(forwards(study), agent)
}

/** The name of a quantity, such as `contribution`. */
export function renamedQuantity(study: string, quantity: string): string {
  return quantityIn(forwards(study), quantity)
}

/** A measure's values by its name. */
export function renamedValues<T>(study: string, values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return withKeys(forwards(study).measures, values)
}

/** As {@link renamedValues}, in the names that hashes are made of. */
export function keyedValues<T>(study: string, values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return withKeys(backwards(study).measures, values)
}

/** The fields of a trial's row in the names of now, as far as it is a row. */
export function renamedRowFields(row: unknown): unknown {
  return isObject(row) ? withKeys(ROW_FIELDS, row) : row
}

/** A line of a journal with the fields of now, as far as it is an event whose fields changed their name. */
export function renamedFields(event: unknown): unknown {
  if (!isObject(event)) return event
  if (event['type'] === 'compaction') return withKeys(WARNING, event)
  const { topic, data } = event
  return topic === 'recall' && isObject(data) ? { ...event, data: withKeys(WARNING, data) } : event
}

/** An event's fields in the names of now, whatever wrote it. */
export function renamedEvent(study: string, body: JsonObject): JsonObject {
  const { cell, data, values } = body
  return {
    ...body,
    ...(isNames(cell) && { cell: wholeCell(study, cell) }),
    ...(isObject(data) && { data: withKeys(EVENT_FIELDS, data) }),
    ...(isObject(values) && { values: renamedValues(study, values) }),
  }
}

/** One direction of the table. Levels are under the name that their factor is called by in what is read. */
interface Direction {
  readonly factors: Names
  readonly levels: Readonly<Record<string, Names>>
  readonly controls: Names
  readonly quantities: Names
  readonly measures: Names
  readonly checks: Names
  readonly scaffold: Names
  /** What a control is, where its prices come from. */
  readonly described: (text: string) => string
  /** Levels of the delegation of a scaffold, which is one of every study's. */
  readonly delegation: Names
}

function forwards(study: string): Direction {
  const { factors = {}, levels = {}, controls = {}, quantities = {}, measures = {} } = RENAMED[study] ?? {}
  const before = inverse(factors)
  const old = Object.entries(levels).flatMap(([factor, names]) => {
    const was = before[factor]
    return was === undefined ? [[factor, names] as const] : [[was, names] as const]
  })
  const scaffold = { factors, controls, quantities, measures, checks: CHECK_FIELDS, scaffold: SCAFFOLD_FIELDS }
  return { ...scaffold, described: describedNow, levels: Object.fromEntries(old), delegation: { direct: 'none' } }
}

function backwards(study: string): Direction {
  const { factors = {}, levels = {}, controls = {}, quantities = {}, measures = {} } = RENAMED[study] ?? {}
  return {
    factors: inverse(factors),
    levels: Object.fromEntries(Object.entries(levels).map(([factor, names]) => [factor, inverse(names)])),
    controls: inverse(controls),
    quantities: inverse(quantities),
    measures: inverse(measures),
    checks: {},
    scaffold: inverse(SCAFFOLD_FIELDS),
    described: describedThen,
    delegation: { none: 'direct' },
  }
}

function inverse(names: Names): Names {
  return Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]))
}

function withKeys<T>(names: Names, values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]))
}

function cellIn(names: Direction, cell: Names): Names {
  return Object.fromEntries(
    Object.entries(cell).map(([factor, level]) => [
      names.factors[factor] ?? factor,
      factor === 'agent' ? agentIn(names, level) : (names.levels[factor]?.[level] ?? level),
    ]),
  )
}

function agentIn({ controls }: Direction, agent: string): string {
  const own = Object.entries(controls).find(([from]) => agent === agentOfControl(from))
  return own === undefined ? agent : agentOfControl(own[1])
}

/** `difference(netWorth: scaffold plain → shown)`, `worth`. */
function quantityIn({ quantities, factors, levels }: Direction, text: string): string {
  return (quantities[text] ?? text).replace(
    /(: )(\S+) (\S+) → ([^\s)]+)/,
    (_, before: string, factor: string, from: string, to: string) => {
      const level = (name: string): string => levels[factor]?.[name] ?? name
      return `${before}${factors[factor] ?? factor} ${level(from)} → ${level(to)}`
    },
  )
}

function walk(names: Direction, value: Json): Json {
  if (typeof value === 'string') return names.described(agentIn(names, value))
  if (Array.isArray(value)) return value.map((item) => walk(names, item))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => entry(names, key, held, value)))
}

/** Keys whose value names factors. */
const OF_FACTORS: ReadonlySet<string> = new Set(['factor', 'by', 'over', 'varies'])
/** Keys whose value names levels of the factor that their neighbour `factor` or `attack` names. */
const OF_LEVELS: ReadonlySet<string> = new Set(['from', 'to', 'arm', 'cases', 'ordinary', 'adaptive'])

function entry(names: Direction, key: string, held: Json, around: JsonObject): readonly [string, Json] {
  const { factors, levels } = names
  const texts = (change: (text: string) => string): Json => eachText(held, change)
  if (key === 'standing' && held === 'partial') return [key, 'incomplete']
  if (key === 'scaffolds' && Array.isArray(held)) return [key, held.map((each) => scaffoldIn(names, each))]
  if (key === 'measures' && isObject(held)) return [key, withKeys(names.measures, held)]
  if (key === 'controls' && Array.isArray(held)) return [key, held.map((each) => controlIn(names, each))]
  if ((key === 'quantity' || key === 'name') && typeof held === 'string')
    return [key, quantityIn(names, agentIn(names, held))]
  const of = around['factor'] ?? around['attack']
  if (OF_LEVELS.has(key) && typeof of === 'string') return [key, texts((level) => levels[of]?.[level] ?? level)]
  if (OF_FACTORS.has(key) && isText(held)) return [key, texts((factor) => factors[factor] ?? factor)]
  if ((Object.hasOwn(factors, key) || Object.hasOwn(levels, key)) && isText(held))
    return [factors[key] ?? key, texts((level) => levels[key]?.[level] ?? level)]
  return [key, walk(names, held)]
}

function scaffoldIn(names: Direction, value: Json): Json {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => {
      if (key === 'name') return [key, eachText(held, (name) => names.levels['scaffold']?.[name] ?? name)]
      const isDelegation = key === 'hands' || key === 'delegation'
      return [names.scaffold[key] ?? key, isDelegation ? eachText(held, (one) => names.delegation[one] ?? one) : held]
    }),
  )
}

/** A control of a design, or the check of one in a finding. */
function controlIn(names: Direction, value: Json): Json {
  if (!isObject(value)) return value
  const called = (key: string, held: Json): Json =>
    key === 'name' || key === 'control'
      ? eachText(held, (name) => names.controls[name] ?? name)
      : (entry(names, key, held, value)[1] ?? null)
  const isCheck = 'control' in value
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [isCheck ? (names.checks[key] ?? key) : key, called(key, held)]),
  )
}

function isText(value: Json): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
}

function eachText(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value) ? value.map((each) => eachText(each, change)) : value
}

function isNames(value: Json | undefined): value is Names {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string')
}
