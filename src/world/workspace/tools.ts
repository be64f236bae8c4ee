import { z } from 'zod'
import type { WorldTool } from '../world.ts'

const path = z.string().min(1).max(4096)

/** What stands in the place of a file's text that is asked for by lines. */
export const MOST_LINES = 2000

/** What a shell that an agent has is called, and what its commands are given. */
export const SHELL = 'bash'

/**
 * The acts in a workspace. With a shell all of them are read back on resume, since what one finds depends on what the commands
 * before it left, and no command is run twice.
 */
export function workspaceTools(shell: boolean): readonly WorldTool[] {
  return shell ? [BASH, ...FILE_TOOLS].map((tool) => ({ ...tool, outside: true })) : FILE_TOOLS
}

const BASH: WorldTool = {
  name: SHELL,
  description:
    'Run a command in a bash shell. It starts in the workspace folder each time; files stay, variables do not. There is no network.',
  input: z.object({ command: z.string().max(100_000) }),
}

const FILE_TOOLS: readonly WorldTool[] = [
  {
    name: 'read',
    description: `Read a text file. Long files are shown ${MOST_LINES} lines at a time: give the first line wanted (from 1) and how many.`,
    input: z.object({
      path,
      line: z.number().int().min(1).exactOptional(),
      lines: z.number().int().min(1).exactOptional(),
    }),
  },
  {
    name: 'write',
    description: 'Write a whole text file, making the folders above it.',
    input: z.object({ path, content: z.string() }),
  },
  {
    name: 'edit',
    description: 'Replace a text in a file. The old text must stand there exactly once, unless `all` is true.',
    input: z.object({ path, old: z.string().min(1), new: z.string(), all: z.boolean().exactOptional() }),
  },
  {
    name: 'list',
    description: 'List the names in a folder, folders with a slash behind them. Default: the workspace.',
    input: z.object({ path: path.exactOptional() }),
  },
  {
    name: 'search',
    description: 'Find the lines that hold a text (letter for letter) in all files below a folder, or in one file.',
    input: z.object({ text: z.string().min(1), path: path.exactOptional() }),
  },
  {
    name: 'submit',
    description: 'Hand the work in as the files are now. Nothing can be done after it.',
    input: z.object({ answer: z.string().exactOptional() }),
  },
]
