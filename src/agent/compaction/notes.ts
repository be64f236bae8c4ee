import { z } from 'zod'
import { defineTool, type Tool } from '../tool.ts'
import type { Rules } from './rules.ts'
import { saveRequest } from './texts.ts'
import { trimmed } from './trim.ts'

/** Longer notes are refused, so that they cannot become a second context. */
const LONGEST = 20_000

/** The tool by which notes are written. */
export const NOTES_TOOL = 'notes_write'

/** Notes that outlive what is dropped. Their content is rebuilt on resume by running the calls again. */
export interface Notes {
  readonly tools: readonly Tool[]
  readonly text: () => string
  /** What the agent is told before turns go. */
  readonly request: string
}

/** The agent has notes and is told to save; then the oldest turns go, and its notes stand in their place. */
export const notes: Rules = {
  shrink: trimmed,
  notes: newNotes,
  needs: 'tools',
  inPlace: {
    text: (dropped) => ({ type: 'said', text: dropped.notes?.text() ?? '' }),
    is: 'your notes',
    lacking: 'note',
    called: 'the notes',
    empty: 'there are no notes',
  },
}

function newNotes(): Notes {
  let text = ''
  return {
    text: () => text,
    request: saveRequest(NOTES_TOOL),
    tools: [
      defineTool({
        name: NOTES_TOOL,
        description:
          'Replace your notes by this text. Your notes are all you keep of turns that are dropped when your context is full.',
        input: z.object({ text: z.string() }),
        effect: 'deterministic',
        run(input) {
          if (input.text.length > LONGEST)
            return { text: `Notes hold at most ${LONGEST} characters; these have ${input.text.length}.`, error: true }
          text = input.text
          return { text: 'Written.' }
        },
      }),
      defineTool({
        name: 'notes_read',
        description: 'Read your notes.',
        input: z.object({}),
        effect: 'deterministic',
        run: () => ({ text: text === '' ? '(empty)' : text }),
      }),
    ],
  }
}
