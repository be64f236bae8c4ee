import { VALIDATED_ANSWERS } from '../../grade/index.ts'
import { plainScaffold, type Ending, type Scaffold } from '../../agent/index.ts'
import { AssayError } from '../../assay-error.ts'
import { average, exact, mean, pairedDifference, proportion } from '../../findings/index.ts'
import {
  defineStudy,
  exactly,
  levels,
  type Control,
  type Factors,
  type Study,
  type Wordings,
} from '../../study/index.ts'
import { madeCase, type Case, type MadeCase } from './case.ts'
import { filled } from './filled.ts'
import { caseRows } from './rows.ts'

/** The one template where none is given: the row's own prompt. */
const OWN = { own: '{{prompt}}' }

/** One case in one wording. */
interface Worded {
  readonly asked: Case
  readonly made: MadeCase
  readonly scaffold: Scaffold
  readonly limits: { readonly turns: number }
}

/** Whether all checks of a case compare characters or values, and none reads words. */
function isExact({ check, also = [] }: Case): boolean {
  return [check, ...also.map((each) => each.check)].every((name) => /\b(?:strict|json|schema|regex)\b/i.test(name))
}

/**
 * A study of questions with known answers: a prompt or several in turn, a last reply, its checks. Several templates or
 * system prompts are a factor each, compared within questions.
 *
 * @param name how the study is called in runs: the file's name
 * @param wordings templates and system prompts with `{{column}}`; default: each row's own prompt, without a system prompt
 * @throws AssayError `grade/check` as {@link answerCheck} does, and where no answer is known that passes the checks of a case;
 * `cases/template` where a template names a column that is not there; `cases/column` where there is no prompt
 */
export function casesStudy(name: string, cases: readonly Case[], wordings: Wordings = {}): Study {
  const { templates = {}, systems = {} } = wordings
  const worded = inWordings(cases, Object.keys(templates).length === 0 ? OWN : templates, systems)
  const factors: Factors = {
    scaffold: levels('plain'),
    ...asFactor('template', templates),
    ...asFactor('system', systems),
  }
  const find = (id: string, { template = '', system = '' }: Readonly<Record<string, string>>): Worded | undefined =>
    worded.get(keyOf(id, template, system))
  const tasksOf = (cell: Readonly<Record<string, string>>) =>
    cases.flatMap(({ id, expected, check, also }) => {
      const each = find(id, cell)
      if (each === undefined) return []
      const { asked, made, scaffold, limits } = each
      return [
        {
          id,
          prompt: asked.prompt,
          key: { expected, check, ...(also !== undefined && { also: also.map((one) => ({ ...one })) }) },
          scaffold,
          limits,
          measure: (ending: Ending) => ({ correct: made.passes(ending.text) ? 1 : 0 }),
          explain: (ending: Ending) => made.explain(ending.text),
        },
      ]
    })
  const outcome = { correct: proportion({ better: 'higher' }) }
  const several = Object.keys(factors).filter((factor) => factor !== 'scaffold')
  // What is answered by heart, or not at all, does not depend on the wording.
  const varies = several.length > 0 ? { varies: [] } : {}
  const knows: Control<Factors, typeof outcome> = {
    property: 'answers every case with its expected answer',
    policy: {
      madeFor:
        ({ task, cell }) =>
        () => [{ type: 'text', text: find(task.id, cell)?.made.known ?? '' }],
    },
    ...varies,
    reads: { correct: () => exactly(1) },
  }
  // Every other case: a grader that passes all or none of what it is given, or weighs cases, cannot give it its share.
  const known = new Set(cases.flatMap(({ id }, index) => (index % 2 === 0 ? [id] : [])))
  const half: Control<Factors, typeof outcome> = {
    property:
      'the dose between: answers the first case, the third and so on with the expected answer, and nothing to the others',
    policy: {
      madeFor:
        ({ task, cell }) =>
        () => [{ type: 'text', text: known.has(task.id) ? (find(task.id, cell)?.made.known ?? '') : '' }],
    },
    ...varies,
    reads: {},
    finds: {
      'mean(correct)': (_, trials) => exactly(average(trials.map(({ task }) => (known.has(task) ? 1 : 0)))),
    },
  }
  const wrong: Control<Factors, typeof outcome> = {
    property: `answers every case with ${WRONG}`,
    policy: () => [{ type: 'text', text: WRONG }],
    ...varies,
    reads: { correct: () => exactly(0) },
  }
  const silent: Control<Factors, typeof outcome> = {
    property: 'answers nothing',
    policy: () => [],
    ...varies,
    reads: { correct: () => exactly(0) },
  }
  return defineStudy({
    name,
    question: `What share of the ${cases.length} cases does the agent answer correctly?`,
    factors,
    tasks: tasksOf,
    outcome,
    // Characters, values and patterns are compared; other checks read words.
    checks: cases.every(isExact) ? exact('characters, JSON values and patterns') : VALIDATED_ANSWERS,
    controls: { knows, half, ...(cases.every(refusesWrong) && { wrong }), silent },
    findings: [
      mean('correct', { by: ['agent'], cluster: 'task', title: 'share of cases answered correctly' }),
      ...several.flatMap((factor) => {
        const [from = '', ...others] = factors[factor]?.levels ?? []
        return others.map((to) => pairedDifference('correct', { factor, from, to, pair: 'task' }))
      }),
    ],
    repeats: 1,
    rows: { rate: (rows) => caseRows(cases, rows) },
  })
}

