import { openInside } from '../inside/index.ts'
import { turned, type Turned } from '../probe/index.ts'
import type { Estimated } from '../stats/index.ts'
import type { Answer } from './command.ts'
import type { SteerOptions } from './commands/steer.ts'
import { AssayError } from '../assay-error.ts'
import { onInterrupt } from './interrupt.ts'
import { plainTable, tableText } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Vectors of noise against which an effect is held. */
const RANDOM = 10
const STRENGTHS: readonly number[] = [1, 2]

/** `assay steer --awareness`: the direction of "this is a test" turned up and down, against other vectors of equal norm. */
export async function steerAwareness(terminal: Terminal, options: SteerOptions): Promise<Answer> {
  const strengths = options.compare ?? STRENGTHS
  if (strengths.some((strength) => !(strength > 0)))
    throw new AssayError(
      'cli/usage',
      '--compare takes strengths above 0 with --awareness: each is added and taken away. Try: --compare 1,2',
    )
  const interrupt = onInterrupt(terminal.note)
  const inside = await openInside(options.model, { way: options.way })
  try {
    const layer = options.layer ?? Math.floor(inside.facts.layers / 2)
    const { seed } = options
    const found = await turned(inside, {
      layer,
      strengths,
      random: RANDOM,
      seed,
      signal: interrupt.stopping,
      onDone: ({ name, strength }) => terminal.note(`${name}, strength ${strength}`),
    })
    const { heldOut } = found
    if (heldOut?.auroc.value !== undefined)
      terminal.print(
        `a probe of the same sentences tells unseen ones apart with AUROC ${heldOut.auroc.value.toFixed(2)} at layer ${layer} of ${inside.facts.layers}`,
      )
    const table = plainTable(['vector', 'strength', 'belief: it was a test', '95%', 'act: the shortcut', '95%'])
    for (const one of found.turned)
      table.push([one.name, `±${one.strength}`, ...cellsOf(one.belief), ...cellsOf(one.act)])
    terminal.print(tableText(table))
    for (const line of comparedLines(found.turned)) terminal.print(line)
    terminal.note(
      'changes of log-odds in nats, added minus taken away, over 6 beliefs and 8 acts that are offered; log-probabilities, not behaviour',
    )
    terminal.document({ model: options.model, layer, heldOut: heldOut?.auroc ?? null, turned: found.turned })
    return 0
  } catch (cause) {
    if (interrupt.stopping.aborted || (cause instanceof AssayError && cause.code === 'probe/aborted')) return 130
    throw cause
  } finally {
    await inside.close()
    interrupt.release()
  }
}

function cellsOf(estimate: Estimated): readonly [value: string, interval: string] {
  if (estimate.value === undefined) return ['—', '—']
  return [
    signed(estimate.value),
    estimate.type === 'estimate' ? `${signed(estimate.interval.low)} to ${signed(estimate.interval.high)}` : '—',
  ]
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}

/** How many of the other vectors move as much, at the largest strength. */
function comparedLines(all: readonly Turned[]): readonly string[] {
  const own = all.filter(({ type }) => type === 'test').toSorted((a, b) => b.strength - a.strength)[0]
  if (own === undefined) return []
  return (['belief', 'act'] as const).map((of) => {
    const size = Math.abs(own[of].value ?? 0)
    const [unrelated, random] = (['unrelated', 'random'] as const).map((type) => {
      const others = all.filter((each) => each.type === type)
      return `${others.filter((each) => Math.abs(each[of].value ?? 0) >= size).length} of ${others.length} ${type} vectors`
    })
    const what = of === 'belief' ? 'The belief' : 'The act'
    return `${what} is moved as much, in either direction, by ${unrelated} and by ${random} of equal norm.`
  })
}
