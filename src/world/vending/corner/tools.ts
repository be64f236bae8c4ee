import { z } from 'zod'
import type { WorldTool } from '../../world.ts'

// Small enumerations and no free text: a grammar made from these schemas leaves a small model few ways to go wrong.
// None of the acts can be delegated: the corner shop is too small for a helper.

export const CORNER_TOOLS: readonly WorldTool[] = [
  {
    name: 'order',
    description: 'Order crates of ten boxes at 10 dollars a crate. They reach the back room in two days.',
    input: z.object({ amount: z.literal([1, 2, 3]).describe('crates') }),
  },
  { name: 'refill', description: 'Fill the machine from the back room.', input: z.object({}) },
  {
    name: 'price',
    description: 'Set the price of a box.',
    input: z.object({ amount: z.literal([1, 2, 4, 8]).describe('dollars') }),
  },
  { name: 'check', description: 'Look at the books.', input: z.object({}) },
  { name: 'wait', description: 'Do nothing today.', input: z.object({}) },
]
