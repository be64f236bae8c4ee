import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { AssayError, nearest, reasonOf } from '../assay-error.ts'
import { terminal, type Terminal } from './terminal.ts'

/** What a command answers: its exit code. */
export type Answer = 0 | 1 | 2 | 3 | 130

/**
 * Reads a command line and carries it out. Commands are loaded when they are called, so that help is quick.
 *
 * @returns 0 done; 1 the answer is no; 2 the request is wrong; 3 the run could not be completed; 130 interrupted
 */
export async function run(argv: readonly string[]): Promise<Answer> {
  let answer: Answer = 0
  const act =
    (work: (terminal: Terminal, ...given: never[]) => Promise<Answer>) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1)
      const options = command instanceof Command ? command.opts<{ json?: boolean }>() : {}
      // Commander hands over arguments, options and the command in the order in which they were declared.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
      answer = await work(terminal(options.json === true), ...(given.slice(0, -1) as never[]))
    }
  try {
    const program = declare(act)
    if (argv[0] === 'audit') {
      const { kindsText } = await import('./audit-kinds.ts')
      program.commands.find((each) => each.name() === 'audit')?.addHelpText('after', kindsText())
    }
    await program.parseAsync([...argv], { from: 'user' })
    return answer
  } catch (cause) {
    return failed(cause)
  }
}

function failed(cause: unknown): Answer {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2
  if (cause instanceof AssayError) {
    process.stderr.write(`assay: ${cause.message}\n`)
    return cause.exit
  }
  process.stderr.write(`assay: this is a fault of Assay itself: ${reasonOf(cause)}\n`)
  if (process.env['ASSAY_DEBUG'] !== undefined && cause instanceof Error) process.stderr.write(`${cause.stack ?? ''}\n`)
  else process.stderr.write('Set ASSAY_DEBUG=1 to see where.\n')
  return 3
}

type Act = (work: (terminal: Terminal, ...given: never[]) => Promise<Answer>) => (...given: unknown[]) => Promise<void>

