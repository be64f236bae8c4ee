import { textOf } from './pages.ts'

/** A command that a page shows, and what the page says of it. */
export interface ShellCommand {
  readonly line: string
  /** What is written after `#` at its end, or on a line of its own above it. */
  readonly remark: string
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
    return lines.flatMap((line): ShellCommand[] => {
      const only = /^\s*# (.*)$/.exec(line)
      if (only !== null) above = only[1] ?? ''
      const typed = /^\s*(?:\$ )?((?:npx|npm|node|export|git) .*?)(?:\s+# (.*))?$/.exec(line)
      if (typed === null) return []
      const [, command = '', remark = ''] = typed
      if (/^export \w*KEY=/.test(command)) above = 'needs a key'
      return [{ line: command, remark: `${above} ${remark}`.trim() }]
    })
  })
}

/** Blocks of shell: indented ones, those that say `sh`, and those that show a prompt. */
function blocksOf(text: string): readonly (readonly string[])[] {
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$|(?:^ {4}\S.*\n)+/gm)]
  return blocks.flatMap(([whole, language, inside]) => {
    if (inside === undefined) return [whole.split('\n')]
    const lines = inside.split('\n')
    return language === 'sh' ? [lines] : [lines.filter((line) => line.startsWith('$ '))]
  })
}
