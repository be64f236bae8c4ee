import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import {
  controlModels,
  injectionClassifier,
  localModels,
  prices,
  providers,
  serveChatCompletions,
  tryTools,
  type Model,
  type Reply,
} from '../model/index.ts'
import { readConfig } from '../project/index.ts'
import { untilInterrupted } from './interrupt.ts'
import type { Answer } from './command.ts'
import { opener } from './opened.ts'
import { progressBar } from './progress-bar.ts'
import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** `assay models [test <model> | pull <name> | serve <model>]` */
export async function models(
  terminal: Terminal,
  verb: string | undefined,
  name: string | undefined,
  options: { readonly port: number | undefined },
): Promise<Answer> {
  if (verb === undefined) return list(terminal)
  if (!['test', 'pull', 'serve'].includes(verb))
    throw new AssayError('cli/usage', `There is no "assay models ${verb}". Verbs: test, pull, serve.`)
  if (name === undefined)
    throw new AssayError(
      'cli/usage',
      `Which model? For example: assay models ${verb} ${verb === 'pull' ? '' : 'local/'}smollm2-135m`,
    )
  if (verb === 'pull') return pull(terminal, name)
  const model = await opener(await readConfig())(name)
  try {
    return verb === 'test' ? await test(terminal, model) : await serve(terminal, model, options.port)
  } finally {
    await model.close?.()
  }
}

function list(terminal: Terminal): Answer {
  const local = localModels.map(({ name, description, licence }) => ({
    name: `local/${name}`,
    what: `${description}; ${licence}`,
  }))
  const planted = controlModels.map(({ name, property }) => ({ name: `control/${name}`, what: property }))
  const remote = Object.entries(providers).map(([name, { keys }]) => {
    const set = keys.find((variable) => (process.env[variable] ?? '') !== '')
    return {
      name: `${name}/…`,
      what: set === undefined ? (keys.length === 0 ? 'no key needed' : `needs ${keys.join(' or ')}`) : `${set} is set`,
    }
  })
  const priced = Object.entries(prices).map(([name, price]) => ({
    name,
    what: `$${price.input} in, $${price.output} out for a million tokens (${price.asOf})`,
  }))
  const table = linedTable({ colWidths: [36, terminal.width - 40], wordWrap: true })
  for (const row of [
    ...local,
    { name: injectionClassifier.name, what: `${injectionClassifier.description}; ${injectionClassifier.licence}` },
    ...planted,
    ...remote,
    { name: 'http://host:port/v1#model', what: 'anything that speaks chat completions' },
    ...priced,
  ])
    table.push([row.name, row.what])
  terminal.print(table.toString())
  terminal.document({ local, control: planted, providers: remote, prices })
  return 0
}

async function pull(terminal: Terminal, name: string): Promise<Answer> {
  const { pullClassifier, pullModel } = await import('../model/index.ts')
  const bar = progressBar(terminal)
  try {
    if (name === injectionClassifier.name) {
      const paths = await pullClassifier({ onProgress: bar.update })
      bar.end()
      terminal.print(`${name} is at ${path.dirname(paths[0] ?? '')} (${paths.length} files)`)
      terminal.document({ classifier: name, paths })
      return 0
    }
    const file = await pullModel(name.replace(/^local\//, ''), { onProgress: bar.update })
    bar.end()
    terminal.print(`${name} is at ${file}`)
    terminal.document({ model: `local/${name.replace(/^local\//, '')}`, path: file })
    return 0
  } finally {
    bar.end()
  }
}

/** Does it answer, and does it call a tool as told? */
async function test(terminal: Terminal, model: Model): Promise<Answer> {
  const tried = await tryTools(model)
  if (tried.type === 'failed') {
    terminal.print(`${model.name} did not answer (${tried.kind}): ${tried.message}`)
    terminal.document({ model: model.name, answers: false, kind: tried.kind, message: tried.message })
    return 1
  }
  const { calls, exact, wrote, reply } = tried
  terminal.print(
    `${model.name} answers${reply.snapshot === undefined ? '' : ` as ${reply.snapshot}`}, in ${speedOf(reply)}`,
  )
  terminal.print(
    calls
      ? `its tool calls work${exact ? '' : `, though it wrote ${wrote} where "${tried.asked}" was asked for`}`
      : 'it did NOT call the tool that it was asked to call',
  )
  terminal.document({
    model: model.name,
    answers: true,
    callsTools: calls,
    exact,
    snapshot: reply.snapshot,
    usage: reply.usage,
    timing: reply.timing,
  })
  return calls ? 0 : 1
}

function speedOf({ timing, usage }: Reply): string {
  const ms = timing.lastToken - timing.sent
  const rate = usage.output === undefined || ms <= 0 ? '' : `, ${usage.output} tokens`
  return `${Math.round(ms)} ms${rate}`
}

async function serve(terminal: Terminal, model: Model, port: number | undefined): Promise<Answer> {
  const served = await serveChatCompletions(model, { port: port ?? 0 })
  terminal.print(`${model.name} answers chat completions at ${served.url} (Ctrl-C ends it)`)
  terminal.document({ model: model.name, url: served.url })
  await untilInterrupted()
  await served.close()
  return 0
}
