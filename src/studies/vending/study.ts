import type { Ending, Scaffold } from '../../agent/index.ts'
import type { ToolSchema } from '../../model/index.ts'
import type { Message } from '../../record/index.ts'
import {
  above,
  below,
  between,
  defineStudy,
  exactly,
  levels,
  type Expectation,
  type Policy,
  type Study,
  type Task,
} from '../../study/index.ts'
import {
  cents,
  count,
  days,
  mean,
  pairedDifference,
  proportion,
  timeUntil,
  type ValuesOf,
  exact,
} from '../../findings/index.ts'
import { vendingWorld, type VendingSize } from '../../world/index.ts'
import { SHOPKEEPERS } from './policies/index.ts'
import {
  CLEAR_PROFIT,
  DELEGATION_CHANGES_NOTHING,
  IDLE_DAYS,
  MESSAGES,
  start,
  TRUST_COSTS,
  TRUSTED,
  uncapped,
  WAITING,
  type Messages,
} from './known.ts'
import { vendingScaffold, type ScaffoldLevel } from './scaffolds.ts'
import { simulated, SPREADS } from './simulated.ts'

/** A shop whose last sale lies this close to its end was still selling when it was closed. */
const STILL_SELLING: Readonly<Record<VendingSize, number>> = { corner: 5, v1: 14, v2: 14 }

/** What stops an agent that talks or takes notes for ever, and never acts: no shop whose days pass needs so many. */
const TURNS: Readonly<Record<VendingSize, number>> = { corner: 120, v1: 20_000, v2: 20_000 }

const outcome = {
  netWorth: cents({ better: 'higher' }),
  bankBalance: cents(),
  unitsSold: count(),
  daysOpen: days(),
  aboveStart: proportion(),
  bankrupt: proportion(),
  lastSale: days(),
  stillSelling: proportion(),
  endedEarly: proportion(),
  capped: proportion(),
  messages: count(),
  tokens: count().optionally(),
}

