// Disturbs random runs for as long as one wishes, and compares each with the same run in peace:
//   npm run chaos -- --minutes 10 [--seed <text>]
import { parseArgs } from 'node:util'
import { chaos, chaosTable } from '../test/chaos/chaos.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: String(Date.now()) } },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error(`--minutes must be a number above 0. You gave ${values.minutes}.`)
process.stderr.write(`Seed: ${values.seed}\n`)
const done = await chaos(minutes * 60_000, values.seed, (line) => void process.stderr.write(`${line}\n`))
console.log(chaosTable(done))
process.exitCode = done.differences.length === 0 ? 0 : 1
