import { Command as Commander, CommanderError, Option } from 'commander'
import { AssayError, nearest, reasonOf } from '../assay-error.ts'
import type { Answer, Command } from './command.ts'
import { parseOption, type OptionSpec } from './option.ts'
import { terminal } from './terminal.ts'
import { usageText } from './usage-text.ts'

/** The commands, in the order of `assay --help`. A command's file is loaded when it is asked for, and so is what it needs. */
export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  studies: () => import('./commands/studies.ts'),
  plan: () => import('./commands/plan.ts'),
  power: () => import('./commands/power.ts'),
  run: () => import('./commands/run.ts'),
  resume: () => import('./commands/resume.ts'),
  runs: () => import('./commands/runs.ts'),
  show: () => import('./commands/show.ts'),
  compare: () => import('./commands/compare.ts'),
  replicate: () => import('./commands/replicate.ts'),
  pool: () => import('./commands/pool.ts'),
  export: () => import('./commands/export.ts'),
  import: () => import('./commands/import.ts'),
  gate: () => import('./commands/gate.ts'),
  audit: () => import('./commands/audit.ts'),
  validate: () => import('./commands/validate.ts'),
  brief: () => import('./commands/brief.ts'),
  view: () => import('./commands/view.ts'),
  models: () => import('./commands/models.ts'),
  steer: () => import('./commands/steer.ts'),
  init: () => import('./commands/init.ts'),
  doctor: () => import('./commands/doctor.ts'),
  tour: () => import('./commands/tour.ts'),
}

/**
 * Reads a command line and carries it out.
 *
 * @returns 0 done; 1 the answer is no; 2 the request is wrong; 3 the run could not be completed; 130 interrupted
 */
export async function run(argv: readonly string[]): Promise<Answer> {
  let answer: Answer = 0
  const program = programOf()
  try {
    const loaded = await wanted(argv[0])
    for (const [name, command] of loaded) {
      const declared = declare(program, name, command, (given) => {
        answer = given
      })
      if (loaded.length === 1 && command.more !== undefined) declared.addHelpText('after', await command.more())
    }
    await program.parseAsync([...argv], { from: 'user' })
    return answer
  } catch (cause) {
    return failed(cause, argv[0])
  }
}

/** The one command that is called, or, for help and for a name that is none, all of them. */
async function wanted(name: string | undefined): Promise<readonly (readonly [name: string, command: Command])[]> {
  const all = Object.entries(commands)
  const one = all.filter(([each]) => each === name)
  return Promise.all(
    (one.length === 0 ? all : one).map(async ([each, load]) => [each, (await load()).command] as const),
  )
}

async function failed(cause: unknown, name: string | undefined): Promise<Answer> {
  const said = terminal(false)
  if (cause instanceof CommanderError) {
    if (cause.exitCode === 0) return 0
    const known = commands[name ?? '']
    const example = (await known?.())?.command.examples[0] ?? EXAMPLE
    return failed(new AssayError('cli/usage', usageText(cause, known === undefined ? '' : (name ?? ''), example)), name)
  }
  if (cause instanceof AssayError) {
    said.note(`assay: ${onOneLine(cause.message)}`)
    return cause.exit
  }
  said.note(`assay: This is a fault of Assay itself: ${onOneLine(reasonOf(cause))}`)
  if (process.env['ASSAY_DEBUG'] !== undefined && cause instanceof Error) said.note(cause.stack ?? '')
  else said.note('Set ASSAY_DEBUG=1 to see where.')
  return 3
}

/** Characters of one error: a file may have a hundred thousand columns to name. What to do is said at the end. */
const LONGEST = 1000

function onOneLine(message: string): string {
  const line = message.replaceAll(/\s*\n\s*/g, ' ')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST / 2)} … ${line.slice(-LONGEST / 2)}`
}

const EXAMPLE = 'assay run vending --model local/smollm2-135m --set template=completion --temperature 0.7'

function programOf(): Commander {
  const program = new Commander('assay')
    .description('Tests claims about AI agents, and keeps the brief of what the evidence supports.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal(false).print(text.replace(/\n$/, '')),
      writeErr: (text) => terminal(false).note(text.replace(/\n$/, '')),
      outputError: () => undefined,
    })
    .option('--version', 'print the version')
    .addHelpText('after', `\nExample:\n  ${EXAMPLE}`)
    .usage('<command> [options]')
    .argument('[command]')
    .action(async (name: string | undefined) => {
      if (name !== undefined) throw unknownCommand(name)
      if (program.opts<{ version?: true }>().version === true) {
        const { version } = await import('../project/index.ts')
        terminal(false).print(version())
      } else program.outputHelp()
    })
  return program
}

function declare(
  program: Commander,
  name: string,
  { arguments: given, summary, options, examples, run }: Command,
  answer: (answer: Answer) => void,
): Commander {
  const command = program
    .command(`${name} ${given}`.trim())
    .description(summary)
    .addHelpText('after', `\nExample:\n${examples.map((example) => `  ${example}`).join('\n')}`)
  const specs: [string, OptionSpec][] = Object.entries({ ...options, json: JSON_OPTION })
  for (const [key, spec] of specs) {
    command.addOption(optionOf(flagOf(key), spec))
    if (spec.formerly !== undefined) command.addOption(optionOf(flagOf(spec.formerly), spec).hideHelp())
  }
  return command.action(async (...all: unknown[]) => {
    // Commander hands over arguments, then options, then the command itself.
    const said = command.opts<Readonly<Record<string, unknown>>>()
    const values = Object.fromEntries(
      specs.map(([key, spec]) => [key, said[key] ?? said[spec.formerly ?? key] ?? unsaid(spec)]),
    )
    answer(await run(all.slice(0, -2), values, terminal(values['json'] === true)))
  })
}

const JSON_OPTION = {
  type: 'flag',
  says: 'one JSON document on stdout, everything else on stderr',
  group: 'output',
} as const satisfies OptionSpec

/** What an option is that was not said and has no default. @throws AssayError `cli/usage` where it is needed */
function unsaid(spec: OptionSpec): unknown {
  if ('needed' in spec) throw new AssayError('cli/usage', spec.needed)
  return spec.type === 'flag' ? false : spec.type === 'list' || spec.type === 'pairs' ? [] : undefined
}

const GROUPS = { 'what to run': 'What to run:', limits: 'Limits:', output: 'Output:' } as const

function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function optionOf(flag: string, spec: OptionSpec): Option {
  const option = new Option(spec.type === 'flag' ? flag : `${flag} ${spec.value}`, spec.says)
  if (spec.group !== undefined) option.helpGroup(GROUPS[spec.group])
  if (spec.type === 'flag') return option
  // The choices stand in the help; the parser below, which knows them too, says what is wrong.
  if (spec.type === 'choice') option.choices(spec.of)
  if ('default' in spec) option.default(spec.default)
  return option.argParser((text, before: unknown) => parseOption(flag, spec, text, before))
}

function unknownCommand(name: string): AssayError {
  const close = nearest(name, Object.keys(commands))
  const hint = close === undefined ? 'See: assay --help' : `Did you mean ${close}?`
  return new AssayError('cli/usage', `There is no command "${name}". ${hint}`)
}
