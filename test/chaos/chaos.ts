import { Round } from './round.ts'

/** What was done to runs, and what came of it. */
export interface Chaos {
  readonly seed: string
  readonly rounds: ReadonlyMap<string, number>
  /** Signals that ended or stopped a process, torn tails, second writers, clocks, full disks: how often each. */
  readonly disturbances: ReadonlyMap<string, number>
  readonly moods: ReadonlyMap<string, number>
  readonly hostileActs: number
  /** What could not be done on this machine, and why. */
  readonly skipped: readonly string[]
  /** Rounds that did not end as an undisturbed run does, each in a line. Empty is what is hoped for. */
  readonly differences: readonly string[]
}

/** Rounds at once: their processes wait for each other's disks and for the provider most of the time. */
const AT_ONCE = 3

/**
 * Kills processes, fills disks, tears files, moves clocks and lets providers and agents misbehave over random studies until
 * the time is over; each run must end as the same run does that nobody disturbs.
 *
 * @param ms how long; the round that is under way is finished
 * @param seed draws everything but the moments at which the machine does things
 */
export async function chaos(
  ms: number,
  seed: string,
  onRound: (line: string) => void = () => undefined,
): Promise<Chaos> {
  const until = performance.now() + ms
  const [rounds, disturbances, moods] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  const differences: string[] = []
  const skipped = new Set<string>()
  let hostileActs = 0
  let next = 0
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      const number = next++
      const round = new Round(
        `${seed}/${number}`,
        (what) => count(disturbances, what),
        (why) => skipped.add(why),
      )
      const found = await round.carry()
      count(rounds, round.subject.study)
      for (const [mood, times] of round.met) count(moods, mood, times)
      hostileActs += round.hostile
      differences.push(...found.map((each) => `round ${number} (${round.subject.study}): ${each}`))
      const wrong = found.length > 0 ? ` — ${found.join('; ')}` : ''
      onRound(`round ${number}: ${round.subject.study}, ${round.done.join(', ') || 'moods alone'}${wrong}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { seed, rounds, disturbances, moods, hostileActs, skipped: [...skipped], differences }
}

function count(counts: Map<string, number>, what: string, times = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + times)
}

/** The table of what was done. */
export function chaosTable({ seed, rounds, disturbances, moods, hostileActs, skipped, differences }: Chaos): string {
  return [
    '| what | which | times |',
    '| --- | --- | --- |',
    ...rows('rounds', rounds),
    ...rows('disturbance', disturbances),
    ...rows('mood of the provider', moods),
    `| acts of hostile agents | | ${hostileActs} |`,
    `| differences | | ${differences.length} |`,
    ...skipped.map((why) => `\nSkipped: ${why}`),
    ...differences.map((each) => `\n${each}`),
    `\nSeed: ${seed}`,
  ].join('\n')
}

function rows(title: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, times]) => `| ${title} | ${name} | ${times} |`)
}
