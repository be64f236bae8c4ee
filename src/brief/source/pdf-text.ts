import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'

const answer = z.union([z.object({ pages: z.array(z.string()) }), z.object({ why: z.string() })])

/** Milliseconds that one file may take. */
const PATIENCE = 60_000
/** Megabytes of objects that one file may take, and of bytes, which the thread's own limit does not count. */
const MEMORY = 768
const SWELLING = 1500
/** Milliseconds between two looks at the memory. */
const LOOK = 100

/**
 * The text of a PDF, pages with a blank line between.
 *
 * @throws AssayError `brief/bad-source` when it is no PDF, asks for a password, holds no text (a scan), or takes too long
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  // Beside this file, in whatever form this file is run: as source or as built.
  const worker = new Worker(new URL(import.meta.url.replace(/pdf-text(\.[jt]s)$/, 'pdf-worker$1')), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    // What the reader mutters about a file is not for the terminal.
    stdout: true,
    stderr: true,
  })
  let timer: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  const before = process.memoryUsage.rss()
  try {
    const said = await new Promise<unknown>((resolve) => {
      timer = setTimeout(() => resolve({ why: `reading it took more than ${PATIENCE / 1000} s` }), PATIENCE)
      watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > SWELLING * 1024 * 1024)
          resolve({ why: `reading it took more than ${SWELLING} MB of memory` })
      }, LOOK)
      worker.once('message', resolve)
      worker.once('error', (cause) => resolve({ why: cause.message }))
      worker.once('exit', () => resolve({ why: 'its reader ended without a word' }))
    })
    const read = answer.parse(said)
    if ('why' in read)
      throw bad(/Password/i.test(read.why) ? 'it asks for a password' : `it cannot be read (${read.why})`)
    const text = withoutFeet(read.pages).join('\n\n')
    if (!/\p{L}/u.test(text)) throw bad('it holds no text; a scan must be read by character recognition first')
    return text
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    await worker.terminate()
  }
}

/** Lines at the top and at the foot of a page that are looked at. */
const EDGE = 2

/** A line in the writing in which those of two pages are compared. */
function runningKey(line: string): string {
  return line.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** Pages without the lines that stand at the top or foot of most of them, whatever page number they hold. */
export function withoutFeet(pages: readonly string[]): readonly string[] {
  if (pages.length < 2) return pages
  const lined = pages.map((page) => page.split('\n'))
  const edges = lined.map((lines) => {
    const full = lines.filter((line) => line.trim() !== '')
    return new Set([...full.slice(0, EDGE), ...full.slice(-EDGE)].map(runningKey))
  })
  const isRunning = (line: string): boolean => {
    const own = runningKey(line)
    return own !== '' && edges.filter((each) => each.has(own)).length > pages.length / 2
  }
  return lined.map((lines, page) =>
    lines.filter((line) => !(edges[page]?.has(runningKey(line)) === true && isRunning(line))).join('\n'),
  )
}

function bad(why: string): AssayError {
  return new AssayError('brief/bad-source', `${why}. Save it as text and draft from that.`)
}
