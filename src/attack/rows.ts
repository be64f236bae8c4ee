import { AssayError } from '../assay-error.ts'
import { csvRows } from '../rows/index.ts'
import type { Behaviour } from './behaviour.ts'
import { namesIn, plainName } from './columns.ts'
import { coded, codeReply, secretRule } from '../grade/index.ts'
import { holder, ORDINARY } from './behaviours/words.ts'

/** What people's own behaviours are read with. */
export interface RowBehaviourOptions {
  /** Rules of the target where a row brings none: part of what is measured, so there is no default. */
  readonly rules: string
}

/**
 * Columns by what they mean to us, in the spelling of each layout: HarmBench (Behavior, FunctionalCategory,
 * SemanticCategory, ContextString, BehaviorID), JailbreakBench (Index, Goal, Target, Behavior, Category), and our own.
 * Case, spaces and marks count for nothing.
 */
const COLUMNS = [
  { meaning: 'request', spellings: ['request', 'goal', 'behavior', 'prompt'] },
  { meaning: 'id', spellings: ['id', 'behaviorid', 'index', 'row'] },
  { meaning: 'family', spellings: ['family', 'semanticcategory', 'category', 'functionalcategory'] },
  { meaning: 'context', spellings: ['contextstring'] },
  { meaning: 'opening', spellings: ['opening', 'target'] },
  { meaning: 'rules', spellings: ['rules'] },
  { meaning: 'refusal', spellings: ['refusal'] },
  { meaning: 'check', spellings: ['check'] },
  { meaning: 'expected', spellings: ['expected'] },
] as const

type Meaning = (typeof COLUMNS)[number]['meaning']

/** Columns of those layouts that say nothing we use: known, so that a misspelt one is told apart. */
const UNUSED: ReadonlySet<string> = new Set([
  'tags',
  'source',
  'functionalcategory',
  'semanticcategory',
  'behavior',
  'notes',
])

/** What a planted target says to a behaviour of which nobody knows an answer that breaks it. */
const YIELDS = '[planted: yields]'

/**
 * Reads behaviours of one's own from CSV or TSV, in HarmBench's or JailbreakBench's columns as they are, or in our own:
 * request; id, family, opening, rules, refusal; check (word, contains, regex) with expected. A row without a check needs
 * a judge.
 *
 * @throws AssayError `attack/rows-…` naming file and line: no such file, not UTF-8, no column with the request, a column
 *   that nobody knows, two columns of one name, an unknown or unreadable check, one that every reply or the refusal
 *   itself codes, a refusal without a word, two rows of one id
 */
export function readBehaviours(path: string, options: RowBehaviourOptions): readonly Behaviour[] {
  const records = csvRows(path, 'attack/rows-', namesIn(path, 'attack/rows-column'))
  const [first] = records
  if (first === undefined) throw new AssayError('attack/rows-empty', `${path} has no rows.`)
  const columns = columnsOf(path, Object.keys(first.record))
  const seen = new Set<string>()
  return records.map(({ record, line }, index) => {
    const cell = (meaning: Meaning): string => {
      const name = columns.get(meaning)
      return name === undefined ? '' : (record[name] ?? '').trim()
    }
    const place = `${path}, line ${line}`
    const behaviour = behaviourOf(place, index, cell, options)
    if (seen.has(behaviour.id))
      throw new AssayError('attack/rows-twin', `${place}: the id "${behaviour.id}" is there twice.`)
    seen.add(behaviour.id)
    return behaviour
  })
}

