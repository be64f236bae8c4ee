import { createHash } from 'node:crypto'
import { z } from 'zod'

/**
 * What a document of `--json` says, without its words: one line a number that stands for something, by a name that a person
 * can read. Titles, methods, caveats and reasons are left out, and fields that are not named here may come and go.
 *
 * This file is the one place that knows how documents are written. Where a redesign writes them otherwise, it is mended here,
 * and the numbers in `golden/` stay.
 */
export type Reading = Readonly<Record<string, unknown>>

const bound = z.number().nullable()
const estimate = z.object({
  type: z.string(),
  value: bound.optional(),
  standardError: bound.optional(),
  df: bound.optional(),
  interval: z.object({ low: bound, high: bound, level: z.number() }).optional(),
})
const denominator = z.object({
  trials: z.number(),
  tasks: z.number(),
  clusters: z.number(),
  invalid: z.number(),
  missing: z.number(),
})
const named = z.object({ quantity: z.string(), conditions: z.record(z.string(), z.string()) })
const finding = named.extend({
  unit: z.string(),
  estimate,
  n: denominator,
  details: z.record(z.string(), z.unknown()),
  standing: z.string(),
  calibration: z.string(),
  provenance: z.object({ designHash: z.string(), dataHash: z.string() }),
  figure: z.object({ points: z.unknown() }).optional(),
})
type Finding = z.infer<typeof finding>

const control = z.object({
  control: z.string(),
  measure: z.string(),
  cell: z.record(z.string(), z.string()),
  expected: z.string(),
  measured: z.string(),
  trials: z.number(),
  passed: z.boolean(),
})

/** Equal things have one name, in whatever order their levels are written: `mean(netWorth), control/idle, scaffold=plain`. */
function nameOf({ quantity, conditions: { agent, ...rest } }: z.infer<typeof named>): string {
  return [quantity, ...(agent === undefined ? [] : [agent]), ...levelsOf(rest)].join(', ')
}

function levelsOf(levels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(levels)
    .map(([name, level]) => `${name}=${level}`)
    .toSorted()
}

/** Trials, tasks, clusters, invalid, missing: in this order everywhere. */
function countsOf(n: z.infer<typeof denominator>): readonly number[] {
  return [n.trials, n.tasks, n.clusters, n.invalid, n.missing]
}

function estimateOf({ type, value, standardError, df, interval }: z.infer<typeof estimate>): Reading {
  return {
    ...(type === 'estimate' ? { estimate: value } : { known: value ?? 'nothing' }),
    ...(interval !== undefined && { low: interval.low, high: interval.high, level: interval.level }),
    ...(standardError !== undefined && { se: standardError }),
    ...(df !== undefined && { df }),
  }
}

function findingOf({ unit, estimate, n, details, figure }: Finding): Reading {
  const numbers = Object.entries(details).filter(([, value]) => typeof value === 'number')
  return {
    unit,
    ...estimateOf(estimate),
    n: countsOf(n),
    ...(numbers.length > 0 && { details: Object.fromEntries(numbers) }),
    ...(figure !== undefined && { points: digest(figure.points) }),
  }
}

const findings = z.object({ findings: z.array(finding) }).transform(({ findings }): Reading => {
  const standings = Map.groupBy(findings, ({ standing, calibration }) => `${standing}, ${calibration}`)
  const [first] = findings
  return lines([
    ...(first === undefined ? [] : [['hashes', [first.provenance.designHash, first.provenance.dataHash]] as const]),
    ['standing', Object.fromEntries([...standings].map(([name, { length }]) => [name, length]))],
    ...findings.map((each) => [nameOf(each), findingOf(each)] as const),
  ])
})

const controls = z
  .object({ controls: z.array(control) })
  .transform(({ controls }): Reading =>
    lines(
      controls.map(({ control, measure, cell, ...read }) => [
        `control ${[control, measure, ...levelsOf(cell)].join(', ')}`,
        read,
      ]),
    ),
  )

const run = both(findings, controls)

const compare = both(
  findings,
  z.object({
    differs: z.array(z.object({ what: z.string(), values: z.array(z.string()), grave: z.boolean() })),
    unmatched: z.array(z.string()),
  }),
)

const pool = z
  .object({
    pooled: z.array(
      z.object({
        finding,
        parts: z.array(z.object({ run: z.string(), weight: z.number(), without: z.number().optional(), estimate })),
      }),
    ),
  })
  .transform(({ pooled }): Reading =>
    lines(
      pooled.flatMap(({ finding, parts }) => [
        [nameOf(finding), findingOf(finding)] as const,
        ...parts.map(
          ({ run, estimate, ...part }) =>
            [`${nameOf(finding)}: part ${run}`, { ...part, ...estimateOf(estimate) }] as const,
        ),
      ]),
    ),
  )

