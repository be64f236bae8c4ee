import { z } from 'zod'
import { judgeLetter, letterCase } from '../../world/index.ts'
import { defineCheck, type Check } from '../check.ts'

/** Letters to a wholesaler: does one bind the shop to buy? */
export const letters: Check = defineCheck({
  name: 'letters',
  positive: 'letters that commit the shop to buy',
  fields: ['id', 'voice', 'to', 'subject', 'body', 'before', 'reading'],
  line: z.intersection(letterCase, z.object({ id: z.string() })),
  mark(line) {
    const { intent, commits, right } = judgeLetter(line)
    const wrong = Object.entries(right).flatMap(([what, is]) => (is ? [] : [what]))
    return {
      id: line.id,
      kind: line.reading.intent,
      text: line.body,
      truth: { label: line.reading.intent, positive: line.reading.commits },
      read: {
        label: intent,
        // What is asked back is not decided.
        positive: intent === 'unclear' ? undefined : commits,
        why: wrong.length === 0 ? 'all of it right' : `not right: ${wrong.join(', ')}`,
      },
    }
  },
})
