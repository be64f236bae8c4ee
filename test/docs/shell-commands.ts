import { textOf } from './pages.ts'

/** A command that a page shows, and what the page says of it. */
export interface ShellCommand {
  readonly line: string
  /** What is written after `#` at its end, or on a line of its own above it. */
  readonly remark: string
  /** Lines of its output that the page shows below it; `…` is for lines that are left out. */
  readonly shows: readonly string[]
}

/**
 * Remarks by which a page says that a command cannot simply be typed: it needs what only the reader has, asks to be
 * stopped, or is run by another suite. Every other command of a page is run (test/docs/run-pages.slow.test.ts).
 */
export const MARKS: RegExp =
  /\bneeds (?:a key|the small model|your own (?:files?|run)|a network)\b|\bstays open until Ctrl-C\b|\btested in test\//

/** Every command in a block of a page, in its order. Lines that end in `\` are one command; remarks begin at ` #`. */
export function shellCommandsOf(page: string): readonly ShellCommand[] {
  const text = textOf(page).replaceAll(/ *\\\n\s*/g, ' ')
  return blocksOf(text).flatMap((lines) => {
    let above = ''
    const isTranscript = lines[0]?.startsWith('$ ') === true
    return lines.flatMap((line, at): ShellCommand[] => {
      if (isTranscript && !line.startsWith('$ ')) return []
      const only = /^\s*# (.*)$/.exec(line)
      if (only !== null) above = only[1] ?? ''
      const typed = /^\s*(?:\$ )?((?:npx|npm|node|export|git) .*?)(?:\s+# (.*))?$/.exec(line)
      if (typed === null) return []
      const [, command = '', remark = ''] = typed
      if (/^export \w*KEY=/.test(command)) above = 'needs a key'
      const below = lines.slice(at + 1)
      const next = below.findIndex((each) => each.startsWith('$ '))
      const shows = isTranscript
        ? below.slice(0, next === -1 ? undefined : next).filter((each) => !/^…?$/.test(each.trim()))
        : []
      return [{ line: command, remark: `${above} ${remark}`.trim(), shows }]
    })
  })
}

/** Blocks of shell: indented ones, those that say `sh`, and those that show a prompt. */
function blocksOf(text: string): readonly (readonly string[])[] {
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$|(?:^ {4}\S.*\n)+/gm)]
  return blocks.flatMap(([whole, language, inside]) => {
    if (inside === undefined) return [whole.split('\n')]
    const lines = inside.split('\n')
    return language === 'sh' || lines[0]?.startsWith('$ ') === true ? [lines] : []
  })
}
