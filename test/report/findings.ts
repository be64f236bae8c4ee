import type { Outcome } from '../../src/record/index.ts'
import { finding, subjectOf, type Analysed, type ControlReading, type Finding } from '../../src/findings/index.ts'

/** A control that reads true. */
export const TRUE_CONTROL: ControlReading = {
  control: 'idle',
  of: 'finding',
  measure: 'mean(netWorth)',
  cell: {},
  expected: 'exactly $0.00',
  measured: '$0.00',
  trials: 5,
  passed: true,
}

const FALSE_CONTROL: ControlReading = { ...TRUE_CONTROL, measured: '$3.00', passed: false }

export interface Made extends Partial<Analysed> {
  readonly agent?: string
  readonly value?: number
  readonly low?: number
  readonly high?: number
  readonly standing?: Finding['standing']
  readonly controls?: readonly ControlReading[] | 'off' | 'false'
  readonly run?: string
}

/** A finding of a made-up run. */
export function made(options: Made = {}): Finding {
  const {
    agent = 'local/m',
    value = 1310,
    low = 1200,
    high = 1420,
    standing = 'planned',
    controls,
    run,
    ...rest
  } = options
  // A control that reads this very quantity.
  const reads = (control: ControlReading): ControlReading => ({ ...control, measure: rest.quantity ?? control.measure })
  const whose = rest.conditions?.['agent'] ?? agent
  return finding(
    {
      quantity: 'mean(netWorth)',
      title: 'mean net worth',
      kind: 'level',
      subject: subjectOf({ agent: whose, control: whose.startsWith('control/') }),
      unit: 'cents',
      conditions: { agent, scaffold: 'shown' },
      estimate: { type: 'estimate', value, interval: { low, high, level: 0.95, method: 'cluster t' } },
      n: { trials: 10, tasks: 1, clusters: 10, invalid: 0, missing: 0 },
      method: 'cluster-robust t',
      policies: { invalid: 'left out and counted', cluster: 'seed' },
      details: {},
      caveats: [],
      wrongIf: 'the 10 seeds are not like the ones you care about',
      ...rest,
    },
    {
      standing,
      controls:
        controls === 'off'
          ? []
          : controls === 'false'
            ? [TRUE_CONTROL, FALSE_CONTROL].map(reads)
            : (controls ?? [reads(TRUE_CONTROL)]),
      provenance: {
        run: run ?? 'vending-1',
        study: 'vending',
        designHash: 'sha256-design',
        dataHash: 'sha256-data',
        version: '0.1.0',
      },
    },
  )
}

/** A trial with money over days. */
export function trial(
  id: string,
  agent: string,
  points: readonly (readonly [number, number])[],
  more: Partial<Outcome> = {},
): Outcome {
  return {
    trial: id,
    agent,
    control: agent.startsWith('control/'),
    cell: { scaffold: 'shown' },
    task: 'shop',
    repeat: 0,
    seed: 's/0',
    status: 'completed',
    stop: 'world',
    values: {},
    series: { money: points },
    turns: points.length,
    usage: {},
    cost: { type: 'known', dollars: 0 },
    snapshots: [],
    events: 1,
    times: { startedAt: 0, wallMs: 1, workingMs: 1 },
    ...more,
  }
}
