import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { oneRun } from '../../src/project/index.ts'
import { readingOf, startRun } from '../../src/run/index.ts'
import { viewer, type Source, type Viewer } from '../../src/server/index.ts'
import { scripted } from '../agent/toys.ts'
import { effectsWith, options, price } from '../run/effects.ts'
import { partsFor, promptAndTurn, toyRequest, toyStudy } from '../run/toy-study.ts'

/** A folder of runs with one finished toy run in it; whoever makes it removes it. */
export interface ToyRuns {
  readonly runs: string
  readonly folder: string
  readonly source: Source
}

export async function toyRuns(): Promise<ToyRuns> {
  const runs = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-runs-'))
  const folder = path.join(runs, 'toy-1')
  const model = scripted(
    (request) => {
      const { prompt, turn } = promptAndTurn(request.messages)
      return { parts: partsFor(prompt, turn), usage: { input: 100 + 10 * turn, output: 20 } }
    },
    { name: 'test/toy', pricing: { type: 'priced', price } },
  )
  await startRun(
    { study: toyStudy(), request: toyRequest(['test/toy']), run: 'toy-1', folder },
    options,
    effectsWith(() => model),
  )
  return { runs, folder, source: sourceOf(runs) }
}

function sourceOf(runs: string): Source {
  return {
    runs,
    briefs: () => [],
    version: '0.0.0-test',
    mailTools: () => Promise.resolve(new Set(['send_mail'])),
    studies: () => Promise.resolve([toyStudy()]),
    readRun: (folder) => Promise.resolve(oneRun(folder, readingOf(toyStudy(), folder, '0.0.0-test'))),
  }
}

export const PORT = 4321

/** The viewer's routes without a socket. */
export function toyViewer(source: Source, page: string = path.join(source.runs, 'no page')): Viewer {
  return viewer({ source, page, port: () => PORT })
}

/** Asks as the page itself would. */
export async function ask(
  { app }: Viewer,
  address: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Response> {
  return app.request(`http://127.0.0.1:${PORT}${address}`, {
    method,
    headers: { host: `127.0.0.1:${PORT}`, ...headers },
  })
}