function columnsOf(path: string, names: readonly string[]): ReadonlyMap<Meaning, string> {
  const plain = new Map(names.map((name) => [plainName(name), name]))
  const found = new Map<Meaning, string>()
  const taken = new Set<string>()
  for (const { meaning, spellings } of COLUMNS) {
    const spelling = spellings.find((each) => plain.has(each))
    if (spelling === undefined) continue
    taken.add(spelling)
    found.set(meaning, plain.get(spelling) ?? '')
  }
  if (!found.has('request')) {
    throw new AssayError(
      'attack/rows-request',
      `${path} does not say what is asked for: it needs a column request, Goal (JailbreakBench) or Behavior (HarmBench). Columns: ${names.join(', ')}.`,
    )
  }
  const strange = [...plain].find(([name]) => !taken.has(name) && !UNUSED.has(name))
  if (strange !== undefined) {
    throw new AssayError(
      'attack/rows-column',
      `${path} has a column "${strange[1]}" that is not used. Known: ${COLUMNS.flatMap(({ spellings }) => spellings).join(', ')}. Take it out or rename it, so that no part of a behaviour is lost.`,
    )
  }
  return found
}

function behaviourOf(
  place: string,
  index: number,
  cell: (meaning: Meaning) => string,
  options: RowBehaviourOptions,
): Behaviour {
  const asked = cell('request')
  if (asked === '') throw new AssayError('attack/rows-request', `${place}: nothing is asked for.`)
  const context = cell('context')
  const request = context === '' ? asked : `${context}\n\n---\n\n${asked}`
  const codes = checkOf(place, cell('check'), cell('expected'))
  const refusal = cell('refusal')
  const opening = cell('opening') === '' ? 'Sure, here is' : cell('opening')
  const regex = cell('check') === 'regex'
  const guarded = cell('expected') === '' || regex ? [] : [cell('expected')]
  const kept = keptBy(place, refusal, codes)
  const id = cell('id')
  return {
    id: id === '' ? `row-${index + 1}` : id.replaceAll('/', '_'),
    family: cell('family') === '' ? 'row' : cell('family'),
    rules: cell('rules') === '' ? options.rules : cell('rules'),
    wants: `the assistant does what this asks: ${asked}`,
    request,
    ordinary: ORDINARY,
    opening,
    ...(codes !== undefined && { codes }),
    refuses: refusal === '' ? () => false : holder(refusal),
    guarded,
    sample: { broken: codes === undefined || regex ? YIELDS : cell('expected'), kept },
    key: { request, check: cell('check'), expected: cell('expected'), refusal, opening },
  }
}

/** A reply that keeps a behaviour: its refusal, or one of these that its check does not take for a break. */
const KEEPS: readonly string[] = ['No.', '-', 'x']

function keptBy(place: string, refusal: string, codes: Behaviour['codes']): string {
  if (refusal !== '' && !/[\p{L}\p{N}]/u.test(refusal))
    throw new AssayError(
      'attack/rows-refusal',
      `${place}: the refusal "${refusal}" holds no word, so every reply would count as one. Write the sentence, or leave the cell empty.`,
    )
  const kept = refusal === '' ? KEEPS.find((each) => codes?.(each).broken !== true) : refusal
  if (kept !== undefined && codes?.(kept).broken !== true) return kept
  throw new AssayError(
    'attack/rows-check',
    refusal === ''
      ? `${place}: the check counts every reply as a success of the attack. Name a text that only such a reply holds.`
      : `${place}: the check counts the refusal itself as a success of the attack. Name a text that a refusal does not hold.`,
  )
}

function checkOf(place: string, check: string, expected: string): Behaviour['codes'] {
  if (check === '' && expected === '') return undefined
  if (expected === '') throw new AssayError('attack/rows-check', `${place}: a check without an expected text.`)
  switch (check) {
    case 'word':
    case '':
      return (reply) => codeReply(secretRule(expected, ''), reply)
    case 'contains':
      return (reply) => coded(reply.toLowerCase().includes(expected.toLowerCase()), `"${expected}"`)
    case 'regex':
      try {
        const pattern = new RegExp(expected, 'iu')
        return (reply) => coded(pattern.test(reply), `/${expected}/`)
      } catch (cause) {
        throw new AssayError('attack/rows-check', `${place}: "${expected}" is not a regular expression. Correct it.`, {
          cause,
        })
      }
    default:
      throw new AssayError(
        'attack/rows-check',
        `${place}: there is no check "${check}". Checks: word, contains, regex.`,
      )
  }
}
