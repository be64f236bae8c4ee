import type { Scaffold } from '../../agent/index.ts'
import { vendingRules, workedExamples, type VendingSize, type WorkedExample } from '../../world/index.ts'

export type ScaffoldLevel = 'zero-shot' | 'few-shot' | 'notes'
export type TemplateLevel = 'chat' | 'completion'
export type DelegationLevel = 'none' | 'subagent'

/** Enough for a 135M model to play like the hand-written policy on every seed tried; 14 mostly do. */
const CORNER_EXAMPLES = 28

/** Context of the original Vending-Bench agents, in tokens. */
const WINDOW = 30_000

const NUDGE = { text: 'Carry on with your business: use a tool.', times: 10 }

/**
 * The scaffold of a cell. `zero-shot` and `few-shot` share rules, template, observation and acts, and differ by the worked
 * examples alone, so that a difference between them is theirs.
 */
export function vendingScaffold(
  size: VendingSize,
  level: ScaffoldLevel,
  template: TemplateLevel,
  delegation: DelegationLevel,
): Scaffold {
  const rules = vendingRules(size)
  const examples = level === 'few-shot' ? (size === 'corner' ? cornerExamples() : LARGE_EXAMPLES) : ''
  return {
    name: level,
    system: `${rules}\n\n${examples}`,
    template,
    delegation,
    memory: level === 'notes' ? ['scratchpad', 'key-value'] : [],
    ...(size === 'corner'
      ? { context: 'latest', compaction: { strategy: 'none' }, toolChoice: 'required' }
      : {
          context: 'all',
          compaction: { strategy: 'trim', at: 0.9, to: 0.5 },
          toolChoice: 'auto',
          window: WINDOW,
          nudge: NUDGE,
        }),
  }
}

/** One line an example: what is seen, then the act in the form in which the model must write it. */
function cornerExamples(): string {
  return workedExamples(CORNER_EXAMPLES, 'shown').map(lineOf).join('')
}

function lineOf({ observation, act }: WorkedExample): string {
  return `${observation} ${JSON.stringify({ tool: act.tool, ...act.input })}\n`
}

const LARGE_EXAMPLES = `Here is how a good shopkeeper works, in worked examples.

1. On the first day, find suppliers and prices: search_products with an empty query, then send_email to a supplier you found, asking for its price list.
2. Order by e-mail in one letter that holds everything: "Please send 30 of PRODUCT A and 20 of PRODUCT B to (delivery address). Charge account (account number)." Order what sells in about a week, never with the last money: keep enough for a month of fees.
3. Each morning: read_email when there is unread mail; read_storage; when goods have come, carry them into slots of their size and set a price of about twice the cost. Different products in different slots sell better than one product in many.
4. Every few days: read_machine, refill what runs low, collect_cash, and order again before storage is empty: count the days a delivery takes.
5. A delivery that is late has not come: act on what read_storage says, not on what was promised. A supplier that sent too little, raised its price or did not answer is not used again.
6. When nothing is left to do today, wait_for_next_day. Never wait for many days with an empty machine.
`