function declare(act: Act): Command {
  const program = new Command('assay')
    .description('Tests claims about AI agents, and keeps the brief of what the evidence supports.')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
    .option('--version', 'print the version')
    .addHelpText(
      'after',
      '\nExample:\n  assay run vending --model local/smollm2-135m --set template=completion --temperature 0.7',
    )
    .usage('<command> [options]')
    .argument('[command]')
    .action(async (name: string | undefined) => {
      if (name !== undefined) throw unknownCommand(program, name)
      const { version } = await import('./version.ts')
      if (program.opts<{ version?: true }>().version === true) process.stdout.write(`${version()}\n`)
      else program.outputHelp()
    })
  const command = (name: string, description: string, example: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--json', 'one JSON document on stdout, everything else on stderr')
      .addHelpText('after', `\nExample:\n  ${example}`)

  command(
    'studies [study]',
    'what can be asked; factors, levels, tasks and controls of one study',
    'assay studies vending',
  ).action(act(async (terminal, study: string | undefined) => (await import('./studies.ts')).studies(terminal, study)))
  planning(
    command(
      'plan <study>',
      'what a run would do, what it could detect, and what it may cost',
      'assay plan vending --repeats 16',
    ),
  ).action(
    act(async (terminal, study: string, options: never) => (await import('./plan.ts')).plan(terminal, study, options)),
  )
  planning(
    command(
      'power <study>',
      'what differences a design could detect, and what to buy for which',
      'assay power vending --model openai/gpt-5-mini --trial-tokens 20000,2000',
    ),
  )
    .option('--power <share>', 'chance of seeing the effect', innerShare, 0.8)
    .option('--level <share>', 'confidence of the test', share, 0.95)
    .option('--from <run>', 'take spreads and dollars from a run')
    .option('--quantity <name>', 'the question to draw and to buy for (default: the first comparison)')
    .option(
      '--detect <effects>',
      'effects to buy for, with commas, in the unit that is printed (shares as 0.1)',
      effects,
    )
    .addOption(
      new Option('--design <kind>', 'a design that the study itself does not have').choices(['pairs', 'layers']),
    )
    .option('--base <share>', 'share expected, or share of trials in which an event comes (default: 0.5)', share)
    .option('--shared <share>', "how much of a trial's variance is its task's or seed's (default: 0.5)", share)
    .option('--agree <r>', 'how far two arms find the same tasks hard, 0 to 1 (default: 0)', share)
    .option('--clusters <n>', 'families or matters that the tasks fall into', whole)
    .option('--clustered <share>', "how much of a trial's variance is its cluster's", share)
    .option('--ties <share>', 'share of ties (pairs)', share, 0.2)
    .option('--layer-rates <a,b>', 'how often each layer fails alone (layers)', numbers, [0.2, 0.2])
    .option('--trial-tokens <in,out>', 'tokens of one trial, for its price', numbers)
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, study: string, options: never) =>
        (await import('./power.ts')).power(terminal, study, options),
      ),
    )
  planning(
    command(
      'run <study|cases.csv|tasks|study.ts>',
      'run a study, with its controls',
      'assay run vending --model local/smollm2-135m --repeats 8',
    ),
  )
    .option('--concurrency <n>', 'trials at once', whole, 8)
    .option('--durable', 'force every event to the disk, not each second')
    .option('--name <name>', "the run's name (default: study and time)")
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, study: string, options: never) => (await import('./run.ts')).run(terminal, study, options)),
    )
  command('resume <run>', 'go on where a run stopped, whatever stopped it', 'assay resume vending-20261123-180000')
    .option('--concurrency <n>', 'trials at once', whole, 8)
    .option('--durable', 'force every event to the disk, not each second')
    .option('--max-cost <dollars>', 'a new cap on dollars', positive)
    .option('--max-tokens <n>', 'a new cap on tokens', whole)
    .option('--retry-invalid', 'run invalid trials anew, such as those that met an outage')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, name: string, options: never) => (await import('./run.ts')).resume(terminal, name, options)),
    )
  command('runs', 'the runs that lie here', 'assay runs')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(act(async (terminal, options: never) => (await import('./runs.ts')).runs(terminal, options)))
  command(
    'show <run> [trial]',
    'findings and figures of a run, or the transcript of one trial',
    'assay show tour-vending --svg money.svg',
  )
    .option('--svg <file>', "write the run's first figure as SVG")
    .option('--all', 'every finding, where a study shows its main ones first')
    .option('--from <event>', 'first event of the transcript', whole, 0)
    .option('--to <event>', 'event behind the last', whole)
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, name: string, trial: string | undefined, options: never) =>
        (await import('./show.ts')).show(terminal, name, trial, options),
      ),
    )
  command(
    'compare <run> <run>',
    'paired differences between two runs of a study, corrected for their number',
    'assay compare vending-monday vending-tuesday',
  )
    .option('--measure <name>', 'only this measure (repeat for more)', gathered, [])
    .option('--svg <file>', 'write the differences of the first measure as SVG')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, first: string, second: string, options: never) =>
        (await import('./compare.ts')).compare(terminal, first, second, options),
      ),
    )
  command(
    'replicate <run>',
    'the same plan with new seeds, models or tasks: replicated, not, or cannot tell',
    'assay replicate vending-monday --repeats 20',
  )
    .option('--model <name>', 'in place of the models of the run, in their order (repeat for more)', gathered, [])
    .option('--tasks <n|glob>', 'other tasks: how many, or which')
    .option('--repeats <n>', 'other repeats', whole)
    .option('--seed <text>', "new seed (default: the run's own with a number behind it)")
    .option('--quantity <name>', 'judge only this quantity (repeat for more)', gathered, [])
    .option('--judge <run>', 'run nothing: judge this replication that lies here')
    .option('--max-cost <dollars>', 'stop before the run has cost more', positive)
    .option('--max-tokens <n>', 'stop before the run has used more', whole)
    .option('--concurrency <n>', 'trials at once', whole, 8)
    .option('--durable', 'force every event to the disk, not each second')
    .option('--name <name>', "the new run's name (default: study and time)")
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, name: string, options: never) =>
        (await import('./replicate.ts')).replicate(terminal, name, options),
      ),
    )
  command(
    'pool <run...>',
    'findings of several runs as one: random effects, heterogeneity, forest plot',
    'assay pool vending-monday vending-tuesday --svg forest.svg',
  )
    .option('--quantity <name>', 'only this quantity (repeat for more)', gathered, [])
    .option('--svg <file>', 'write the first forest plot as SVG')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, names: readonly string[], options: never) =>
        (await import('./pool.ts')).pool(terminal, names, options),
      ),
    )
  command(
    'gate <run>',
    'hold findings against thresholds set beforehand: on the bound, exit 0 or 1',
    'assay gate vending-monday --policy gate.yaml --junit gate.xml',
  )
    .requiredOption('--policy <file>', 'thresholds, as YAML or JSON (schemas/gate-policy.json)')
    .option('--junit <file>', 'write a JUnit report')
    .option('--markdown <file>', 'write a Markdown report')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .action(
      act(async (terminal, name: string, options: never) => (await import('./gate.ts')).gate(terminal, name, options)),
    )
  command(
    'audit <rows>',
    'recompute a published number from rows: CSV, TSV, JSONL, JSON or Parquet',
    'assay audit rows.csv --as rate --map task=task_id --map score=reward --published rate=0.42',
  )
    .requiredOption('--as <kind>', 'what the rows are: one of the kinds below')
    .option('--map <ours=theirs>', 'which of their columns is ours (repeat for more)', gathered, [])
    .option('--recode <col:from=to,…>', 'translate values of a column (repeat for more)', gathered, [])
    .option('--where <sql>', 'audit only rows for which this holds')
    .option('--sql <select>', 'reshape first: a select from the table rows')
    .option('--by <columns>', 'split the findings (repeat, or with commas)', gathered, [])
    .option('--published <name=value>', 'a number to check against the rows (repeat for more)', gathered, [])
    .option('--figure <file.svg>', 'draw the findings')
    .action(
      act(async (terminal, file: string, options: never) =>
        (await import('./audit.ts')).audit(terminal, file, options),
      ),
    )
  command(
    'brief <verb> <files...>',
    'the brief: new, import, check, render, status, link, draft',
    'assay brief render brief.yaml --as html --out brief.html',
  )
    .addOption(new Option('--as <form>', 'form of render').choices(['text', 'markdown', 'html']).default('text'))
    .option('--out <file>', 'write there instead of to the terminal')
    .option('--runs <dir>', 'where runs live (default: .assay/runs)')
    .option('--claim <id>', 'status: one claim in full, down to the journal events under it')
    .option('--run <name>', 'link: the run that decides claims')
    .option('--anew', 'link: replace hashes that stand there')
    .option('--stale-after <days>', 'check: age at which a brief is stale (default: none)', whole)
    .option('--title <text>', 'draft: title of the brief')
    .option('--claims <n>', 'draft: claims at most', whole)
    .option('--model <name>', 'draft: a model that takes sentences apart (default: the extractive baseline)')
    .option('--max-cost <dollars>', 'draft: stop before the model has cost more', positive)
    .option('--max-tokens <n>', 'draft: stop before the model has used more', whole)
    .option('--concurrency <n>', 'draft: sentences at once', whole, 4)
    .action(
      act(async (terminal, verb: string, files: readonly string[], options: never) =>
        (await import('./brief/brief.ts')).brief(terminal, verb, files, options),
      ),
    )
  command(
    'view [runs...]',
    'a local page on runs and briefs, live while they run; --export writes a copy that needs no server',
    'assay view --open',
  )
    .option('--port <n>', 'port (default: any free one)', whole)
    .option('--open', 'open it in the browser')
    .option('--out <dir>', 'where runs live (default: .assay/runs)')
    .option('--brief <file>', 'a brief to show (repeat for more; default: brief.yaml here and in .assay)', gathered, [])
    .option('--export <dir>', 'write a copy that opens from a disk: of the runs named, or of all')
    .option('--trials <n>', 'transcripts of a run in a copy at most (default: 200)', whole)
    .option('--events <n>', 'events of a transcript in a copy at most (default: 2000)', whole)
    .action(
      act(async (terminal, runs: readonly string[], options: never) =>
        (await import('./view.ts')).view(terminal, runs, options),
      ),
    )
  command(
    'models [verb] [model]',
    'what answers and what it costs; test <model> tries its tools; pull <name> fetches weights; serve <model> answers chat completions',
    'assay models pull smollm2-135m',
  )
    .option('--port <n>', 'port of serve (default: any free one)', whole)
    .action(
      act(async (terminal, verb: string | undefined, model: string | undefined, options: never) =>
        (await import('./models.ts')).models(terminal, verb, model, options),
      ),
    )
  command(
    'steer [text]',
    'a local model with a concept turned up: streams its text, or shows strengths side by side',
    'assay steer --concept sea --compare 0,1,2,3 "I went for a walk and"',
  )
    .option('--model <name>', 'a local model', 'local/smollm2-135m')
    .option('--concept <name>', 'sea, music, anger, french, numbers, formal, food or space')
    .option('--with <file>', 'your own texts that have it, one a line')
    .option('--without <file>', 'your own texts that do not, one a line')
    .option('--strength <x>', 'how many times the direction is added; below 0 takes it away', real, 2)
    .option('--compare <strengths>', 'side by side at these strengths', numbers)
    .option('--probe <layers>', 'instead: how well a probe finds the concept in unseen texts, at these layers', numbers)
    .option('--layer <n>', 'block behind which it is added (default: the middle one)', whole)
    .addOption(
      new Option('--kind <kind>', 'how the direction is found')
        .choices(['contrast', 'pca', 'probe', 'random', 'shuffled'])
        .default('contrast'),
    )
    .addOption(
      new Option('--way <way>', 'native calls, or rewritten files where those are not possible')
        .choices(['native', 'rewrite'])
        .default('native'),
    )
    .option('--tokens <n>', 'tokens to write', whole, 60)
    .option('--temperature <t>', 'sampling temperature', nonNegative, 0.8)
    .option('--seed <text>', 'seeds sampling', '1')
    .action(
      act(async (terminal, text: string | undefined, options: never) =>
        (await import('./steer.ts')).steer(terminal, text, options),
      ),
    )
  command('init', 'write a config and one study of your own, ready to run', 'assay init').action(
    act(async (terminal) => (await import('./init.ts')).init(terminal)),
  )
  command(
    'doctor',
    'what is here: Node, local model, keys (never printed), chromium, sandboxes',
    'assay doctor',
  ).action(act(async (terminal) => (await import('./doctor.ts')).doctor(terminal)))
  command('tour', 'the whole road in three minutes: real and planted agents, findings, a brief', 'assay tour')
    .option('--out <dir>', 'where the tour writes (default: .assay)')
    .action(act(async (terminal, options: never) => (await import('./tour/tour.ts')).tour(terminal, options)))
  return program
}

