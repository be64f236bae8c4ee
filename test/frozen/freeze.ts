/**
 * Writes `golden/` anew, and prints what is said otherwise than before, finding by finding.
 *
 *     node test/frozen/freeze.ts                 all scenes
 *     node test/frozen/freeze.ts breach across   these alone
 *     node test/frozen/freeze.ts --dry           only prints
 */
import { parseArgs } from 'node:util'
import { differences, readGolden, writeGolden } from './golden.ts'
import { play } from './play.ts'
import { scenes } from './scenes.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dry: { type: 'boolean' } } })
const names = scenes.map(({ name }) => name)
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no scene ${unknown.join(', ')}. Scenes: ${names.join(', ')}.`)
  process.exit(2)
}
for (const scene of scenes) {
  if (positionals.length > 0 && !positionals.includes(scene.name)) continue
  const began = performance.now()
  const reading = await play(scene)
  const told = differences(readGolden(scene.name), reading)
  const took = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `${scene.name}: ${Object.keys(reading).length} lines, ${told.length === 0 ? 'as before' : 'changed'} (${took} s)`,
  )
  for (const line of told) console.log(`  ${line}`)
  if (values.dry !== true) writeGolden(scene.name, reading)
}