function keyOf(id: string, template: string, system: string): string {
  return JSON.stringify([id, template, system])
}

/** A factor of these texts where there are several: all of them are run. */
function asFactor(name: 'template' | 'system', texts: Readonly<Record<string, string>>): Factors {
  const [first, ...others] = Object.keys(texts)
  if (first === undefined || others.length === 0) return {}
  return { [name]: levels(first, ...others).default(first, ...others) }
}

/** A single wording is at no level. */
function levelOf(name: string, texts: Readonly<Record<string, string>>): string {
  return Object.keys(texts).length > 1 ? name : ''
}

/** Every case in every wording, by case and levels. */
function inWordings(
  cases: readonly Case[],
  templates: Readonly<Record<string, string>>,
  systems: Readonly<Record<string, string>>,
): ReadonlyMap<string, Worded> {
  const scaffolds = new Map<string, Scaffold>([['', plainScaffold]])
  const scaffoldOf = (system: string): Scaffold => {
    const known = scaffolds.get(system) ?? { ...plainScaffold, system }
    scaffolds.set(system, known)
    return known
  }
  const limits = new Map<number, { readonly turns: number }>()
  const worded = new Map<string, Worded>()
  for (const each of cases)
    for (const [template, text] of Object.entries(templates))
      for (const [system, rules] of Object.keys(systems).length === 0 ? [['', ''] as const] : Object.entries(systems)) {
        const columns = { ...each.columns, ...(each.prompt !== '' && { prompt: each.prompt }) }
        const asked = { ...each, prompt: text === OWN.own ? ownPrompt(each) : filled(text, columns, '--template') }
        const { follow = [] } = each
        const own = scaffoldOf(filled(rules, columns, '--system'))
        const turns = 1 + follow.length
        const limit = limits.get(turns) ?? { turns }
        limits.set(turns, limit)
        worded.set(keyOf(each.id, levelOf(template, templates), levelOf(system, systems)), {
          asked,
          made: madeCase(asked),
          scaffold: follow.length === 0 ? own : { ...own, follow },
          limits: limit,
        })
      }
  return worded
}

function ownPrompt({ id, prompt, columns = {} }: Case): string {
  if (prompt !== '') return prompt
  throw new AssayError(
    'cases/column',
    `The questions need a column prompt, or a --template (case ${id} has ${Object.keys(columns).join(', ').slice(0, 150)}). Rename the column, or write --template "{{column}}".`,
  )
}

/** What is nobody's expected answer. */
const WRONG = 'xyzzy'

/** Whether a case cannot take that for right, found out without its check: a broken one must not decide which controls run. */
function refusesWrong({ expected, check, also = [] }: Case): boolean {
  return [{ check, expected }, ...also].every((each) => {
    if (each.check === 'regex') return !new RegExp(each.expected, 'u').test(WRONG)
    return /^(?:exact|contains|strict|number|choice|json)$/.test(each.check) && !each.expected.includes(WRONG)
  })
}
