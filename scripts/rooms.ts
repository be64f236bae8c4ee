// Checks that every room imports only from rooms above it, and only through front doors.
import fs from 'node:fs'
import path from 'node:path'

const order = [
  'stats',
  'record',
  'rows',
  'findings',
  'model',
  'world',
  'agent',
  'grade',
  'inside',
  'tasks',
  'attack',
  'probe',
  'study',
  'run',
  'report',
  'audit',
  'compare',
  'power',
  'studies',
  'brief',
  'project',
  'exchange',
  'server',
  'cli',
]
/** Rooms that import nothing of ours; the error type is open to all. */
const alone = new Set(['stats', 'record'])
/** Rooms whose folders have front doors of their own: a study each, a family of estimators each. */
const nested = new Set(['studies', 'findings'])

/** The error type: open to all, and imports nothing of ours. */
const open = 'assay-error.ts'
/** What the package gives: these take from any room's front door, and no room takes from them. */
const outward = new Set(['index.ts', 'testing'])

const root = path.join(import.meta.dirname, '..', 'src')
const faults: string[] = []

for (const file of fs.globSync('**/*.ts', { cwd: root })) {
  const [room = ''] = file.split(path.sep)
  if (!order.includes(room) && !outward.has(room) && file !== open) {
    faults.push(`${file} is in no room of the design`)
    continue
  }
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  for (const [, target = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    const imported = path.relative(root, path.resolve(root, path.dirname(file), target))
    const [other = '', ...rest] = imported.split(path.sep)
    if (other === room || imported === open) continue
    if (!order.includes(other)) faults.push(`${file} imports ${imported}, which is in no room`)
    else if (alone.has(room) || file === open)
      faults.push(`${file} imports ${imported}: ${path.basename(room, '.ts')} imports nothing of ours`)
    else if (!outward.has(room) && order.indexOf(other) > order.indexOf(room))
      faults.push(`${file} imports ${imported}, a room below it`)
    const door = rest.at(-1) === 'index.ts' && (rest.length === 1 || (nested.has(other) && rest.length === 2))
    if (!door) faults.push(`${file} imports ${imported}: use the front door of ${other}`)
  }
}

for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)
console.log('Rooms are in order.')
