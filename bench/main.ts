// npm run bench [-- --json file] [-- --only name,…]: measures, prints one table, and writes the figures as JSON.
// It asserts nothing: a busy machine is no bug.
import fs from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'
import { attack } from './attack.ts'
import { audit } from './audit.ts'
import { compaction } from './compaction.ts'
import { help } from './help.ts'
import { horizonStudy } from './horizon.ts'
import { local } from './local.ts'
import { pageOfEvents } from './page.ts'
import { measureHorizons, measureScikitLearn } from './stats-horizon.ts'
import { sandboxes } from './sandbox.ts'
import { benchStreams } from './streams.ts'
import { table, type Figure, type Measured } from './table.ts'
import { trials } from './trials.ts'
import { turns } from './turns.ts'
import { vendingStudy } from './vending.ts'
import { viewer } from './viewer.ts'
import { whitebox } from './whitebox.ts'

// Trials come first: what the others delete slows down a file system that must make ten thousand files.
const benches: Readonly<Record<string, () => Measured | Promise<Measured>>> = {
  trials,
  turns,
  sandboxes,
  horizon: horizonStudy,
  vending: vendingStudy,
  attack,
  compaction,
  page: pageOfEvents,
  audit,
  help,
  viewer,
  local,
  whitebox,
  async streams() {
    const rows = await benchStreams()
    const figures = rows.map(({ name, value, unit, goal }): Figure => ({
      name,
      value,
      unit,
      ...(goal !== undefined && { goal: { type: 'at-least', value: goal } }),
    }))
    return { type: 'figures', figures }
  },
  horizons() {
    const { runs, replicates, ms } = measureHorizons()
    const name = `horizons of ${runs} runs, ${replicates} bootstrap replicates`
    const figures: Figure[] = [{ name, value: ms, unit: 'ms', goal: { type: 'at-most', value: 2000 } }]
    const other = measureScikitLearn()
    if (other.type === 'skipped') process.stderr.write(`${other.why}\n`)
    else
      figures.push({
        name: `the same fits by scikit-learn ${other.version}, from 20 replicates`,
        value: other.ms,
        unit: 'ms',
      })
    return { type: 'figures', figures }
  },
}

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
const wanted = values.only?.split(',') ?? Object.keys(benches)
const figures: Figure[] = []
for (const name of wanted) {
  const bench = benches[name]
  if (bench === undefined) {
    process.stderr.write(`There is no bench "${name}". Benches: ${Object.keys(benches).join(', ')}.\n`)
    process.exitCode = 2
    continue
  }
  process.stderr.write(`${name} …\n`)
  const measured = await bench()
  if (measured.type === 'figures') figures.push(...measured.figures)
  else process.stderr.write(`${name} was skipped: ${measured.why}\n`)
}

const machine = { node: process.version, cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.availableParallelism() }
const json = `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`
if (values.json === '-') process.stdout.write(json)
else {
  process.stdout.write(`${table(figures)}\n`)
  if (values.json !== undefined) fs.writeFileSync(values.json, json)
}
