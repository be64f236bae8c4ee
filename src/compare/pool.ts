import { canonical, hashOf } from '../record/index.ts'
import { finding, type Denominator, type Finding, column } from '../findings/index.ts'
import { unlike, versionOf } from './compare.ts'
import { designDifferences } from './design-difference.ts'
import { fullConditions, type RunRead } from './run-read.ts'
import { weigh } from './weigh.ts'

/** One quantity pooled over runs. */
export interface Pooled {
  readonly finding: Finding
  /** The runs' own findings, in the order of the runs. */
  readonly parts: readonly PoolPart[]
}

export interface PoolPart {
  readonly run: string
  readonly finding: Finding
  /** Share of the pooled value that it makes up, in [0, 1]; 0 where it could not be pooled. */
  readonly weight: number
  /** The pooled value without it; absent where it could not be pooled, or two runs are all there are. */
  readonly without?: number
}

/**
 * Pools every quantity that at least two of the runs found in the same conditions, by random effects: τ² by Paule–Mandel, interval by
 * Hartung–Knapp. Shares are pooled as the arcsine of their root; where every run read 0, or every one 1, by the exact bound over the
 * clusters of all. A finding whose clusters all agree is
 * taken to vary as the others do; one whose interval has no end cannot be weighed: it is left out, of the counts too, and named.
 *
 * @param quantities default: all
 * @throws AssayError `study/unlike-runs` when the runs do not measure the same quantity, with what differs; when two of them share
 *   trials, and so are not independent; when nothing is common to two of them
 */
export function poolRuns(runs: readonly RunRead[], quantities: readonly string[] = []): readonly Pooled[] {
  assertPoolable(runs)
  const found = runs.flatMap((run) =>
    run.reading.findings
      .filter((each) => quantities.length === 0 || quantities.includes(each.quantity))
      .map((each) => ({ run, finding: each, conditions: fullConditions(run, each) })),
  )
  const groups = [
    ...Map.groupBy(found, (each) => canonical([each.finding.quantity, { ...each.conditions }])).values(),
  ].filter((group) => group.length > 1)
  if (groups.length === 0) {
    const known = [...new Set(runs.flatMap(({ reading }) => reading.findings.map((each) => each.quantity)))]
    const unknown = quantities.find((each) => !known.includes(each))
    if (unknown !== undefined)
      throw unlike(`None of the runs has a quantity "${unknown}". Quantities: ${known.join(', ')}.`)
    const asked = quantities.length === 0 ? 'quantity' : quantities.join(' or ')
    throw unlike(`No two of the runs found ${asked} in the same conditions, so there is nothing to pool.`)
  }
  return groups.map((group) => pooled(group))
}

interface Member {
  readonly run: RunRead
  readonly finding: Finding
  readonly conditions: Readonly<Record<string, string>>
}

function assertPoolable(runs: readonly RunRead[]): void {
  const [first, ...rest] = runs
  if (first === undefined || rest.length === 0) throw unlike('Pooling takes at least two runs.')
  for (const [index, run] of runs.entries()) {
    for (const other of runs.slice(index + 1)) {
      if (run.run === other.run) throw unlike(`${run.run} is named twice: name every run once.`)
      const grave = designDifferences(run, other).filter((each) => each.grave)
      const [worst] = grave
      if (worst !== undefined)
        throw unlike(
          `${run.run} and ${other.run} do not measure the same quantity: they differ in ${grave.map(({ what, values }) => `${what} (${values.join(' / ')})`).join(', ')}. See: assay compare ${run.run} ${other.run}`,
        )
      const ids = new Set(run.outcomes.map((row) => row.trial))
      const shared = other.outcomes.filter((row) => ids.has(row.trial)).length
      if (shared > 0)
        throw unlike(
          `${run.run} and ${other.run} share ${shared} trials (same task, cell and seed), so they are not independent. Run one of them with another --seed.`,
        )
    }
  }
}

