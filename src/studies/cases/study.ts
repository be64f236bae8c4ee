import { VALIDATED_ANSWERS } from '../../grade/index.ts'
import { plainScaffold, type Ending, type Scaffold } from '../../agent/index.ts'
import { AssayError } from '../../assay-error.ts'
import { exact, mean, measuredIn, pairedDifference, proportion } from '../../findings/index.ts'
import { defineStudy, levels, type Factors, type Study, type Task, type Wordings } from '../../study/index.ts'
import type { CheckFunctions } from './asked-check.ts'
import { askedTask } from './asked-task.ts'
import type { Case } from './case.ts'
import { caseControls, isAsked, isJudged } from './controls.ts'
import { filled } from './filled.ts'
import { madeCase, type MadeCase } from './made-case.ts'
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

const NO_FUNCTIONS: CheckFunctions = {
  hash: () => undefined,
  call: async () => ({ type: 'broken', why: 'There is nothing to call functions with.' }),
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
 * @param functions calls what `file.ts#function` names; without it such a check makes every trial invalid
 * @throws AssayError `grade/check` as {@link answerCheck} does, and where no answer is known that passes the checks of a case;
 * `cases/template` where a template names a column that is not there; `cases/column` where there is no prompt
 */
export function casesStudy(
  name: string,
  cases: readonly Case[],
  wordings: Wordings = {},
  functions: CheckFunctions = NO_FUNCTIONS,
): Study {
  const { templates = {}, systems = {} } = wordings
  const worded = inWordings(cases, Object.keys(templates).length === 0 ? OWN : templates, systems)
  const factors: Factors = {
    scaffold: levels('plain'),
    ...asFactor('template', templates),
    ...asFactor('system', systems),
  }
  const find = (id: string, { template = '', system = '' }: Readonly<Record<string, string>>): Worded | undefined =>
    worded.get(keyOf(id, template, system))
  const anyCell = Object.fromEntries(
    Object.entries(factors).map(
      ([
        factor,
        {
          levels: [level = ''],
        },
      ]) => [factor, level],
    ),
  )
  const first = (id: string, cell: Readonly<Record<string, string>> = anyCell): MadeCase | undefined =>
    find(id, cell)?.made
  const several = Object.keys(factors).filter((factor) => factor !== 'scaffold')
  const tasksOf = (cell: Readonly<Record<string, string>>): readonly Task<{ readonly correct: number }>[] =>
    cases.flatMap(({ id, expected, check, also }): readonly Task<{ readonly correct: number }>[] => {
      const each = find(id, cell)
      if (each === undefined) return []
      const { asked, made, scaffold, limits } = each
      const key = { expected, check, ...(also !== undefined && { also: also.map((one) => ({ ...one })) }) }
      const head = { id, prompt: asked.prompt, key, scaffold, limits }
      if (made.asked.length > 0) return [askedTask(head, { asked, made, functions, byHeart })]
      return [
        {
          ...head,
          measure: (ending: Ending) => ({ correct: made.passes(ending.text) ? 1 : 0 }),
          explain: (ending: Ending) => made.explain(ending.text),
        },
      ]
    })
  const outcome = { correct: proportion({ better: 'higher' }) }
  // What is answered by heart, or not at all, does not depend on the wording.
  const varies = several.length > 0 ? { varies: [] } : {}
  const { controls, byHeart, labelled } = caseControls(cases, first, varies)
  const words = cases.every(isExact) ? exact('characters, JSON values and patterns') : VALIDATED_ANSWERS
  const measured = measuredIn({
    check: cases.some(isJudged) ? 'judge' : 'function',
    corpus: `answers of ${name} whose mark is known`,
    corrects: cases.every(isAsked),
    ...labelled,
  })
  return defineStudy({
    name,
    question: `What share of the ${cases.length} cases does the agent answer correctly?`,
    factors,
    tasks: tasksOf,
    outcome,
    // Characters, values and patterns are compared; other checks read words.
    checks: cases.some(isAsked) ? measured : words,
    controls,
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