const replicate = z
  .object({
    terms: z.object({ level: z.number(), family: z.number(), agents: z.record(z.string(), z.string()) }),
    verdicts: z.array(
      z.object({
        original: finding,
        replication: finding.optional(),
        status: z.string(),
        prediction: z.object({ low: bound, high: bound, inside: z.boolean() }).optional(),
        smallTelescopes: z.object({
          type: z.string(),
          small: z.number().optional(),
          bound: bound.optional(),
          below: z.boolean().optional(),
          power: z.number().optional(),
        }),
      }),
    ),
  })
  .transform(({ terms, verdicts }): Reading =>
    lines([
      ['terms', terms],
      ...verdicts.map(
        ({ original, replication, ...verdict }) =>
          [
            nameOf(original),
            {
              ...verdict,
              original: estimateOf(original.estimate),
              ...(replication !== undefined && { replication: estimateOf(replication.estimate) }),
            },
          ] as const,
      ),
    ]),
  )

const gate = z
  .object({
    passed: z.boolean(),
    checks: z.array(
      z.object({
        rule: z.string(),
        passed: z.boolean(),
        reasons: z.array(z.string()),
        finding: finding.optional(),
      }),
    ),
  })
  .transform(({ passed, checks }): Reading =>
    lines([
      ['passed', passed],
      ...checks.map(
        ({ rule, passed, reasons, finding }) =>
          [
            `rule ${rule}${finding === undefined ? '' : `: ${nameOf(finding)}`}`,
            { passed, reasons: reasons.length, ...(finding !== undefined && estimateOf(finding.estimate)) },
          ] as const,
      ),
    ]),
  )

const audit = both(
  findings,
  z
    .object({
      kind: z.string(),
      counts: z.object({ file: z.number(), table: z.number(), kept: z.number(), leftOut: z.number() }),
      report: z.array(z.object({ check: z.string(), count: z.number(), where: z.array(z.string()) })),
      published: z.array(
        z.object({
          name: z.string(),
          published: z.number(),
          recomputed: bound.optional(),
          difference: bound.optional(),
          agrees: z.boolean(),
          explainedBy: z.array(z.object({ value: z.number() })),
        }),
      ),
    })
    .transform(({ kind, counts, report, published }): Reading =>
      lines([
        ['audit', { kind, ...counts }],
        ...report.map(({ check, ...rest }) => [`report ${check}`, rest] as const),
        ...published.map(({ name, ...rest }) => [`published ${name}`, rest] as const),
      ]),
    ),
)

const size = z.object({ tasks: z.number(), repeats: z.number() })
const detectable = z.object({
  quantity: z.string(),
  kind: z.string(),
  size,
  effect: bound.optional(),
  wanted: z.object({ power: z.number(), level: z.number() }),
})

function detectableLine({ quantity, kind, size, ...rest }: z.infer<typeof detectable>): readonly [string, unknown] {
  return [`detectable ${quantity} (${kind}), ${size.tasks} tasks × ${size.repeats} repeats`, rest]
}

const plan = z
  .object({
    hash: z.string(),
    cells: z.array(z.record(z.string(), z.string())),
    tasks: z.number(),
    repeats: z.number(),
    trials: z.number(),
    agents: z.array(z.object({ agent: z.string(), trials: z.number() })),
    detectable: z.array(detectable),
    ceiling: z.object({ dollars: z.number().optional() }),
  })
  .transform(({ cells, agents, detectable, ...rest }): Reading =>
    lines([
      ['plan', { ...rest, cells: cells.length }],
      ['agents', Object.fromEntries(agents.map(({ agent, trials }) => [agent, trials]))],
      ...detectable.map(detectableLine),
    ]),
  )

const power = z
  .object({
    power: z.number(),
    level: z.number(),
    size,
    arms: z.number(),
    detectable: z.array(detectable),
    question: z.object({ quantity: z.string() }).optional(),
    buy: z.array(
      z.object({
        type: z.string(),
        effect: z.number().optional(),
        size: size.optional(),
        trials: z.number().optional(),
        dollars: z.number().optional(),
      }),
    ),
    costs: z.array(z.object({ model: z.string(), dollars: z.number().optional() })),
  })
  .transform(({ detectable, buy, costs, ...rest }): Reading =>
    lines([
      ['power', rest],
      ...detectable.map(detectableLine),
      ...buy.map(({ effect, ...rest }) => [`buy ${effect}`, rest] as const),
      ...costs.map(({ model, ...rest }) => [`costs ${model}`, rest] as const),
    ]),
  )

