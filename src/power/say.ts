import { words, type Unit } from '../findings/index.ts'
import { percent, valueText } from '../report/index.ts'
import type { PowerDesign, Size } from './design.ts'
import { detectableEffect, USUAL, type Wanted } from './detect.ts'
import type { PowerQuestion } from './questions.ts'

/** The smallest effect that a question sees at a size, in words: `+$1.20`, `±0.58 SD`, `hazard ratio 2.1`. */
export interface Detectable {
  readonly quantity: string
  readonly title: string
  readonly kind: PowerDesign['kind']
  readonly size: Size
  /** In the scale of the kind; absent where no effect can be seen. */
  readonly effect?: number
  readonly wanted: Wanted
  readonly text: string
}

export function detectable(question: PowerQuestion, size: Size, wanted: Wanted = USUAL): Detectable {
  const { quantity, title, design } = question
  const found = detectableEffect(design, size, wanted)
  // No two shares differ by more than all.
  const effect = scaleUnit(question) === 'proportion' && found > 1 ? Infinity : found
  return {
    quantity,
    title,
    kind: design.kind,
    size,
    ...(Number.isFinite(effect) && { effect }),
    wanted,
    text: effectText(question, effect),
  }
}

/** What effects are counted in where the spread of a measure is not known. */
const TRIAL_SD = 'trial SD'

/** What to say once where effects are counted in it; empty where none is. */
export function spreadNote(questions: readonly PowerQuestion[]): string {
  const unknown = questions.filter((question) => isDistance(question) && !inUnit(question))
  if (unknown.length === 0) return ''
  const measures = [...new Set(unknown.map(({ measure }) => words(measure)))].join(', ')
  return `${TRIAL_SD}: how much one trial varies (its standard deviation). Not known before a run for ${measures}; --from <run> takes it from a run`
}

/** The spreads that the study itself expects, with their sources; empty where there are none. */
export function sourceNotes(questions: readonly PowerQuestion[]): readonly string[] {
  const notes = questions.flatMap((question) => {
    const { measure, unit, source, design } = question
    if (source === undefined || (design.kind !== 'mean' && design.kind !== 'paired')) return []
    return [
      `${words(measure)}: one trial is taken to have a standard deviation of ${valueText(design.spread.total, unit)} (${source})`,
    ]
  })
  return [...new Set(notes)]
}

/** Whether its effect is a distance in some unit. */
function isDistance({ design }: PowerQuestion): boolean {
  return design.kind === 'mean' || design.kind === 'paired'
}

/** An effect of a question in words. */
export function effectText(question: PowerQuestion, effect: number): string {
  if (!Number.isFinite(effect)) return 'none'
  const { design, unit } = question
  switch (design.kind) {
    case 'mean':
    case 'paired':
      if (!inUnit(question)) return `${digits(effect, 2)} × ${TRIAL_SD}`
      return unit === 'proportion' ? points(effect) : valueText(effect, unit, 'change').replace('+', '')
    case 'rate':
      return points(effect)
    case 'pairs':
      return `${digits(100 * effect, 1)}% wins`
    case 'survival':
    case 'layers':
      return `× ${effect.toPrecision(3)}`
  }
}

function points(effect: number): string {
  return `${digits(100 * effect, 1)} points`
}

/** So many decimals, and more where an effect would round to nothing. */
function digits(effect: number, decimals: number): string {
  return effect > 0 && effect < 10 ** -decimals ? String(Number(effect.toPrecision(2))) : effect.toFixed(decimals)
}

/** Whether effects stand in the measure's own unit, or in standard deviations of one trial since its spread is not known. */
export function inUnit({ unit, spread }: Pick<PowerQuestion, 'unit' | 'spread'>): boolean {
  return spread !== 'assumed' || unit === 'proportion'
}

/** What an effect of each kind is. */
export const EFFECTS: Readonly<Record<PowerDesign['kind'], string>> = {
  mean: 'distance of the mean from a fixed number',
  rate: 'points above the share it is held against',
  paired: 'mean difference within pairs',
  survival: 'hazard ratio',
  pairs: 'share of wins among decided pairs, against one half',
  layers: 'joint failures, over what independence gives',
}

/** The unit that figures of a question are drawn in. */
export function scaleUnit(question: PowerQuestion): Unit {
  const { kind } = question.design
  if (kind === 'rate' || kind === 'pairs') return 'proportion'
  return inUnit(question) && kind !== 'survival' && kind !== 'layers' ? question.unit : 'score'
}

/** Questions that would print the same row, once: the first by its title, with the number of its like. */
export function mergedQuestions(questions: readonly PowerQuestion[]): readonly PowerQuestion[] {
  const groups = Map.groupBy(questions, (question) =>
    JSON.stringify([question.design, question.tasks, scaleUnit(question)]),
  )
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const many = others.length === 1 ? 'another measure' : `${others.length} more measures`
    return [others.length === 0 ? first : { ...first, title: `${first.title} (and ${many})` }]
  })
}

/** What was taken for granted, in one line, with the options that change it. */
export function assumptionsText({ design, spread, unit, source }: PowerQuestion, { power, level }: Wanted): string {
  const given = [`${percent(power)} power`, `${percent(level)} confidence`]
  switch (design.kind) {
    case 'mean':
    case 'paired': {
      const { total, shared, agree, clustered } = design.spread
      given.push(
        spread === 'assumed'
          ? `effects are counted in ${TRIAL_SD}`
          : `one trial has a standard deviation of ${valueText(total, unit)} (${spread === 'measured' ? 'measured' : source})`,
        sharedText(shared, unitName(design)),
        ...(clustered === undefined ? [] : [`${percent(clustered)} of it from the cluster`]),
        ...(design.kind === 'paired' ? [agreeText(agree, unitName(design))] : []),
      )
      break
    }
    case 'rate':
      given.push(
        `compared with a share of ${percent(design.base)} (--base)`,
        sharedText(design.shared, unitName(design)),
      )
      break
    case 'survival':
      given.push(
        `the event comes in ${percent(design.seen)} of trials (--base)`,
        sharedText(design.shared, unitName(design)),
      )
      break
    case 'pairs':
      given.push(`${percent(design.ties)} ties`, `raters agree by ${percent(design.shared)} beyond chance`)
      break
    case 'layers':
      given.push(`single layers fail in ${design.rates.map(percent).join(' and ')}`)
      break
  }
  return `Assumed: ${given.join(', ')}.`
}

function sharedText(shared: number, unit: string): string {
  return `${percent(shared)} of the variance comes from the ${unit} (--shared)`
}

function agreeText(agree: number, unit: string): string {
  return agree === 0
    ? `what one agent or level finds hard is not what the other does, so no part of it cancels between them (--agree)`
    : `two agents or levels correlate by ${agree.toFixed(2)} over each ${unit} (--agree)`
}

function unitName({ by, kind }: Exclude<PowerDesign, { kind: 'pairs' | 'layers' }>): string {
  return by !== 'trial' ? by : kind === 'paired' ? 'pair' : 'task'
}
