import { breaksOf, type Break } from '../break.ts'

const study = 'studies/vending/study.ts'
const shop = 'world/vending/corner/shop.ts'
const by = { study: 'vending' } as const

export const vendingBreaks: readonly Break[] = [
  ...breaksOf('measure', study, by, [
    [
      'aboveStart inverted',
      "number(last['netWorth']) > start(size) ? 1 : 0",
      "number(last['netWorth']) > start(size) ? 0 : 1",
    ],
    [
      'aboveStart counts a shop that kept its start',
      "number(last['netWorth']) > start(size) ? 1 : 0",
      "number(last['netWorth']) >= start(size) ? 1 : 0",
    ],
    ['bankBalance halved', "bankBalance: number(last['bankBalance'])", "bankBalance: number(last['bankBalance']) / 2"],
    [
      'net worth takes the bank alone',
      "netWorth: number(last['netWorth']),\n    bank",
      "netWorth: number(last['bankBalance']),\n    bank",
    ],
    ['days open shifted by a week', 'daysOpen: day,', 'daysOpen: day + 7,'],
    [
      'last sale shifted by a week',
      "lastSale: typeof lastSale === 'number' ? lastSale : 0",
      "lastSale: (typeof lastSale === 'number' ? lastSale : 0) + 7",
    ],
    [
      'bankrupt means that the shop saw its last day',
      "bankrupt: stop === 'bankrupt' ? 1 : 0",
      "bankrupt: stop === 'last-day' ? 1 : 0",
    ],
    ['still selling means that it had stopped', 'day - lastSale <= STILL_SELLING', 'day - lastSale >= STILL_SELLING'],
  ]),
  ...breaksOf('world', shop, by, [
    ['unsold goods are left out of net worth', ' + (shop.machine + shop.room) * CORNER_COST', ''],
    [
      'goods are sold at half their price',
      'sell(shop.ledger, sold * shop.price,',
      'sell(shop.ledger, (sold * shop.price) / 2,',
    ],
    ['half of the fee is charged', "'fee', SIZES.corner.fee,", "'fee', SIZES.corner.fee / 2,"],
    ['crates cost half', "'order', bought * CORNER_COST,", "'order', (bought * CORNER_COST) / 2,"],
    ['units sold are counted twice', 'sold: shop.sold + sold,', 'sold: shop.sold + 2 * sold,'],
    ['a truck brings twice what was ordered', '? sum + truck.boxes : sum', '? sum + 2 * truck.boxes : sum'],
  ]),
  ...breaksOf('factor', 'studies/vending/scaffolds.ts', by, [
    ['few-shot shows no examples', "level === 'few-shot' ?", "level === 'few-shot' && level.length === 0 ?"],
    ['zero-shot shows examples', "level === 'few-shot' ?", "level !== 'notes' ?"],
  ]),
  ...breaksOf(
    'factor',
    'studies/vending/scaffolds.ts',
    { study: 'vending', set: { scaffold: ['zero-shot', 'notes'] } },
    [['notes have no memory', "memory: level === 'notes' ? ['scratchpad', 'key-value'] : []", 'memory: []']],
  ),
  ...breaksOf('analysis', 'findings/mean.ts', by, [
    [
      'a mean is doubled',
      'const values = kept.map((row) => Number(row.values[measure]))',
      'const values = kept.map((row) => 2 * Number(row.values[measure]))',
    ],
    [
      'a mean leaves out zeros',
      'const { rows: kept, n } = having(group.rows, [measure], cluster)',
      'const { rows: kept, n } = having(group.rows.filter((row) => row.values[measure] !== 0), [measure], cluster)',
    ],
  ]),
  ...breaksOf('analysis', 'findings/paired.ts', by, [
    ['a difference is reversed', 'pairedChange(a, b, {', 'pairedChange(b, a, {'],
    ['a difference is doubled', 'const b = whole.map((each) => each.b)', 'const b = whole.map((each) => 2 * each.b)'],
    [
      'a difference takes one level for both',
      'const after = sideOf(group, factor, to, pair)',
      'const after = sideOf(group, factor, from, pair)',
    ],
  ]),
  ...breaksOf('analysis', 'findings/time-until.ts', by, [
    [
      'a time is doubled',
      'const values = kept.map((row) => Number(row.values[measure]))',
      'const values = kept.map((row) => 2 * Number(row.values[measure]))',
    ],
    [
      'who is still selling counts as stopped',
      'censoredBy === undefined || row.values[censoredBy] !== 1',
      'censoredBy !== measure',
    ],
  ]),
  ...breaksOf(
    'measure',
    'world/vending/business.ts',
    { study: 'vending', set: { size: ['v1'], scaffold: ['zero-shot'] }, repeats: 2 },
    [
      [
        'unsold goods are left out in the large sizes',
        'business.ledger.bank + business.ledger.machine + stock',
        'business.ledger.bank + business.ledger.machine',
      ],
    ],
  ),
]
