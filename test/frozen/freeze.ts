/**
 * Writes `golden/` anew, and prints what is said otherwise than before, finding by finding.
 *
 *     node test/frozen/freeze.ts                 all scenes
 *     node test/frozen/freeze.ts breach across   these alone
 *     node test/frozen/freeze.ts --dry           only prints
 *
 * `local` needs weights, and its numbers are those of this kind of processor; where there are none it is left out.
 */
import { parseArgs } from 'node:util'
import { differences, readGolden, writeGolden } from './golden.ts'
import { absent, hear, local } from './local.ts'
import { play } from './play.ts'
import { scenes } from './scenes.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dry: { type: 'boolean' } } })
const all = new Map([...scenes.map((scene) => [scene.name, () => play(scene)] as const), [local.name, hear] as const])
const unknown = positionals.filter((name) => !all.has(name))
if (unknown.length > 0) {
  console.error(`There is no scene ${unknown.join(', ')}. Scenes: ${[...all.keys()].join(', ')}.`)
  process.exit(2)
}
for (const [name, read] of all) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const why = name === local.name ? await absent() : undefined
  if (why !== undefined) {
    console.log(`${name}: left out: ${why}`)
    continue
  }
  const began = performance.now()
  const reading = await read()
  const told = differences(readGolden(name), reading)
  const took = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `${name}: ${Object.keys(reading).length} lines, ${told.length === 0 ? 'as before' : 'changed'} (${took} s)`,
  )
  for (const line of told) console.log(`  ${line}`)
  if (values.dry !== true) writeGolden(name, reading)
}
