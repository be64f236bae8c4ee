import module from 'node:module'

// What was compiled once is kept for the next command, which makes every start twice as fast.
module.enableCompileCache()
const { run } = await import('./program.ts')
const { onUnwritable } = await import('./terminal.ts')

onUnwritable((code) => process.exit(code))
process.exitCode = await run(process.argv.slice(2))
