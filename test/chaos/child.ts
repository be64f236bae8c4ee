// A process of its own that starts a round's run or goes on with it: node child.ts <subject as JSON> <home> <model> <clock, ms>
import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../../src/assay-error.ts'
import { openModel } from '../../src/model/index.ts'
import { steadyNow } from '../../src/record/index.ts'
import { resumeRun, startRun } from '../../src/run/index.ts'
import { effectsWith, options, price } from '../run/effects.ts'
import { toyRequest } from '../run/toy-study.ts'
import { studyOf, subject } from './studies.ts'

const [given = '', home = '', model = '', clock = '0'] = process.argv.slice(2)
const folder = path.join(home, 'run')
const stopping = new AbortController()
const abort = new AbortController()
process.on('SIGTERM', () => (stopping.signal.aborted ? abort : stopping).abort())
process.on('SIGHUP', () => (stopping.signal.aborted ? abort : stopping).abort())
const effects = effectsWith(
  () => {
    throw new Error('opened below')
  },
  { now: () => steadyNow() + Number(clock), stopping: stopping.signal, abort: abort.signal },
)
const opening = {
  ...effects,
  open: (name: string) => openModel(name, { prices: { [name]: price }, retries: { firstMs: 5 } }),
}

try {
  const study = studyOf(subject.parse(JSON.parse(given)), home)
  const request = { ...toyRequest([model]), limits: {} }
  const end = await (fs.existsSync(path.join(folder, 'run.json'))
    ? resumeRun(study, folder, options, opening)
    : startRun({ study, request, run: 'chaos', folder }, options, opening))
  process.stdout.write(`${JSON.stringify({ type: end.type, why: end.why, hash: end.reading.dataHash })}\n`)
  process.exitCode = end.type === 'done' ? 0 : end.type === 'interrupted' ? 130 : 3
} catch (cause) {
  process.stderr.write(`${cause instanceof AssayError ? `${cause.code}: ${cause.message}` : String(cause)}\n`)
  process.exitCode = cause instanceof AssayError ? cause.exit : 70
}
