// A process of its own that opens a sandbox and tells what a command in it says, so that a test can give it open files:
//   node descriptor-child.ts bubblewrap|<engine> <command>
import { bubblewrap, DEFAULT_LIMITS, docker } from '../../../src/world/index.ts'

const [name = '', command = ''] = process.argv.slice(2)
const kind = name === 'bubblewrap' ? bubblewrap : docker({ program: name })
const sandbox = await kind.open({ files: new Map(), limits: DEFAULT_LIMITS })
try {
  process.stdout.write(JSON.stringify(await sandbox.exec(command)))
} finally {
  await sandbox.close()
}
