import type { Finding } from '../findings/index.ts'
import type { OneRun } from '../project/index.ts'
import { headlines, placeOf, plain, runAnswer, tickText, type Answer } from '../report/index.ts'
import { isCut } from './trust.ts'

/** What the list of runs shows of one run's result. */
export interface RunGlance {
  /** Absent where no agent was measured. */
  readonly answer?: Answer
  readonly checks: { readonly passed: number; readonly of: number }
  /** Trials of agents that a limit ended. */
  readonly cut: number
  /** The numbers of the answer, to be drawn. */
  readonly spark?: Spark
}

export interface Spark {
  readonly quantity: string
  readonly marks: readonly SparkMark[]
  readonly low: number
  readonly high: number
  readonly lowText: string
  readonly highText: string
}

export interface SparkMark {
  readonly agent: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** It decides nothing: hollow and dashed. */
  readonly doubtful: boolean
}

/** Marks of one run in the list. */
const MOST = 8

export function glanceOf({ reading, plan, outcomes }: OneRun): RunGlance {
  const { findings, controls } = reading
  const { answer } = runAnswer(findings, plan.study.headline)
  const own = headlines(findings, plan.study.headline).filter(({ subject }) => subject.type !== 'pair')
  const spark = sparkOf(own.filter(({ quantity }) => quantity === own[0]?.quantity))
  return {
    ...(answer !== undefined && { answer }),
    checks: { passed: controls.filter(({ passed }) => passed).length, of: controls.length },
    cut: outcomes.filter((row) => !row.control && row.status === 'limit' && isCut(row)).length,
    ...(spark !== undefined && { spark }),
  }
}

/** One mark an agent: of several conditions, that in which it is highest. */
function sparkOf(findings: readonly Finding[]): Spark | undefined {
  const [first] = findings
  if (first === undefined) return undefined
  const marks = [...Map.groupBy(findings, ({ subject }) => ('name' in subject ? subject.name : ''))].flatMap(
    ([agent, own]): readonly SparkMark[] => {
      const places = own.flatMap((finding) => {
        const place = placeOf(finding)
        const doubtful = finding.calibration !== 'calibrated' || finding.standing !== 'planned'
        return place === undefined ? [] : [{ agent: plain(agent), ...finite(place), doubtful }]
      })
      return places.toSorted((a, b) => b.value - a.value).slice(0, 1)
    },
  )
  if (marks.length === 0) return undefined
  const isShare = first.unit === 'proportion' && first.kind === 'level'
  const low = isShare ? 0 : Math.min(0, ...marks.map((mark) => mark.low))
  const high = isShare ? 1 : Math.max(...marks.map((mark) => mark.high))
  const [lowText, highText] = [tickText(low, first.unit), tickText(high, first.unit)]
  return { quantity: first.quantity, marks: marks.slice(0, MOST), low, high, lowText, highText }
}

function finite({ value, low, high }: { readonly value: number; readonly low: number; readonly high: number }): {
  readonly value: number
  readonly low: number
  readonly high: number
} {
  return { value, low: Number.isFinite(low) ? low : value, high: Number.isFinite(high) ? high : value }
}
