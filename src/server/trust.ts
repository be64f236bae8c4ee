import type { Finding } from '../findings/index.ts'
import type { Outcome } from '../record/index.ts'
import { counted, headlines, percent, placeOf, plain, stopText, valueText } from '../report/index.ts'
import type { Reading, Study } from '../study/index.ts'
import type { RunRow } from './api.ts'

/** One of the five things that a reader must know before a number is believed. */
export interface TrustCell {
  readonly name: 'Controls' | 'Check' | 'Precision' | 'How trials ended' | 'Plan'
  /** `bad`: no number of the run decides anything. `warn`: it limits what may be said. */
  readonly status: 'good' | 'warn' | 'bad' | 'dull'
  readonly value: string
  readonly detail: string
}

/** How the trials of one agent ended, in words, most frequent first. */
export interface Ends {
  readonly agent: string
  readonly control: boolean
  readonly ends: readonly { readonly how: string; readonly isCut: boolean; readonly trials: number }[]
}

export function endsOf(outcomes: readonly Outcome[]): readonly Ends[] {
  return [...Map.groupBy(outcomes, ({ agent }) => agent)].map(([agent, own]) => ({
    agent,
    control: own[0]?.control === true,
    ends: [...Map.groupBy(own, ({ status, stop }) => (status === 'completed' ? stop : stopText(status, stop)))]
      .map(([how, rows]) => ({ how: plain(how), isCut: rows[0] !== undefined && isCut(rows[0]), trials: rows.length }))
      .toSorted((a, b) => b.trials - a.trials),
  }))
}

/** Whether a trial was not let to its end. An attack that spent its queries did: how many it needs is what is asked. */
export function isCut({ status, stop }: Pick<Outcome, 'status' | 'stop'>): boolean {
  return status === 'invalid' || (status === 'limit' && stop !== 'queries')
}

/** The five cells, always in this order. */
export function trustOf(
  reading: Reading,
  outcomes: readonly Outcome[],
  row: Pick<RunRow, 'status' | 'done' | 'planned'>,
  study: Pick<Study, 'headline'>,
): readonly TrustCell[] {
  const told = headlines(reading.findings, study.headline)
  return [controlsCell(reading), checkCell(told), precisionCell(told), endsCell(outcomes), planCell(told, row)]
}

function controlsCell({ controls }: Reading): TrustCell {
  const passed = controls.filter((each) => each.passed).length
  const name = 'Controls'
  if (controls.length === 0)
    return { name, status: 'bad', value: 'No control ran', detail: 'nothing shows that the measurement works' }
  const failed = [...new Set(controls.flatMap((each) => (each.passed ? [] : [plain(each.control)])))]
  return {
    name,
    status: failed.length === 0 ? 'good' : 'bad',
    value: `${passed.toLocaleString('en-US')} of ${counted(controls.length, 'check')} passed`,
    detail:
      failed.length === 0
        ? counted(new Set(controls.map(({ control }) => control)).size, 'control')
        : `failed: ${failed.join(', ')}`,
  }
}

function checkCell(told: readonly Finding[]): TrustCell {
  const name = 'Check'
  const found = told.find(({ subject, validation }) => subject.type !== 'pair' && validation !== undefined)
  const validation = found?.validation
  if (validation === undefined)
    return { name, status: 'dull', value: 'Nothing to check', detail: 'no agent was measured' }
  if (validation.type === 'exact')
    return { name, status: 'good', value: 'Exact', detail: `reads ${plain(validation.reads)}` }
  if (validation.type === 'unvalidated')
    return { name, status: 'warn', value: 'Unvalidated', detail: 'no corpus says how often it is wrong' }
  const { sensitivity, specificity } = validation
  return {
    name,
    status: 'good',
    value: `Validated on ${counted(sensitivity.of + specificity.of, 'case')}`,
    detail: `sensitivity ${percent(sensitivity.share)}, specificity ${percent(specificity.share)}`,
  }
}

function precisionCell(told: readonly Finding[]): TrustCell {
  const name = 'Precision'
  const small = told.find(({ tooSmall }) => tooSmall !== undefined)
  if (small?.tooSmall !== undefined) {
    const said = (value: number): string => valueText(value, small.unit, 'change').replace('+', '')
    const { couldSee, reported } = small.tooSmall
    return {
      name,
      status: 'warn',
      value: `Sees ${said(couldSee)} or more`,
      detail: `too small: the field reports ${said(reported)}`,
    }
  }
  const first = told.find(({ subject }) => subject.type !== 'pair')
  const widths = told.flatMap((finding) => {
    const place = placeOf(finding)
    const isOne = finding.quantity === first?.quantity && finding.estimate.type === 'estimate'
    return place === undefined || !isOne ? [] : [(place.high - place.low) / 2]
  })
  if (first === undefined) return { name, status: 'dull', value: 'Nothing to weigh', detail: 'no agent was measured' }
  const widest = Math.max(...widths)
  if (widths.length === 0 || !Number.isFinite(widest))
    return { name, status: 'warn', value: 'No interval', detail: 'the findings say why' }
  return {
    name,
    status: 'good',
    value: `±${valueText(widest, first.unit, 'change').replace(/^[+−]/, '')} at most`,
    detail: 'half the widest interval of an answer',
  }
}

function endsCell(outcomes: readonly Outcome[]): TrustCell {
  const name = 'How trials ended'
  const own = outcomes.filter(({ control }) => !control)
  const rows = own.length === 0 ? outcomes : own
  if (rows.length === 0) return { name, status: 'dull', value: 'None has ended', detail: '' }
  const invalid = rows.filter(({ status }) => status === 'invalid').length
  const cut = rows.filter((row) => row.status === 'limit' && isCut(row))
  const whose = own.length === 0 ? 'of controls' : 'of agents'
  if (invalid + cut.length === 0)
    return { name, status: 'good', value: 'All by themselves', detail: `${counted(rows.length, 'trial')} ${whose}` }
  const limits = [...new Set(cut.map(({ status, stop }) => stopText(status, stop)))]
  return {
    name,
    status: 'warn',
    value:
      cut.length > 0
        ? `${cut.length.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')} cut short`
        : `${invalid} of ${rows.length} invalid`,
    detail:
      [...limits, ...(invalid > 0 && cut.length > 0 ? [`${invalid} invalid`] : [])].slice(0, 2).join(', ') || whose,
  }
}

function planCell(
  told: readonly Finding[],
  { status, done, planned }: Pick<RunRow, 'status' | 'done' | 'planned'>,
): TrustCell {
  const name = 'Plan'
  const detail = `${done.toLocaleString('en-US')} of ${counted(planned, 'trial')}`
  if (status === 'running')
    return { name, status: 'dull', value: 'Still running', detail: `${detail}; no finding before the end` }
  if (status === 'stopped' || done < planned)
    return { name, status: 'bad', value: 'Unfinished', detail: `${detail}; decides nothing` }
  const isPlanned = told.every(({ standing }) => standing === 'planned')
  return {
    name,
    status: isPlanned ? 'good' : 'warn',
    value: isPlanned ? 'Finished as planned' : 'Not all planned',
    detail: isPlanned ? detail : 'exploratory findings decide nothing',
  }
}