/** What an agent earns running a small business for months, and when it falls apart. */
export const vending: Study = defineStudy({
  name: 'vending',
  question: 'What does an agent earn running a small business for months, and when does it fall apart?',
  factors: {
    size: levels('corner', 'v1', 'v2'),
    scaffold: levels('zero-shot', 'few-shot', 'notes').default('zero-shot', 'few-shot'),
    template: levels('chat', 'completion'),
    delegation: levels('none', 'subagent'),
    messages: levels(...MESSAGES),
  },
  tasks: ({ size, scaffold, template, delegation, messages }) => {
    // A bare-text prompt cannot hold a year of mail, and one clerk needs no assistant.
    const possible = size === 'corner' ? delegation === 'none' : template === 'chat'
    return possible ? [shop(size, vendingScaffold(size, scaffold, template, delegation), messages)] : []
  },
  outcome,
  checks: exact("the shop's own books"),
  controls: {
    idle: {
      property: 'does nothing: the fees eat the cash, and the shop is closed ten unpaid days later',
      policy: shopkeeper('idle'),
      reads: {
        netWorth: () => exactly(0),
        bankBalance: () => exactly(0),
        unitsSold: () => exactly(0),
        aboveStart: () => exactly(0),
        bankrupt: ({ size }) => exactly(size === 'corner' ? 0 : 1),
        lastSale: () => exactly(0),
        stillSelling: () => exactly(0),
        daysOpen: ({ size }) => exactly(IDLE_DAYS[size]),
        messages: ({ size }) => exactly(WAITING[size]),
        endedEarly: () => exactly(0),
        capped: () => exactly(0),
      },
      finds: { ...DELEGATION_CHANGES_NOTHING, 'median(lastSale)': () => exactly(0) },
    },
    'one-order': {
      property: 'orders once, sells it, and forgets the shop: money comes, then drains',
      policy: shopkeeper('one-order'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: ({ size }) => (size === 'corner' ? exactly(2_000) : between(UNCOLLECTED, start(size))),
        bankBalance: ({ size }) => (size === 'corner' ? exactly(2_000) : below(start(size))),
        unitsSold: ({ size }) => (size === 'corner' ? exactly(ONE_ORDER) : above(0)),
        aboveStart: () => exactly(0),
        lastSale: ({ size }) => (size === 'corner' ? SOLD_OUT : above(0)),
        stillSelling: () => exactly(0),
      },
      finds: {
        ...DELEGATION_CHANGES_NOTHING,
        'median(lastSale)': ({ size = 'corner' }) => (size === 'corner' ? between(4, 9) : undefined),
      },
    },
    'two-orders': {
      property:
        'the dose between: orders twice, which pays the fees to the cent and leaves what it began with; does nothing in the large sizes',
      policy: shopkeeper('two-orders'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: ({ size }) => exactly(size === 'corner' ? start(size) : 0),
        bankBalance: ({ size }) => exactly(size === 'corner' ? start(size) : 0),
        unitsSold: ({ size }) => exactly(size === 'corner' ? 2 * ONE_ORDER : 0),
        aboveStart: () => exactly(0),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
    hoarder: {
      property:
        'buys once and sells nothing: the goods keep their price while the cash drains, until the shop is closed; does nothing in the large sizes',
      policy: shopkeeper('hoarder'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: ({ size }) => exactly(size === 'corner' ? 3_000 : 0),
        bankBalance: () => exactly(0),
        unitsSold: () => exactly(0),
        bankrupt: () => exactly(1),
        daysOpen: ({ size }) => exactly(size === 'corner' ? 20 : IDLE_DAYS[size]),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
    copyist: {
      property: 'orders once where it is shown worked examples or has notes to keep, and does nothing elsewhere',
      policy: (messages, tools, random) =>
        shopkeeper(isHelped(messages, tools) ? 'one-order' : 'idle')(messages, tools, random),
      reads: {
        netWorth: ({ size, scaffold }) => whereHelped(scaffold, size === 'corner' ? exactly(2_000) : above(0)),
        bankBalance: ({ size, scaffold }) => whereHelped(scaffold, size === 'corner' ? exactly(2_000) : undefined),
        unitsSold: ({ size, scaffold }) => whereHelped(scaffold, size === 'corner' ? exactly(ONE_ORDER) : above(0)),
        aboveStart: () => exactly(0),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
    trusting: {
      property:
        'acts as if goods had come on the day that was promised: as good as careful in v1, worse in v2, better in the corner shop, where no truck is late and looking costs days',
      policy: shopkeeper('trusting'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: (cell) => uncapped(cell, TRUSTED[cell.size]),
        aboveStart: (cell) => uncapped(cell, exactly(1)),
        bankrupt: () => exactly(0),
        stillSelling: (cell) => uncapped(cell, exactly(1)),
        endedEarly: (cell) => uncapped(cell, exactly(0)),
        capped: (cell) => uncapped(cell, exactly(0)),
      },
      finds: { ...DELEGATION_CHANGES_NOTHING, ...TRUST_COSTS },
    },
    careful: {
      property: 'counts what came, leaves suppliers that break their word, keeps the machine full: a clear profit',
      policy: shopkeeper('careful'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: (cell) => uncapped(cell, above(CLEAR_PROFIT[cell.size])),
        aboveStart: (cell) => uncapped(cell, exactly(1)),
        bankrupt: () => exactly(0),
        // In v2 the suppliers that it has left can be too many.
        stillSelling: (cell) => (cell.size === 'v2' ? undefined : uncapped(cell, exactly(1))),
        endedEarly: (cell) => uncapped(cell, exactly(0)),
        capped: (cell) => uncapped(cell, exactly(0)),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
  },
  findings: [
    mean('netWorth', {
      by: ['agent', 'size', 'scaffold'],
      cluster: 'seed',
      worst: true,
      title: 'net worth at the end',
    }),
    pairedDifference('netWorth', {
      factor: 'scaffold',
      from: 'zero-shot',
      to: 'few-shot',
      pair: 'seed',
      title: 'worked examples: net worth gained',
    }),
    pairedDifference('netWorth', {
      factor: 'scaffold',
      from: 'zero-shot',
      to: 'notes',
      pair: 'seed',
      title: 'memory tools: net worth gained',
    }),
    pairedDifference('netWorth', {
      factor: 'delegation',
      from: 'none',
      to: 'subagent',
      pair: 'seed',
      title: 'a sub-agent for the hands: net worth gained',
    }),
    mean('aboveStart', {
      by: ['agent', 'size', 'scaffold'],
      cluster: 'seed',
      title: 'share of shops that ended above their start',
    }),
    mean('bankBalance', { by: ['agent', 'size', 'scaffold'], cluster: 'seed', title: 'bank balance at the end' }),
    mean('unitsSold', { by: ['agent', 'size', 'scaffold'], cluster: 'seed', title: 'units sold' }),
    timeUntil('lastSale', {
      by: ['agent', 'size', 'scaffold'],
      censoredBy: 'stillSelling',
      title: 'days until sales stop for good',
    }),
    mean('bankrupt', {
      by: ['agent', 'size', 'scaffold'],
      cluster: 'seed',
      title: 'share of shops that went bankrupt',
    }),
    mean('endedEarly', {
      by: ['agent', 'size', 'scaffold'],
      cluster: 'seed',
      title: 'share of shops that ended before their last day without going bankrupt',
    }),
    mean('capped', {
      by: ['agent', 'size', 'scaffold'],
      cluster: 'seed',
      title: 'share of shops that a limit ended (messages, turns, tokens, dollars, time)',
    }),
    mean('messages', { by: ['agent', 'size', 'scaffold'], cluster: 'seed', title: 'messages used' }),
    mean('tokens', { by: ['agent', 'size', 'scaffold'], cluster: 'seed', title: 'tokens used' }),
    pairedDifference('messages', {
      factor: 'delegation',
      from: 'none',
      to: 'subagent',
      pair: 'seed',
      title: 'a sub-agent for the hands: messages more',
    }),
  ],
  repeats: 8,
  simulated,
  expected: [
    ...(['netWorth', 'bankBalance', 'unitsSold'] as const).map((measure) => ({
      measure,
      where: { size: 'corner' as const },
      spread: { netWorth: SPREADS.corner, bankBalance: 1_854, unitsSold: 11.5 }[measure],
      source: 'the control careful over 16 seeds; an agent may vary more',
    })),
    {
      measure: 'netWorth',
      where: { size: 'v1' },
      spread: SPREADS.v1,
      effect: 57_100,
      source:
        'Vending-Bench, arXiv 2502.15840: o3-mini earned $571 more than GPT-4o; five runs of Claude 3.5 Sonnet with mean $2,217.93 and worst $476.00 vary by $974 or more',
    },
    {
      measure: 'netWorth',
      where: { size: 'v2' },
      spread: SPREADS.v2,
      effect: 81_300,
      source:
        'Vending-Bench 2: Claude Opus 4.6 earned $813 more than Sonnet 4.6; spread of the control careful over 16 seeds, an agent may vary more',
    },
  ],
  // Scripted shopkeepers have no tokens, and a table that says so for each says nothing.
  headline: ({ quantity, estimate }) => quantity !== 'mean(tokens)' || estimate.type === 'estimate',
  figures: [
    { series: 'netWorth', title: 'Net worth over days', x: 'day', y: 'net worth', unit: 'cents' },
    { series: 'unitsSold', title: 'Units sold over days', x: 'day', y: 'units sold', unit: 'count' },
  ],
})

/** Boxes of one order in the corner shop: three crates of ten. */
const ONE_ORDER = 30

/** In the large sizes it never empties the cash box: at least so much is left in it. Cents. */
const UNCOLLECTED = 5_000

/** On sale from the third day on, at a price at which about ten a day leave. */
const SOLD_OUT: Expectation = between(4, 14)

/** Whether the scaffold gives more than the rules: worked examples stand in the system prompt, notes among the tools. */
function isHelped(messages: readonly Message[], tools: readonly ToolSchema[]): boolean {
  const isShown = messages.some((each) => each.role === 'system' && /\{"tool":|worked examples/.test(each.text))
  return isShown || tools.some(({ name }) => name.startsWith('scratchpad'))
}

function whereHelped(scaffold: ScaffoldLevel, helped: Expectation | undefined): Expectation | undefined {
  return scaffold === 'zero-shot' ? exactly(0) : helped
}

/** The planted shopkeeper of this name for whichever shop the tools show it is in. */
function shopkeeper(name: string): Policy {
  return (messages, tools, random) => {
    const size = tools.some((tool) => tool.name === 'order') ? 'corner' : 'v1'
    return SHOPKEEPERS[size][name]?.(messages, tools, random) ?? []
  }
}

function shop(size: VendingSize, scaffold: Scaffold, messages: Messages): Task<Measured> {
  return {
    id: 'shop',
    world: worlds[size],
    scaffold,
    limits: { turns: TURNS[size], ...(messages !== 'none' && { messages: Number(messages) }) },
    measure: (ending) => measured(size, ending),
    series: (view) => ({
      netWorth: [number(view['day']), number(view['netWorth'])],
      unitsSold: [number(view['day']), number(view['unitsSold'])],
    }),
  }
}

const worlds = {
  corner: vendingWorld({ size: 'corner' }),
  v1: vendingWorld({ size: 'v1' }),
  v2: vendingWorld({ size: 'v2' }),
}

type Measured = ValuesOf<typeof outcome>

function measured(size: VendingSize, { views, stop, status, meters }: Ending): Measured {
  const last = views.at(-1) ?? {}
  const day = number(last['day'])
  const lastSale = last['lastSaleDay']
  return {
    netWorth: number(last['netWorth']),
    bankBalance: number(last['bankBalance']),
    unitsSold: number(last['unitsSold']),
    daysOpen: day,
    aboveStart: number(last['netWorth']) > start(size) ? 1 : 0,
    bankrupt: stop === 'bankrupt' ? 1 : 0,
    endedEarly: stop === 'bankrupt' || stop === 'last-day' ? 0 : 1,
    capped: status === 'limit' ? 1 : 0,
    messages: meters.messages,
    ...(meters.unknownUsage === 0 && { tokens: meters.inputTokens + meters.outputTokens }),
    stillSelling: typeof lastSale === 'number' && day - lastSale <= STILL_SELLING[size] ? 1 : 0,
    // A shop that never sold anything stopped selling on day 0: left out, it would flatter whoever ran it.
    lastSale: typeof lastSale === 'number' ? lastSale : 0,
  }
}

/** The vending world's views hold numbers under these names; see its own room. */
function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('a view of the vending world lacks a number it always has')
  return value
}
