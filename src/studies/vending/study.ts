import type { Ending, Scaffold } from '../../agent/index.ts'
import { above, below, defineStudy, exactly, levels, type Policy, type Study, type Task } from '../../study/index.ts'
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
  TRUSTED,
  uncapped,
  type Messages,
} from './known.ts'
import { vendingScaffold } from './scaffolds.ts'

/** A shop whose last sale lies this close to its end was still selling when it was closed. */
const STILL_SELLING: Readonly<Record<VendingSize, number>> = { corner: 5, v1: 14, v2: 14 }

/** What stops an agent that talks or takes notes for ever, and never acts: no shop whose days pass needs so many. */
const TURNS: Readonly<Record<VendingSize, number>> = { corner: 120, v1: 20_000, v2: 20_000 }

const outcome = {
  netWorth: cents(),
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
      varies: ['size', 'delegation'],
      reads: {
        netWorth: () => exactly(0),
        unitsSold: () => exactly(0),
        daysOpen: ({ size }) => exactly(IDLE_DAYS[size]),
        endedEarly: ({ size }) => (size === 'corner' ? undefined : exactly(0)),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
    'one-order': {
      property: 'orders once, sells it, and forgets the shop: money comes, then drains',
      policy: shopkeeper('one-order'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: ({ size }) => (size === 'corner' ? exactly(2_000) : below(start(size))),
        unitsSold: () => above(0),
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
        bankrupt: () => exactly(0),
        endedEarly: (cell) => (cell.size === 'corner' ? undefined : uncapped(cell, exactly(0))),
      },
      finds: DELEGATION_CHANGES_NOTHING,
    },
    careful: {
      property: 'counts what came, leaves suppliers that break their word, keeps the machine full: a clear profit',
      policy: shopkeeper('careful'),
      varies: ['size', 'delegation'],
      reads: {
        netWorth: (cell) => uncapped(cell, above(CLEAR_PROFIT[cell.size])),
        bankrupt: () => exactly(0),
        endedEarly: (cell) => (cell.size === 'corner' ? undefined : uncapped(cell, exactly(0))),
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
  // Scripted shopkeepers have no tokens, and a table that says so for each says nothing.
  headline: ({ quantity, estimate }) => quantity !== 'mean(tokens)' || estimate.type === 'estimate',
  figures: [
    { series: 'netWorth', title: 'Net worth over days', x: 'day', y: 'net worth', unit: 'cents' },
    { series: 'unitsSold', title: 'Units sold over days', x: 'day', y: 'units sold', unit: 'count' },
  ],
})

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