function unknownCommand(program: Command, name: string): AssayError {
  const close = nearest(
    name,
    program.commands.map((each) => each.name()),
  )
  const hint = close === undefined ? 'See: assay --help' : `Did you mean ${close}?`
  return new AssayError('cli/usage', `There is no command "${name}". ${hint}`)
}

/** Options that make a plan. */
function planning(command: Command): Command {
  return command
    .option('--model <name>', 'an agent to test: provider/model (repeat for more)', gathered, [])
    .option('--set <factor=levels>', 'levels of a factor, with commas (repeat for more)', gathered, [])
    .option(
      '--partner <role=model>',
      'a model beside the agents: attacker, guard, judge (repeat for more)',
      gathered,
      [],
    )
    .option('--tasks <n|glob>', 'how many tasks, or which')
    .option('--repeats <n>', 'repeats of every task in every cell', whole)
    .option('--seed <text>', 'seeds worlds, order and sampling', '1')
    .addOption(
      new Option('--controls <mode>', 'run the controls beside the models, alone, or not at all')
        .choices(['with', 'only', 'off'])
        .default('with'),
    )
    .option('--max-cost <dollars>', 'stop before the run has cost more', positive)
    .option('--max-tokens <n>', 'stop before the run has used more', whole)
    .option('--max-turns <n>', 'model calls in a trial', whole)
    .option('--temperature <t>', 'sampling temperature', nonNegative)
    .option('--effort <name>', "reasoning effort, by the provider's name for it")
    .option('--max-output-tokens <n>', 'tokens in one reply, at least 1', atLeastOne)
}