function pooled(group: readonly Member[]): Pooled {
  const [first] = group
  if (first === undefined) throw unlike('Pooling takes at least two runs.')
  assertSame(group)
  const members = group.map(({ run }) => run)
  const { quantity, title, kind, subject, at, measure, unit, policies } = first.finding
  const whole = together(group)
  const sameTasks = sharesTasks(members) && policies['cluster'] === 'task'
  const all = weigh(
    group.map((member) => member.finding),
    sameTasks ? whole.tasks : whole.clusters,
  )
  const used = group.filter((_, i) => all.obstacles[i] === undefined)
  const n = used.length === 0 ? whole : together(used)
  const left = group.flatMap(({ run }, i) => {
    const why = all.obstacles[i]
    return why === undefined ? [] : [`${run.run} is left out: ${why}`]
  })
  const parts = group.map(({ run, finding: part }, i): PoolPart => {
    const without = all.without[i]
    return { run: run.run, finding: part, weight: all.weights[i] ?? 0, ...(without !== undefined && { without }) }
  })
  const pooledAt = all.estimate.type === 'estimate'
  const reason = !pooledAt && left.length > 0 && all.estimate.value === undefined ? left.join('; ') : undefined
  const incomplete = group.some((member) => member.finding.standing === 'incomplete')
  return {
    parts,
    finding: finding(
      {
        quantity,
        title: `${title}, pooled over ${used.length === 0 ? group.length : used.length} runs`,
        kind,
        subject,
        ...(at !== undefined && { at }),
        ...(measure !== undefined && { measure }),
        unit,
        conditions: first.finding.conditions,
        estimate: reason === undefined ? all.estimate : { type: 'not-estimable', reason },
        n,
        method: all.method,
        policies: { ...policies, pooling: all.pooling },
        details: all.details,
        caveats: [
          // Where nothing could be pooled, the estimate says so itself.
          ...(reason === undefined ? left : []),
          ...all.caveats,
          ...(sameTasks ? ['the runs share tasks, so what is special to these tasks does not average out'] : []),
        ],
        wrongIf: 'the runs differ in something that is not recorded, or runs were left out because of what they found',
      },
      {
        standing: incomplete ? 'incomplete' : 'exploratory',
        controls: group.every((member) => member.finding.controls.length > 0)
          ? group.flatMap((member) => member.finding.controls)
          : [],
        provenance: {
          run: members.map((each) => each.run).join(' + '),
          study: first.finding.provenance.study,
          designHash: hashOf(members.map((each) => each.designHash)),
          dataHash: hashOf(members.map((each) => each.reading.dataHash)),
          version: versionOf(first.run),
        },
      },
    ),
  }
}

/** @throws AssayError `study/unlike-runs` when kind, unit or policies of the findings differ */
function assertSame(group: readonly Member[]): void {
  const [first, ...rest] = group
  for (const member of rest) {
    if (first === undefined) return
    const a = { kind: first.finding.kind, unit: first.finding.unit, ...first.finding.policies }
    const b = { kind: member.finding.kind, unit: member.finding.unit, ...member.finding.policies }
    const differs = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
      (key) => Reflect.get(a, key) !== Reflect.get(b, key),
    )
    if (differs.length > 0)
      throw unlike(
        `${first.finding.quantity} is not the same quantity in ${first.run.run} and ${member.run.run}: ${differs
          .map((key) => `${key} is "${String(Reflect.get(a, key))}" and "${String(Reflect.get(b, key))}"`)
          .join(', ')}.`,
      )
  }
}

/** Counts add up; tasks are counted once, whichever run did them. */
function together(group: readonly Member[]): Denominator {
  const sum = (key: keyof Denominator): number =>
    group.reduce((total, { finding: part }) => total + (part.n[key] ?? 0), 0)
  const tasks = new Set(
    group.flatMap(({ run, finding: part }) =>
      run.outcomes
        .filter((row) => Object.entries(part.conditions).every(([name, level]) => column(row, name) === level))
        .map((row) => row.task),
    ),
  )
  return {
    trials: sum('trials'),
    tasks: Math.max(tasks.size, ...group.map(({ finding: part }) => part.n.tasks)),
    clusters: sum('clusters'),
    invalid: sum('invalid'),
    missing: sum('missing'),
    ...Object.fromEntries(ENDS.map((key) => [key, sum(key)] as const).filter(([, count]) => count > 0)),
  }
}

const ENDS = ['neverAsked', 'cutShort', 'filtered'] as const

function sharesTasks(runs: readonly RunRead[]): boolean {
  const lists = runs.map((run) => new Set(run.plan.trials.map((trial) => trial.task)))
  return lists.some((list, i) => lists.slice(i + 1).some((other) => [...list].some((task) => other.has(task))))
}

/** Runs as a forest plot shows them: each run by its name, then all of them. */
export function forestRows({ finding: all, parts }: Pooled): readonly Finding[] {
  const named = (part: Finding, run: string): Finding => ({
    ...part,
    title: all.title,
    subject: { type: 'all' },
    conditions: { run },
    // A plot of runs is about them, not about what keeps each from deciding something by itself.
    standing: 'planned',
  })
  return [
    ...parts.map(({ run, finding: part, weight }) =>
      named(part, weight === 0 ? run : `${run} (${Math.round(100 * weight)}%)`),
    ),
    named(all, 'pooled'),
  ]
}
