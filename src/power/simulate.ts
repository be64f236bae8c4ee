import { AssayError } from '../assay-error.ts'
import type { Analysed, Analysis, AnalysisInput } from '../findings/index.ts'
import type { Outcome } from '../record/index.ts'
import { median } from '../stats/index.ts'
import { corrections, makePlan, type Plan, type PlanRequest, type Simulation, type Study } from '../study/index.ts'
import type { Wanted } from './detect.ts'
import { USUAL } from './detect.ts'

/** How often simulated runs of an agent with a known effect find it. */
export interface Simulated {
  readonly quantity: string
  readonly title: string
  readonly assumes: string
  /** Comparisons that the study corrects it for, itself included. */
  readonly comparisons: number
  /** Simulated runs of each effect. */
  readonly runs: number
  /** Share of runs that found each effect, with the Monte Carlo standard error; the first is how often nothing is taken for something. */
  readonly found: readonly { readonly effect: number; readonly share: number; readonly error: number }[]
  /** The middle interval of the runs with the smallest effect that is seen, or with the largest. */
  readonly interval?: { readonly effect: number; readonly low: number; readonly high: number }
  /** The smallest planted effect that is found with the chance wanted; absent where none is. */
  readonly seen?: number
  readonly unit: Analysed['unit']
  readonly kind: Analysed['kind']
}

/** Runs of each effect: 80% is then known to ±4 points (one standard error). */
const RUNS = 100
const ANY = 'any/agent'

/**
 * Simulates the questions that a study names in `simulated`, at the size that is asked for. Effects share their draws, and
 * of the effects between none and all only those that decide which is the smallest one seen are simulated.
 *
 * @param request levels, tasks and repeats; default: the study's own
 * @param wanted power, and the level that the study's correction shares out
 */
export function simulatePowers(
  study: Study,
  request: Partial<PlanRequest> = {},
  wanted: Wanted = USUAL,
  runs: number = RUNS,
): readonly Simulated[] {
  return (study.simulated ?? []).flatMap((simulation) => {
    try {
      return simulatePower(study, simulation, request, wanted, runs) ?? []
    } catch (cause) {
      // Levels that were asked for and those of the question need not go together.
      if (cause instanceof AssayError) return []
      throw cause
    }
  })
}

function simulatePower(
  study: Study,
  simulation: Simulation,
  request: Partial<PlanRequest>,
  wanted: Wanted,
  runs: number,
): Simulated | undefined {
  const plan = makePlan(
    study,
    {
      seed: '1',
      sampling: {},
      limits: {},
      ...request,
      set: { ...simulation.set, ...request.set },
      models: [ANY],
      controls: 'off',
    },
    new Map(),
  )
  const input = (run: number, effect: number): AnalysisInput => ({
    rows: rowsOf(plan, simulation, run, effect),
    measures: study.outcome,
    varied: plan.varied,
    level: wanted.level,
    seed: String(run),
    intervalsOnly: true,
  })
  const target = targetOf(study, simulation, input(0, simulation.effects.at(-1) ?? simulation.none))
  if (target === undefined) return undefined
  const { analysis, comparisons, level, unit, kind } = target
  const intervalAt = (run: number, effect: number): Bounds | undefined => {
    const given = { ...input(run, effect), level }
    const found =
      simulation.estimate?.(given) ??
      analysis.run(given).find(({ quantity }) => quantity === simulation.quantity)?.estimate
    return found?.type === 'estimate' ? found.interval : undefined
  }
  const tried = new Map<number, { readonly share: number; readonly intervals: readonly Bounds[] }>()
  const tryEffect = (effect: number): number => {
    const known = tried.get(effect)
    if (known !== undefined) return known.share
    const intervals = Array.from({ length: runs }, (_, run) => intervalAt(run, effect)).filter(
      (each) => each !== undefined,
    )
    const share = intervals.filter(({ low, high }) => low > simulation.none || high < simulation.none).length / runs
    tried.set(effect, { share, intervals })
    return share
  }
  tryEffect(simulation.none)
  const effects = simulation.effects.filter((effect) => effect !== simulation.none)
  const seen = firstSeen(effects, (effect) => tryEffect(effect) >= wanted.power)
  const shown = seen ?? effects.at(-1) ?? simulation.none
  const middle = middleOf(tried.get(shown)?.intervals ?? [])
  return {
    quantity: simulation.quantity,
    title: simulation.title,
    assumes: simulation.assumes,
    comparisons,
    runs,
    found: [...tried]
      .map(([effect, { share }]) => ({ effect, share, error: Math.sqrt((share * (1 - share)) / runs) }))
      .toSorted((a, b) => a.effect - b.effect),
    ...(middle !== undefined && { interval: { effect: shown, ...middle } }),
    ...(seen !== undefined && { seen }),
    unit,
    kind,
  }
}

interface Bounds {
  readonly low: number
  readonly high: number
}

/** The analysis that answers, and the level that the study's correction leaves it. */
function targetOf(
  study: Study,
  { quantity }: Simulation,
  input: AnalysisInput,
):
  | {
      readonly analysis: Analysis
      readonly comparisons: number
      readonly level: number
      readonly unit: Analysed['unit']
      readonly kind: Analysed['kind']
    }
  | undefined {
  const said = study.findings.flatMap((analysis) => analysis.run(input).map((analysed) => ({ analysis, analysed })))
  const found = said.find(({ analysed }) => analysed.quantity === quantity)
  if (found === undefined) return undefined
  const { analysis, analysed } = found
  const own = analysed.details['comparisons']
  const together = corrections(study.families ?? [], said, input).get(analysed)?.comparisons ?? 1
  const level = 1 - (1 - input.level) / together
  return {
    analysis,
    comparisons: typeof own === 'number' ? own : together,
    level,
    unit: analysed.unit,
    kind: analysed.kind,
  }
}

function rowsOf({ trials }: Plan, { draw }: Simulation, run: number, effect: number): readonly Outcome[] {
  const uniform = (...names: readonly string[]): number => uniformOf(`${run}\u0000${names.join('\u0000')}`)
  return trials.map((trial): Outcome => ({
    trial: trial.id,
    agent: trial.agent,
    control: false,
    cell: trial.cell,
    task: trial.task,
    repeat: trial.repeat,
    seed: trial.seed,
    status: 'completed',
    stop: 'simulated',
    values: { ...draw(trial, effect, uniform) },
    turns: 0,
    usage: {},
    cost: { type: 'known', dollars: 0 },
    snapshots: [],
    events: 0,
    times: { startedAt: 0, wallMs: 0, workingMs: 0 },
  }))
}

/**
 * A number in [0, 1) for a text. A simulation draws a million of them, for which the digests that seed a run's randomness
 * are too slow: FNV-1a, mixed as MurmurHash3 ends.
 */
function uniformOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}

/** The first of rising effects that is seen, by halving: what sees one sees the larger ones too. */
function firstSeen(effects: readonly number[], sees: (effect: number) => boolean): number | undefined {
  let [low, high] = [0, effects.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (sees(effects[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return effects[low]
}

function middleOf(intervals: readonly Bounds[]): Bounds | undefined {
  if (intervals.length === 0) return undefined
  return { low: median(intervals.map(({ low }) => low)), high: median(intervals.map(({ high }) => high)) }
}
