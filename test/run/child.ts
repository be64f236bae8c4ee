// A process of its own that starts or resumes the toy run, so that a test can kill it:
//   node child.ts start|resume <folder> <model> [maxDollars]
import { AssayError } from '../../src/assay-error.ts'
import { openModel } from '../../src/model/index.ts'
import { resumeRun, startRun } from '../../src/run/index.ts'
import { effectsWith, options, price } from './effects.ts'
import { toyRequest, toyStudy } from './toy-study.ts'

const [verb, folder = '', model = '', most] = process.argv.slice(2)
const effects = {
  ...effectsWith(() => {
    throw new Error('opened below')
  }),
  open: (name: string) => openModel(name, { prices: { [name]: price }, retries: { firstMs: 10 } }),
}
const caps = most === undefined ? {} : { maxDollars: Number(most) }

try {
  const study = toyStudy()
  const end = await (verb === 'start'
    ? startRun({ study, request: toyRequest([model], caps), run: 'toy-1', folder }, options, effects)
    : resumeRun(study, folder, options, effects, caps))
  process.stdout.write(`${JSON.stringify({ type: end.type, why: end.why, spent: end.spent })}\n`)
  process.exitCode = end.type === 'done' ? 0 : 3
} catch (cause) {
  process.stderr.write(`${cause instanceof AssayError ? `${cause.code}: ${cause.message}` : String(cause)}\n`)
  process.exitCode = cause instanceof AssayError ? cause.exit : 70
}
