import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'
import { seedFrom } from '../../record/index.ts'
import type { Model } from '../model.ts'
import { controlModels } from './built-in.ts'
import { controlFrom, type Planted } from './control-from.ts'
import type { ControlModel, ControlOptions } from './define.ts'

/**
 * Opens a control model by its name and parameters: `control/coin?p=0.3&a=heads&b=tails`.
 *
 * @param models where the name is looked up; default: the built-in ones
 * @throws AssayError `model/unknown-control` no such control
 * @throws AssayError `model/bad-parameter` a parameter is missing, unknown, given twice or out of range
 * @throws AssayError `model/needs-answers` a control that must know right answers was given none
 */
export function openControl(
  name: string,
  options: ControlOptions = {},
  models: readonly ControlModel[] = controlModels,
): Model {
  const [plain = '', query = ''] = split(name.replace(/^control\//, ''))
  const control = models.find((model) => model.name === plain)
  if (control === undefined) {
    const known = models.map((model) => model.name).join(', ')
    throw new AssayError(
      'model/unknown-control',
      `There is no control model control/${plain}. Control models: ${known}.`,
    )
  }
  const given = parameters(plain, query)
  const planted = plant(control, given, options)
  if (control.needsAnswers && options.answers === undefined) {
    throw new AssayError(
      'model/needs-answers',
      `control/${plain} must be given the right answers in code (docs/controls.md). A file of questions has a control that knows all answers already: control/knows.`,
    )
  }
  const known = options.answers === undefined ? {} : { answers: seedFrom(...Object.entries(options.answers).flat()) }
  const compact = control.compact?.(given)
  const model = controlFrom(plain, control.property, planted, { params: given, ...known }, compact)
  return { ...model, name: `control/${plain}${query === '' ? '' : `?${query}`}` }
}

function split(name: string): readonly string[] {
  const at = name.indexOf('?')
  return at === -1 ? [name] : [name.slice(0, at), name.slice(at + 1)]
}

function parameters(name: string, query: string): { readonly [key: string]: string } {
  const given = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(query)) {
    if (given.has(key)) throw bad(name, `${key} is given twice`)
    given.set(key, value)
  }
  return Object.fromEntries(given)
}

function plant(control: ControlModel, given: { readonly [key: string]: string }, options: ControlOptions): Planted {
  try {
    return control.plant(given, options)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const issue = error.issues[0]
    const where = issue?.path.join('.') ?? ''
    const value = given[where]
    const why = issue?.message ?? 'not understood'
    if (where === '') throw bad(control.name, why, control)
    throw bad(control.name, value === undefined ? `${where} is missing` : `${where} "${value}": ${why}`, control)
  }
}

function bad(name: string, why: string, control?: ControlModel): AssayError {
  const takes = control === undefined ? [] : Object.keys(control.params.shape)
  const hint = control === undefined ? '' : `. It takes ${takes.length === 0 ? 'no parameters' : takes.join(', ')}`
  return new AssayError('model/bad-parameter', `control/${name}: ${why}${hint}.`)
}
