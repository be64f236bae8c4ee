import { z } from 'zod'
import type { Scaffold } from './scaffold.ts'
import { defineTool, type Tool } from './tool.ts'

/** A scratchpad holds one text; longer than this it is refused, so that memory cannot become a second context. */
const LONGEST_NOTE = 20_000
const MOST_KEYS = 1000

/** Memory tools. Their content is rebuilt on resume by running the calls again. */
export function memoryTools(kinds: Scaffold['memory']): readonly Tool[] {
  return kinds.flatMap((kind) => (kind === 'scratchpad' ? scratchpad() : keyValue()))
}

function scratchpad(): Tool[] {
  let text = ''
  return [
    defineTool({
      name: 'scratchpad_read',
      description: 'Read your scratchpad.',
      input: z.object({}),
      effect: 'deterministic',
      run: () => ({ text: text === '' ? '(empty)' : text }),
    }),
    defineTool({
      name: 'scratchpad_write',
      description: 'Replace the text on your scratchpad.',
      input: z.object({ text: z.string() }),
      effect: 'deterministic',
      run(input) {
        if (input.text.length > LONGEST_NOTE)
          return { text: `The scratchpad holds at most ${LONGEST_NOTE} characters.`, error: true }
        text = input.text
        return { text: 'Written.' }
      },
    }),
  ]
}

function keyValue(): Tool[] {
  const values = new Map<string, string>()
  return [
    defineTool({
      name: 'memory_set',
      description: 'Keep a value under a key.',
      input: z.object({ key: z.string().min(1).max(200), value: z.string() }),
      effect: 'deterministic',
      run({ key, value }) {
        if (value.length > LONGEST_NOTE)
          return { text: `A value holds at most ${LONGEST_NOTE} characters.`, error: true }
        if (values.size >= MOST_KEYS && !values.has(key))
          return { text: `At most ${MOST_KEYS} keys; delete one first.`, error: true }
        values.set(key, value)
        return { text: `Kept ${key}.` }
      },
    }),
    defineTool({
      name: 'memory_get',
      description: 'Read the value under a key.',
      input: z.object({ key: z.string() }),
      effect: 'deterministic',
      run({ key }) {
        const value = values.get(key)
        return value === undefined ? { text: `Nothing is kept under ${key}.`, error: true } : { text: value }
      },
    }),
    defineTool({
      name: 'memory_delete',
      description: 'Forget a key.',
      input: z.object({ key: z.string() }),
      effect: 'deterministic',
      run: ({ key }) =>
        values.delete(key) ? { text: `Forgot ${key}.` } : { text: `Nothing is kept under ${key}.`, error: true },
    }),
    defineTool({
      name: 'memory_list',
      description: 'List the keys you have kept.',
      input: z.object({}),
      effect: 'deterministic',
      run: () => ({ text: values.size === 0 ? '(none)' : [...values.keys()].join('\n') }),
    }),
  ]
}