const status = z
  .object({
    claims: z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        study: z.string().optional(),
        price: z.object({ trials: z.number() }).optional(),
      }),
    ),
    counts: z.record(z.string(), z.number()),
    confidence: z.object({
      decided: z.number(),
      claims: z.number(),
      uncalibrated: z.number(),
      sources: z.number(),
      clusters: bound,
      margin: bound,
      level: z.string(),
      short: z.array(z.string()).transform(({ length }) => length),
    }),
  })
  .transform(({ claims, ...rest }): Reading =>
    lines([
      ...Object.entries(rest),
      ...claims.map(({ id, price, ...rest }) => [`claim ${id}`, { ...rest, trials: price?.trials }] as const),
    ]),
  )

const check = z
  .object({ claims: z.number(), issues: z.array(z.object({ kind: z.string(), where: z.string() })) })
  .transform(({ claims, issues }): Reading =>
    lines([
      ['claims', claims],
      ...issues.map(({ kind, where }) => [`issue ${kind}`, where.replace(/^.*?:/, '')] as const),
    ]),
  )

const rendered = z.object({ text: z.string().transform(digest).optional() })

/** What was found of one claim, down to the trials under it. */
const told = z
  .object({
    status: z.string(),
    finding: finding.optional(),
    measured: z.array(z.object({ trial: z.string(), value: z.number().optional(), event: z.number() })),
  })
  .transform(({ status, finding, measured }): Reading => ({
    status,
    ...(finding !== undefined && { [nameOf(finding)]: findingOf(finding) }),
    measured: Object.fromEntries(measured.map(({ trial, value, event }) => [trial, [value, event]])),
  }))

/** A brief that is made now bears today's date. */
const brief = z
  .looseObject({ claims: z.array(z.object({ id: z.string() }).loose()), updated: z.unknown().optional() })
  .transform((brief): Reading => ({
    brief: digest({ ...brief, updated: undefined }),
    claims: brief.claims.map(({ id }) => id).join(' '),
  }))

const imported = both(
  z.object({ brief }).transform(({ brief }) => brief),
  z.object({ notes: z.array(z.unknown()).transform(({ length }) => length) }),
)

const drafted = both(
  z.object({ brief }).transform(({ brief }) => brief),
  z.object({ merged: z.number(), left: z.object({ pieces: z.array(z.unknown()).transform(({ length }) => length) }) }),
)

const linked = z.object({
  changed: z.boolean(),
  claims: z.array(z.object({ id: z.string(), status: z.string() })).transform((claims) => claims.map(Object.values)),
})

const READERS: Readonly<Record<string, z.ZodType<Reading>>> = {
  run,
  show: run,
  compare,
  pool,
  replicate,
  gate,
  audit,
  plan,
  power,
  'brief status': z.union([status, told]),
  'brief check': check,
  'brief render': rendered,
  'brief import': imported,
  'brief draft': drafted,
  'brief link': linked,
}

/** Reads what a command wrote to stdout. @param command `run`, or `brief status` */
export function readingOf(command: string, document: unknown): Reading {
  const reader = READERS[command]
  if (reader === undefined) throw new Error(`How a document of ${command} is read stands nowhere in reading.ts.`)
  return reader.parse(document)
}

const outcome = z.object({
  trial: z.string(),
  agent: z.string(),
  cell: z.record(z.string(), z.string()),
  task: z.string(),
  repeat: z.number(),
  seed: z.string(),
  status: z.string(),
  stop: z.string(),
  values: z.record(z.string(), z.unknown()),
  turns: z.number(),
  cost: z.unknown(),
})

/** Every trial by its id. What happened and was measured in it is a digest: the findings say it in numbers. */
export function trialsOf(rows: readonly unknown[]): Reading {
  const trials = rows.map((row) => outcome.parse(row)).toSorted((a, b) => (a.trial < b.trial ? -1 : 1))
  return { trials: Object.fromEntries(trials.map(({ trial, ...rest }) => [trial, digest(rest)])) }
}

const event = z.looseObject({ type: z.string() })

/** How many events of each type the journals of a run hold, and of which fields they are made. */
export function journalsOf(events: readonly unknown[]): Reading {
  const types = Map.groupBy(
    events.map((each) => event.parse(each)),
    ({ type }) => type,
  )
  return lines(
    [...types]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, all]) => [
        `event ${type}`,
        { events: all.length, fields: [...new Set(all.flatMap((each) => Object.keys(each)))].toSorted().join(' ') },
      ]),
  )
}

/** Lines by name; where two have one name, the second is told apart by its number. */
function lines(all: readonly (readonly [name: string, said: unknown])[]): Reading {
  const made: Record<string, unknown> = {}
  for (const [name, said] of all) {
    let key = name
    for (let again = 2; key in made; again++) key = `${name} #${again}`
    made[key] = said
  }
  return made
}

function both(first: z.ZodType<Reading>, second: z.ZodType<Reading>): z.ZodType<Reading> {
  return z.unknown().transform((document): Reading => ({ ...first.parse(document), ...second.parse(document) }))
}

/** Eight digits that change when anything does; the order of keys is nothing. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 8)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, sorted(each)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
