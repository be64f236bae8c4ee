import path from 'node:path'
import {
  checkedName,
  findRun,
  findStudy,
  findStudyOf,
  newRunName,
  readConfig,
  redactIn,
  runsFolder,
  version,
  type Config,
} from '../project/index.ts'
import { steadyNow } from '../record/index.ts'
import { resumeRun, startRun, type RunEffects, type RunEnd, type RunOptions } from '../run/index.ts'
import { plain, shellWord, trialNames } from '../report/index.ts'
import { echoNote } from './echo-note.ts'
import { onInterrupt } from './interrupt.ts'
import { liveTable } from './live-table.ts'
import { opener } from './opened.ts'
import type { Carrying } from './options.ts'
import { calledNow } from './called.ts'
import { requestOf } from './plan-request.ts'
import type { Answer } from './command.ts'
import type { ResumeOptions } from './commands/resume.ts'
import type { RunCommandOptions } from './commands/run.ts'
import { failedOnly } from './rerun.ts'
import { printReading, readingDocument } from './reading.ts'
import type { Terminal } from './terminal.ts'

/** `assay run` */
export async function run(terminal: Terminal, name: string, options: RunCommandOptions): Promise<Answer> {
  const config = await readConfig()
  const wanted = requestOf(options, config)
  const { study, file } = await findStudy(name, config, wanted.wordings)
  const folder = runsFolder(config, options.out)
  const runName = options.name === undefined ? newRunName(study.name, folder, new Date()) : checkedName(options.name)
  const named = calledNow(terminal, { study, file }, wanted)
  const asked = {
    study,
    ...(file !== undefined && { studyFile: file }),
    request: options.rerun === 'failed' ? await failedOnly(study, named, config, folder) : named,
    run: runName,
    folder: path.join(folder, runName),
  }
  return watched(terminal, config, (effects) => startRun(asked, runOptions(options), effects))
}

/** `assay resume` */
export async function resume(terminal: Terminal, name: string, options: ResumeOptions): Promise<Answer> {
  const config = await readConfig()
  const folder = findRun(name, runsFolder(config, options.out))
  const { study } = await findStudyOf(folder, config)
  const caps = {
    ...(options.maxCost !== undefined && { maxDollars: options.maxCost }),
    ...(options.maxTokens !== undefined && { maxTokens: options.maxTokens }),
  }
  return watched(terminal, config, (effects) =>
    resumeRun(study, folder, runOptions(options, options.retryInvalid), effects, caps),
  )
}

async function watched(
  terminal: Terminal,
  config: Config,
  carry: (effects: RunEffects) => Promise<RunEnd>,
): Promise<Answer> {
  const end = await carried(terminal, config, carry)
  printReading(terminal, end)
  terminal.document(readingDocument(end))
  return answerOf(terminal, end)
}

/** Carries a run out under the eyes of a person who may interrupt it. */
export async function carried(
  terminal: Terminal,
  config: Config,
  carry: (effects: RunEffects) => Promise<RunEnd>,
): Promise<RunEnd> {
  const interrupt = onInterrupt(terminal.note)
  const table = liveTable(terminal, steadyNow)
  try {
    return await carry({
      open: opener(config),
      now: steadyNow,
      redact: redactIn(config),
      stopping: interrupt.stopping,
      abort: interrupt.abort,
      onStart(progress, plan, folder) {
        terminal.note(
          `${progress.planned} trials of ${plan.study.name}, plan ${plan.hash}, in ${path.relative('.', folder)}`,
        )
        const note = echoNote(plan)
        if (note !== '') terminal.note(note)
      },
      onProgress: table.update,
    })
  } finally {
    table.end()
    interrupt.release()
  }
}

/** What a run that ended so answers, with what to do next where it is not done. */
export function answerOf(terminal: Terminal, end: RunEnd): Answer {
  if (end.type === 'done') return 0
  if (end.type === 'interrupted') {
    terminal.note(`Interrupted. Go on with: assay resume ${end.run}`)
    return 130
  }
  if (end.type === 'budget')
    terminal.note(
      `assay: The run stopped: ${end.why}. Go on with a larger cap: assay resume ${end.run} --max-cost … or --max-tokens …`,
    )
  else {
    const [bad] = end.reading.unreadable
    const name = bad === undefined ? undefined : trialNames(end.outcomes).get(bad.last.trial)
    const look = `assay show ${end.run}${name === undefined ? '' : ` ${shellWord(name)}`}`
    terminal.note(
      `assay: The run stopped: ${plain(end.why)}\nLook at it: ${look}. When it is fixed: assay resume ${end.run} --retry-invalid`,
    )
  }
  return 3
}

export function runOptions({ concurrency, durable }: Carrying, retryInvalid = false): RunOptions {
  return {
    concurrency,
    durability: durable ? 'each-event' : 'each-second',
    version: version(),
    ...(retryInvalid && { retryInvalid }),
  }
}
