import module from 'node:module'

// What was compiled once is kept for the next command, which makes every start twice as fast.
module.enableCompileCache()
const { run } = await import('./program.ts')

// `assay runs | head` closes the pipe early: that is no fault of anybody's.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0)
  throw cause
})
process.exitCode = await run(process.argv.slice(2))