function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** An empty text, as an unset shell variable leaves it, is no number: JavaScript reads it as 0. */
function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function whole(text: string): number {
  const value = numberIn(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError(`"${text}" is no whole number.`)
  return value
}

function atLeastOne(text: string): number {
  const value = whole(text)
  if (value < 1) throw new InvalidArgumentError('It must be at least 1.')
  return value
}

function positive(text: string): number {
  const value = numberIn(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is no amount above 0.`)
  return value
}

function real(text: string): number {
  const value = numberIn(text)
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is no number.`)
  return value
}

function nonNegative(text: string): number {
  const value = numberIn(text)
  if (!(value >= 0) || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is no number from 0 up.`)
  return value
}

function share(text: string): number {
  const value = numberIn(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError(`"${text}" is no share from 0 to 1.`)
  return value
}

function innerShare(text: string): number {
  const value = numberIn(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError(`"${text}" is no share between 0 and 1.`)
  return value
}

function numbers(text: string): readonly number[] {
  const values = text.split(',').map(Number)
  if (text.trim() === '' || !values.every((value) => Number.isFinite(value)))
    throw new InvalidArgumentError(`"${text}" is no list of numbers with commas.`)
  return values
}

function effects(text: string): readonly number[] {
  const values = numbers(text)
  if (!values.every((value) => value > 0))
    throw new InvalidArgumentError(`"${text}" names an effect that is not above 0.`)
  return values
}
