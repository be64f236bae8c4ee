import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { checkedName, newRunName, readConfig, readOneRun, runNames, runsFolder, type OneRun } from '../project/index.ts'
import { readRun, type ReplicationRecord } from '../record/index.ts'
import { startRun, type RunEffects } from '../run/index.ts'
import {
  judgeReplication,
  planReplication,
  recordedFinding,
  recordedTerms,
  type ReplicationVerdict,
} from '../compare/index.ts'
import type { Finding } from '../findings/index.ts'
import { conditionsText, controlsSentence, findingParts, valueText } from '../report/index.ts'
import { quantityNow } from './called.ts'
import type { Answer } from './command.ts'
import type { ReplicateOptions } from './commands/replicate.ts'
import { readingDocument } from './reading.ts'
import { answerOf, carried, runOptions } from './run.ts'
import type { Terminal } from './terminal.ts'

/** `assay replicate <run>`: 1 where a finding failed to replicate. */
export async function replicate(terminal: Terminal, name: string, options: ReplicateOptions): Promise<Answer> {
  const config = await readConfig()
  const original = await readOneRun(name, config, options.out)
  if (options.judge !== undefined)
    return judgeAgain(terminal, original, await readOneRun(options.judge, config, options.out))
  const folder = runsFolder(config, options.out)
  const named = { study: original.plan.study, file: original.record.studyFile }
  const { model, tasks, repeats, seed, maxCost, maxTokens, quantity } = options
  const { request, replication } = planReplication(original, replicationsOf(original.run, folder), {
    models: model,
    ...(tasks !== undefined && { tasks: /^\d+$/.test(tasks) ? Number(tasks) : tasks }),
    ...(repeats !== undefined && { repeats }),
    ...(seed !== undefined && { seed }),
    ...(maxCost !== undefined && { maxDollars: maxCost }),
    ...(maxTokens !== undefined && { maxTokens }),
    quantities: quantity.map((each) => quantityNow(terminal, named, each)),
  })
  const run =
    options.name === undefined ? newRunName(original.plan.study.name, folder, new Date()) : checkedName(options.name)
  const asked = {
    study: original.plan.study,
    ...(original.record.studyFile !== undefined && { studyFile: original.record.studyFile }),
    request,
    run,
    folder: path.join(folder, run),
    replication,
  }
  const end = await carried(terminal, config, (effects) => {
    const onStart: RunEffects['onStart'] = (...started) => {
      terminal.note(
        `Replicates ${original.run} with seed "${request.seed}". The rule, written down before the first trial:`,
      )
      terminal.note(replication.rule)
      effects.onStart?.(...started)
    }
    return startRun(asked, runOptions(options), { ...effects, onStart })
  })
  const answer = answerOf(terminal, end)
  if (answer !== 0) {
    terminal.note(`Judge it when it is done: assay replicate ${original.run} --judge ${run}`)
    terminal.document(readingDocument(end))
    return answer
  }
  return say(terminal, original, { run, reading: end.reading, replication })
}

function judgeAgain(terminal: Terminal, original: OneRun, second: OneRun): Answer {
  const { replication } = second.record
  if (replication?.of !== original.run)
    throw new AssayError(
      'cli/no-replication',
      `${second.run} was not made to replicate ${original.run}${replication === undefined ? '' : `, but ${replication.of}`}, so no rule was written down. Make one with: assay replicate ${original.run}`,
    )
  if (replication.dataHash !== original.reading.dataHash)
    terminal.note(`assay: ${original.run} is not what it was when ${second.run} began; its findings of then are used.`)
  return say(terminal, original, { run: second.run, reading: second.reading, replication })
}

/** How many runs of a folder replicate this one. */
function replicationsOf(run: string, folder: string): number {
  return runNames(folder).filter((name) => {
    try {
      return readRun(path.join(folder, name)).record.replication?.of === run
    } catch {
      // A folder that cannot be read replicates nothing.
      return false
    }
  }).length
}

type Judged = Pick<OneRun, 'run' | 'reading'> & { readonly replication: ReplicationRecord }

function say(terminal: Terminal, original: OneRun, { run, reading, replication }: Judged): Answer {
  const findings = replication.findings.map((finding) => recordedFinding(finding, original.reading.findings))
  const terms = recordedTerms(replication)
  const verdicts = judgeReplication(findings, reading, terms)
  const count = (status: ReplicationVerdict['status']): number =>
    verdicts.filter((verdict) => verdict.status === status).length
  terminal.print(`\n${terminal.style('bold', `${run} replicates ${original.run}`)}  ${original.plan.study.question}`)
  for (const verdict of verdicts) print(terminal, verdict)
  terminal.print(`\n${controlsSentence(reading.controls)}`)
  terminal.print(
    `${count('replicated')} replicated, ${count('failed')} failed, ${count('cannot tell')} undecided (too little power, or no interval).`,
  )
  terminal.print(terminal.style('dim', `Rule, written before the first trial: ${replication.rule}`))
  terminal.document({
    original: original.run,
    replication: run,
    rule: replication.rule,
    terms,
    verdicts,
    counts: { replicated: count('replicated'), failed: count('failed'), cannotTell: count('cannot tell') },
  })
  return count('failed') > 0 ? 1 : 0
}

const COLOURS = { replicated: 'green', failed: 'red', 'cannot tell': 'yellow' } as const

function print(terminal: Terminal, verdict: ReplicationVerdict): void {
  const { original, replication, status, why, prediction, smallTelescopes } = verdict
  const { title, conditions } = findingParts(original)
  const text = (value: number): string => valueText(value, original.unit, original.kind)
  terminal.print(
    `\n${terminal.style(COLOURS[status], status.padEnd(11))} ${terminal.style('bold', title)}, ${conditions}: ${why}`,
  )
  terminal.print(
    `            original ${estimateOf(original)}; replication ${replication === undefined ? 'has no such finding' : estimateOf(replication)}`,
  )
  if (replication !== undefined && replication.conditions['agent'] !== original.conditions['agent'])
    terminal.print(`            replicated with ${conditionsText(replication.conditions)}`)
  if (prediction !== undefined)
    terminal.print(
      terminal.style(
        'dim',
        `            prediction interval ${text(prediction.low)} to ${text(prediction.high)}: ${prediction.inside ? 'inside' : 'outside'}`,
      ),
    )
  terminal.print(
    terminal.style(
      'dim',
      smallTelescopes.type === 'tested'
        ? `            small telescopes: at most ${text(smallTelescopes.bound)} against a small effect of ${text(smallTelescopes.small)}: ${smallTelescopes.below ? 'smaller' : 'not smaller'}`
        : `            small telescopes: not used (${smallTelescopes.why})`,
    ),
  )
}

function estimateOf(finding: Finding): string {
  const { estimate, interval } = findingParts(finding)
  return interval === '' ? estimate : `${estimate} (${interval})`
}
