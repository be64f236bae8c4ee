import type { OptionsOf, OptionSpecs } from './option.ts'
import type { Terminal } from './terminal.ts'

/** What a command answers: its exit code. */
export type Answer = 0 | 1 | 2 | 3 | 130

/** The values of declared arguments: `<run> [trial]` is a text and a text that may be missing, `[runs...]` any number of texts. */
export type ArgumentsOf<Declared extends string> = Declared extends `${infer First} ${infer Rest}`
  ? readonly [ArgumentOf<First>, ...ArgumentsOf<Rest>]
  : Declared extends ''
    ? readonly []
    : readonly [ArgumentOf<Declared>]

type ArgumentOf<Declared extends string> = Declared extends `${string}...${'>' | ']'}`
  ? readonly string[]
  : Declared extends `<${string}>`
    ? string
    : string | undefined

interface CommandSpec<Declared extends string, Specs extends OptionSpecs> {
  /** As in `<run> [trial]`; empty where the command takes none. */
  readonly arguments: Declared
  readonly summary: string
  readonly options: Specs
  /** Command lines for `--help`, the smallest first. */
  readonly examples: readonly string[]
  /** What its own `--help` says besides, where that is known only to what is heavy. */
  readonly more?: () => Promise<string>
  /** Carries the command out. What is heavy is imported here, so that `--help` is quick. */
  readonly run: (given: ArgumentsOf<Declared>, options: OptionsOf<Specs>, terminal: Terminal) => Promise<Answer>
}

/** A declared command, whatever its options. */
export interface Command extends Omit<CommandSpec<string, OptionSpecs>, 'run'> {
  readonly run: (
    given: readonly unknown[],
    options: Readonly<Record<string, unknown>>,
    terminal: Terminal,
  ) => Promise<Answer>
}

/** Declares a command. The types of what `run` is given follow from `arguments` and `options`. */
export function defineCommand<const Declared extends string, const Specs extends OptionSpecs>(
  spec: CommandSpec<Declared, Specs>,
): Command {
  return {
    ...spec,
    run: (given, options, terminal) =>
      // The command line was parsed by this very declaration.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      spec.run(given as ArgumentsOf<Declared>, options as OptionsOf<Specs>, terminal),
  }
}
